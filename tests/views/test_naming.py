"""What answers hold, counted in words."""

import pytest

from sm_lineage_magics.model import Answer, Entity, Gap, LineageGraph, Question
from sm_lineage_magics.views.naming import kinds_of, summary_of, what_is

from .conftest import dataset


def test_roles_are_counted_as_people_count_them():
    assert kinds_of(["code", "dataset"]) == "1 data set, 1 piece of code"
    assert kinds_of(["code", "dataset", "code"]) == "1 data set, 2 pieces of code"


@pytest.mark.parametrize(
    ("kind", "type", "said"),
    [
        ("TrialComponent", "TrainingJob", "training job"),
        ("TrialComponent", "", "job"),
        ("Artifact", "FeatureGroup", "feature group"),
        ("Artifact", "Kettle", "Kettle"),
        ("Artifact", "Tea\nKettle", "Tea Kettle"),
        ("Artifact", "", "Artifact"),
    ],
)
def test_an_entity_is_called_as_closely_as_it_is_known(kind, type, said):
    """A type nobody has heard of is called as it calls itself, or else by its kind."""
    assert what_is(Entity("arn", kind, type)) == said


@pytest.mark.parametrize(
    ("verb", "number", "said"),
    [
        ("upstream", 1, "Nothing was found upstream of e0."),
        ("downstream", 2, "Nothing more was found downstream of these 2 entities."),
        ("datasets", 1, "No data set was found beside e0."),
        ("datasets", 2, "No data set was found beside these 2 entities."),
        ("models", 1, "Nothing was found."),
        ("find", 0, "Nothing was found."),
    ],
)
def test_an_answer_that_found_nothing_says_beside_what(verb, number, said):
    entities = [dataset(f"e{index}") for index in range(number)]
    focus = tuple(entity.arn for entity in entities)

    assert summary_of(Answer(LineageGraph.of(entities), focus, Question(verb))) == said


def test_what_was_sifted_out_is_not_said_to_be_missing():
    entity = dataset("raw")
    asked = Question("upstream", ("raw",), {"type": ["Model"], "depth": None})

    said = summary_of(Answer(LineageGraph.of([entity]), (entity.arn,), asked))

    assert said == "Nothing of that sort was found upstream of raw."


def test_of_what_could_not_be_seen_it_is_not_said_that_it_is_not_there():
    gap = Gap("denied", "QueryLineage", "Not allowed.")

    assert summary_of(Answer(gaps=(gap,))) == "Nothing was found, but the answer has gaps."
