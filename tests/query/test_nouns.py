"""The questions that are nouns, over a graph built by hand."""

import pytest

from sm_lineage_magics.model import Association, Entity, LineageGraph
from sm_lineage_magics.query import traverse
from sm_lineage_magics.query.nouns import NOUNS

ENTITIES = [
    Entity("raw", "Artifact", "DataSet", "raw"),
    Entity("other", "Artifact", "DataSet", "other"),
    Entity("script", "Artifact", "Code", "clean.py"),
    Entity("clean", "TrialComponent", "ProcessingJob", "clean"),
    Entity("customers", "Artifact", "FeatureGroup", "customers"),
    Entity("join", "Action", "FeatureStoreQuery", "join"),
    Entity("train", "Artifact", "DataSet", "train"),
    Entity("fit", "TrialComponent", "TrainingJob", "fit"),
    Entity("churn", "Artifact", "Model", "churn"),
    Entity("live", "Context", "Endpoint", "live"),
]
PAIRS = ["raw clean", "script clean", "clean customers", "customers join", "join train"]
PAIRS += ["train fit", "fit churn", "churn live", "other fit"]


@pytest.fixture
def graph():
    return LineageGraph.of(
        ENTITIES, (Association(*pair.split(), "ContributedTo") for pair in PAIRS)
    )


def ask(graph, noun, arn, max_depth=None):
    question = NOUNS[noun]
    return question.of(traverse(graph, [arn], question.direction, max_depth))


@pytest.mark.parametrize(
    ("noun", "arn", "expected"),
    [
        ("feature-groups", "raw", ["customers"]),
        ("sources", "customers", ["raw"]),
        ("models", "customers", ["churn"]),
        ("feature-groups", "churn", ["customers"]),
        ("sources", "live", ["other", "raw"]),
        ("endpoints", "raw", ["live"]),
        ("jobs", "customers", ["clean", "fit"]),
        ("code", "churn", ["script"]),
        ("datasets", "customers", ["train", "raw"]),
        ("queries", "churn", ["join"]),
        ("models", "churn", []),
        ("sources", "raw", ["raw"]),
    ],
)
def test_a_noun_names_what_lies_before_and_after(graph, noun, arn, expected):
    assert sorted(e.arn for e in ask(graph, noun, arn)) == sorted(expected)


def test_the_picture_of_a_noun_holds_the_way_between_and_no_more(graph):
    answer = ask(graph, "models", "customers")

    assert set(answer.graph.entities) == {"customers", "join", "train", "fit", "churn"}


def test_a_grouping_does_not_make_a_source_a_product():
    graph = LineageGraph.of(
        [Entity("group", "Context", "Folder"), Entity("raw", "Artifact", "DataSet")],
        [Association("group", "raw", "AssociatedWith")],
    )

    assert [e.arn for e in ask(graph, "sources", "raw")] == ["raw"]


def test_a_cycle_has_no_source():
    graph = LineageGraph.of(
        [Entity("a", "Artifact", "DataSet"), Entity("b", "Artifact", "DataSet")],
        [Association("a", "b", "Produced"), Association("b", "a", "Produced")],
    )

    assert list(ask(graph, "sources", "a")) == []
