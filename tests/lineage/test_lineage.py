"""Lineage from Python: the verbs of the magics as methods."""

import gc
from datetime import datetime, timezone
from itertools import pairwise

import pytest

from sm_lineage_magics import Lineage, LineageError, emulator
from sm_lineage_magics.demo import fraud
from sm_lineage_magics.errors import AmbiguousName, EntityNotFound, QuestionError
from sm_lineage_magics.model import (
    Association,
    Entity,
    EntityFilter,
    Home,
    LineageGraph,
    Reference,
)

RAW, GROUP, MODEL, ENDPOINT = fraud().questions


@pytest.fixture
def lineage():
    with Lineage.open(":memory:") as lineage:
        lineage.load(fraud().graph)
        yield lineage


def test_blanks_around_a_name_are_no_part_of_it(lineage):
    assert list(lineage.upstream(f"  {MODEL}\t")) == list(lineage.upstream(MODEL))


def test_a_question_of_no_known_word_lists_those_there_are(lineage):
    with pytest.raises(QuestionError, match=r"No question is called 'model'.*models, endpoints"):
        lineage.ask("model", GROUP)


def labels(answer):
    return {entity.label for entity in answer}


def test_the_four_questions_and_what_the_blog_promised_with_them(lineage):
    assert labels(lineage.feature_groups(RAW)) == {"customers"}
    assert labels(lineage.sources(GROUP)) == {"customers.csv"}
    assert labels(lineage.models(GROUP)) == {"fraud-first", "fraud-mitigated"}
    assert labels(lineage.feature_groups(MODEL)) == {"customers", "claims"}
    assert labels(lineage.endpoints(GROUP)) == {"fraud"}


@pytest.mark.parametrize("noun", ["datasets", "queries", "code", "jobs"])
def test_every_noun_is_a_method(lineage, noun):
    assert getattr(lineage, noun)(MODEL) == lineage.ask(noun, MODEL)
    assert len(lineage.ask(noun, MODEL)) > 0


def test_a_subject_is_a_text_a_reference_an_entity_or_an_answer(lineage):
    entity = lineage.entity(MODEL)
    expected = labels(lineage.upstream(MODEL))

    for subject in (Reference.parse(MODEL), entity, lineage.show(MODEL)):
        assert labels(lineage.upstream(subject)) == expected


def test_a_selector_is_a_subject(lineage):
    group = lineage.entity(GROUP)

    assert group in lineage.show(f"+{MODEL}")
    assert group not in lineage.show(f"{MODEL}+")


def test_depth_filter_and_moment_hold_together(lineage):
    only = EntityFilter(roles=("dataset",))
    past = datetime(2026, 4, 8, tzinfo=timezone.utc)

    answer = lineage.downstream(GROUP, depth=2, only=only, as_of=past)

    assert labels(answer) == {"train.csv", "test.csv"}
    assert len(answer) == 2


def test_no_depth_is_no_limit_and_a_depth_too_small_is_a_gap(lineage):
    assert lineage.upstream(ENDPOINT).complete
    assert [gap.kind for gap in lineage.upstream(ENDPOINT, depth=1).gaps] == ["beyond-depth"]


def test_sources_at_the_edge_of_the_depth_are_not_taken_for_origins(lineage):
    """What lies at the last level may well have been produced by something beyond it."""
    answer = lineage.sources(MODEL, depth=2)

    assert labels(answer) == set()
    assert not answer.complete


def test_asking_without_the_way_finds_the_same(lineage):
    assert labels(lineage.ask("models", GROUP, way=False)) == labels(lineage.models(GROUP))


@pytest.mark.parametrize("subject", ["", "model:", "nothing-of-the-kind", "model:nothing"])
def test_what_does_not_exist_is_an_error_that_helps(lineage, subject):
    with pytest.raises(QuestionError):
        lineage.upstream(subject)


def test_one_entity_is_one(lineage):
    with pytest.raises(AmbiguousName, match="One entity was expected"):
        lineage.entity(f"+{MODEL}")


def test_the_nearest_names_are_offered(lineage):
    with pytest.raises(EntityNotFound, match="Did you mean model:fraud-mitigated"):
        lineage.upstream("model:fraud-mitigatd")


@pytest.mark.parametrize(
    ("home", "said"),
    [
        (Home("eu-west-1", "123456789012"), "of eu-west-1: %lineage use sagemaker --region eu-we"),
        (Home("us-east-1", "210987654321"), "of account 210987654321: %lineage use sagemaker --p"),
        (Home("us-east-1", "123456789012"), "Look for it with %lineage find"),
    ],
)
def test_an_arn_of_elsewhere_is_told_where_to_ask(home, said):
    client = emulator.client()
    client.create_artifact(Source={"SourceUri": "s3://bucket/else.csv"}, ArtifactType="DataSet")
    with (
        Lineage.open("sagemaker", client=client) as lineage,
        pytest.raises(EntityNotFound, match=said),
    ):
        lineage.upstream(home.artifact("s3://bucket/raw.csv"))


def test_an_account_is_called_empty_only_where_it_is():
    """Also where nobody has met any of its names yet, and where nobody may look."""
    denied = emulator.Faults(denied=frozenset({"ListArtifacts"}))
    filled, closed = emulator.client(), emulator.client(faults=denied)
    filled.create_artifact(Source={"SourceUri": "s3://bucket/a.csv"}, ArtifactType="DataSet")
    said = {}
    for name, client in {"empty": emulator.client(), "filled": filled, "closed": closed}.items():
        with Lineage.open("sagemaker", client=client) as lineage:
            with pytest.raises(LineageError) as raised:
                lineage.upstream("s3://bucket/none.csv")
            said[name] = str(raised.value)

    assert ["There is none yet" in each for each in said.values()] == [True, False, False]


def test_a_graph_is_loaded_once(lineage):
    assert lineage.load(fraud().graph).created == ()


def test_a_store_file_keeps_what_was_recorded(tmp_path):
    with Lineage.open(tmp_path / "lineage.db") as lineage:
        lineage.load(fraud().graph)
    with Lineage.open(tmp_path / "lineage.db", read_only=True) as lineage:
        assert len(lineage.ls(limit=None)) == len(fraud().graph)
        with pytest.raises(LineageError):
            lineage.forget(MODEL)


@pytest.mark.parametrize("target", [":memory:", "lineage.db"])
def test_a_store_that_is_dropped_without_being_closed_complains_of_nothing(
    target, tmp_path, monkeypatch, recwarn
):
    monkeypatch.chdir(tmp_path)
    lineage = Lineage.open(target)
    lineage.load(fraud().graph)

    del lineage
    gc.collect()

    assert list(recwarn) == []


def test_a_long_chain_with_a_cycle_is_answered_whole():
    home = Home()
    steps = [Entity(home.action(f"step-{i}"), "Action", "Step", f"step-{i}") for i in range(2_000)]
    edges = [Association(a.arn, b.arn) for a, b in pairwise([*steps, steps[0]])]
    with Lineage.open(":memory:") as lineage:
        lineage.load(LineageGraph.of(steps, edges))

        assert len(lineage.downstream("step-0")) == 1_999


@pytest.mark.parametrize("number", [-1, "2", 1.5])
def test_what_is_no_number_is_refused_for_it_would_find_nothing(lineage, number):
    with pytest.raises(QuestionError, match=r"is no number of levels\. Expected 0, 1, 2"):
        lineage.upstream(MODEL, depth=number)
    with pytest.raises(QuestionError, match="is no number of levels"):
        lineage.models(MODEL, depth=number)
    with pytest.raises(QuestionError, match="is no number of entities"):
        lineage.ls(limit=number)


def test_a_moment_is_a_datetime(lineage):
    with pytest.raises(QuestionError, match=r"'2026-03-05' is no moment\. Expected a datetime"):
        lineage.upstream(MODEL, as_of="2026-03-05")


def test_an_answer_can_be_kept_in_a_set(lineage):
    assert len({lineage.upstream(MODEL), lineage.upstream(MODEL)}) == 1


def test_a_question_about_several_can_be_asked_again_by_its_text(lineage):
    several = [GROUP, RAW]
    asked = lineage.downstream(several)
    (text,) = asked.question.subjects

    assert text == f"{GROUP}, {RAW}"
    assert lineage.downstream(text) == asked
    assert lineage.impact(text).data == lineage.impact(several).data


def test_of_many_it_is_said_how_many_there_are(lineage):
    everything = list(lineage.ls())

    (text,) = lineage.downstream(everything).question.subjects

    assert text.endswith(f" and {len(everything) - 5} more")


def test_of_several_names_the_one_that_is_unknown_is_told(lineage):
    with pytest.raises(EntityNotFound, match="No lineage entity is called 'model:nope'"):
        lineage.upstream(f"{MODEL}, model:nope")
