"""Values to JSON and back: nothing lost, nothing wrong taken in."""

import json
from datetime import datetime, timedelta, timezone

import pytest

from sm_lineage_magics.errors import FormatError
from sm_lineage_magics.model import Answer, Association, Entity, Gap, LineageGraph, Question
from sm_lineage_magics.model.serial import (
    answer_from_dict,
    answer_to_dict,
    association_from_dict,
    association_to_dict,
    entity_from_dict,
    entity_to_dict,
    graph_from_dict,
    graph_to_dict,
)

NOON = datetime(2026, 1, 31, 12, 0, 0, 250_000, tzinfo=timezone.utc)

WHOLE = Entity(
    arn="arn:aws:sagemaker:local:000000000000:experiment-trial-component/train",
    kind="TrialComponent",
    type="TrainingJob",
    name='train "it"\n<b>',
    source_uri="arn:aws:sagemaker:local:000000000000:training-job/train",
    properties={"auc": "0.91", "empty": ""},
    created=NOON,
    modified=NOON,
    created_by="ana",
    status="Completed",
    details={"source_types": [["S3ETag", "1"]], "parameters": {"depth": 4, "eta": 0.2}},
)
B = "arn:aws:sagemaker:local:000000000000:artifact/b"
BARE = Entity(B, "Artifact")
EDGE = Association(B, WHOLE.arn, "ContributedTo", NOON, "ana")
ANSWER = Answer(
    LineageGraph.of([WHOLE, BARE], [EDGE, Association("arn:gone", B)]),
    focus=(WHOLE.arn,),
    question=Question("upstream", ("model:churn",), {"depth": 3}),
    gaps=(Gap("denied", B, "No permission."),),
    found=(B,),
)


ENTITY = {"kind": "Artifact", "arn": B}


def through_json(value):
    return json.loads(json.dumps(value, allow_nan=False))


@pytest.mark.parametrize("entity", [WHOLE, BARE], ids=["whole", "bare"])
def test_an_entity_comes_back_as_it_was(entity):
    assert entity_from_dict(through_json(entity_to_dict(entity))) == entity


@pytest.mark.parametrize("edge", [EDGE, Association("a", "b")], ids=["whole", "bare"])
def test_an_association_comes_back_as_it_was(edge):
    assert association_from_dict(through_json(association_to_dict(edge))) == edge


def test_a_graph_comes_back_in_its_order():
    back = graph_from_dict(through_json(graph_to_dict(ANSWER.graph)))

    assert back == ANSWER.graph
    assert list(back.entities) == [WHOLE.arn, B]


@pytest.mark.parametrize("answer", [ANSWER, Answer(LineageGraph())], ids=["whole", "empty"])
def test_an_answer_comes_back_with_its_gaps_and_question(answer):
    assert answer_from_dict(through_json(answer_to_dict(answer))) == answer


def test_what_is_empty_is_left_out():
    assert entity_to_dict(BARE) == {"arn": B, "kind": "Artifact"}


def test_times_are_written_in_utc():
    east = NOON.astimezone(timezone(timedelta(hours=2)))

    assert entity_to_dict(Entity("a", "Artifact", created=east)) == {
        "arn": "a",
        "kind": "Artifact",
        "created": "2026-01-31T12:00:00.250000Z",
    }


def test_details_become_plain_json_values():
    entity = Entity("a", "Artifact", details={"source_types": (("S3ETag", "1"),), "at": NOON})

    assert entity_to_dict(entity)["details"] == {
        "source_types": [["S3ETag", "1"]],
        "at": "2026-01-31T12:00:00.250000Z",
    }


def test_a_graph_alone_is_an_answer_without_a_question():
    assert answer_from_dict(graph_to_dict(ANSWER.graph)) == Answer(ANSWER.graph)


def test_keys_of_a_later_minor_version_are_passed_over():
    data = {**entity_to_dict(BARE), "colour": "red"}

    assert entity_from_dict(data) == BARE


def with_details(**details):
    return {"entities": [{**ENTITY, "details": details}]}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ([], "a lineage document is []. Expected an object."),
        ({"format": "other"}, "the document's format is 'other'. Expected sm_lineage_magics"),
        ({**answer_to_dict(ANSWER), "version": 2}, "the document's version is 2. Expected at most"),
        ({**answer_to_dict(ANSWER), "focus": "x"}, "focus is 'x'. Expected a list."),
        ({**answer_to_dict(ANSWER), "gaps": [{"kind": "lost"}]}, "a gap's kind is 'lost'."),
        ({"entities": [{"kind": "Artifact"}]}, "'arn' is None. Expected text that is not empty."),
        ({"entities": [{"kind": "Thing", "arn": "a"}]}, "an entity's kind is 'Thing'."),
        ({"entities": ["a"]}, "an entity is 'a'. Expected an object."),
        ({"entities": [{**ENTITY, "arn": "churn"}]}, "an entity's arn is 'churn'. Expected arn:"),
        (
            {"entities": [{**ENTITY, "created": "soon"}]},
            "a time is 'soon'. Expected ISO 8601",
        ),
        (
            {"entities": [{**ENTITY, "properties": {"n": 1}}]},
            "a property is 1. Expected text.",
        ),
        (with_details(source_types=5), "source_types of the details is 5. Expected a list."),
        (with_details(source_types=[["a"]]), "source_types of the details is ['a']. Expected 2"),
        (with_details(source_types=[["a", 1]]), "source_types of the details is 1. Expected text."),
        (with_details(metadata="x"), "metadata of the details is 'x'. Expected an object."),
        (with_details(tags={"team": ["x"]}), "tags of the details is ['x']. Expected text."),
        (with_details(parameters=[1]), "parameters of the details is [1]. Expected an object."),
        (with_details(input_artifacts={"a": "b"}), "input_artifacts of the details is 'b'."),
        (with_details(start_time=1), "start_time of the details is 1. Expected text."),
        ({"entities": [{**ENTITY, "details": [1]}]}, "details is [1]. Expected an object."),
        ({"entities": [{**ENTITY, "created": "0001-01-01T00:00+14:00"}]}, "a time is '0001-01-01"),
        (
            {"entities": [], "associations": [{"source": "a", "destination": "b", "type": "X"}]},
            "an association's type is 'X'.",
        ),
    ],
)
def test_what_is_no_lineage_document_is_refused_with_what_was_expected(data, message):
    with pytest.raises(FormatError) as refused:
        answer_from_dict(data)

    assert str(refused.value).startswith(message)


def test_details_of_a_later_minor_version_and_those_left_empty_do_no_harm():
    details = {"colour": ["red"], "metadata": None, "parameters": {"missing": None}}
    entity = entity_from_dict({**ENTITY, "details": details})

    assert entity.details == {"colour": ["red"], "parameters": {"missing": None}}


def test_a_number_that_json_does_not_have_is_written_as_text():
    """An estimator's `missing` is often NaN, which no browser reads."""
    entity = Entity(B, "Artifact", details={"parameters": {"missing": float("nan"), "eta": 0.1}})

    assert through_json(entity_to_dict(entity))["details"] == {
        "parameters": {"missing": "nan", "eta": 0.1}
    }
