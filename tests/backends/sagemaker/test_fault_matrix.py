"""Every question under every fault: the same answer as without it, a named gap, or one error.

Never a short answer that says nothing.
"""

import pytest
from botocore.config import Config

from sm_lineage_magics import Lineage
from sm_lineage_magics.backends.sagemaker import SageMakerBackend
from sm_lineage_magics.backends.sagemaker.writing import applying
from sm_lineage_magics.emulator import Faults
from sm_lineage_magics.errors import AccessDenied, LineageError
from sm_lineage_magics.model import Association, Entity, Home, LineageGraph, Plan, Reference

from .world import World

TRIES = Config(retries={"mode": "standard", "total_max_attempts": 3}, max_pool_connections=32)
RAW = "s3://bucket/raw/claims.csv"

QUESTIONS = {
    "upstream": lambda lineage: lineage.upstream("model:fraud-0"),
    "downstream": lambda lineage: lineage.downstream(RAW),
    "models": lambda lineage: lineage.models("fg:claims"),
    "feature groups": lambda lineage: lineage.feature_groups("model:fraud-0"),
    "sources": lambda lineage: lineage.sources("fg:claims"),
    "datasets": lambda lineage: lineage.datasets("model:fraud-0"),
    "jobs": lambda lineage: lineage.jobs("fg:claims"),
    "path": lambda lineage: lineage.path(RAW, "model:fraud-0"),
    "find": lambda lineage: lineage.find("fraud"),
    "ls": lambda lineage: lineage.ls(),
    "impact": lambda lineage: lineage.impact("fg:claims"),
    "why": lambda lineage: lineage.why("model:fraud-0"),
    "diff": lambda lineage: lineage.diff("model:fraud-0", "model:fraud-1"),
    "lint": lambda lineage: lineage.lint("model:fraud-0"),
}


def for_good(first):
    """Every try of one call, from the first on."""
    return dict.fromkeys(range(first, first + 3), "InternalFailure")


FAULTS = {
    "latency": Faults(latency=0.01),
    "throttled": Faults(rate=500, burst=2),
    "pages of one": Faults(page=1),
    **{f"call {n} fails": Faults(failing={n: "InternalFailure"}) for n in (1, 2, 5)},
    **{
        f"call {n} fails for good": Faults(
            failing=dict.fromkeys(range(n, n + 3), "InternalFailure")
        )
        for n in (1, 2, 5)
    },
    **{
        operation: Faults(denied=frozenset({operation}))
        for operation in (
            "QueryLineage",
            "DescribeArtifact",
            "DescribeTrialComponent",
            "ListArtifacts",
            "ListActions",
            "ListContexts",
            "ListTrialComponents",
            "ListAssociations",
        )
    },
}


@pytest.fixture(scope="module")
def two():
    """A world of two models, which no question changes."""
    return World(2)


@pytest.fixture(scope="module")
def whole(two):
    """Each question's answer where nothing goes wrong and nothing is remembered."""

    def asked(question):
        with Lineage(SageMakerBackend.open(client=two.client()[0])) as lineage:
            return question(lineage)

    return {name: asked(question) for name, question in QUESTIONS.items()}


def told(answer):
    """What an answer or a report says, gaps apart."""
    graph = answer.graph if hasattr(answer, "graph") else answer.answer.graph
    return dict(graph.entities), {edge.pair for edge in graph.associations}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("question", QUESTIONS)
def test_no_answer_is_silently_short(two, whole, ask, question, fault):
    backend = ask(two, faults=FAULTS[fault], config=TRIES).backend
    denied = FAULTS[fault].denied
    try:
        answer = QUESTIONS[question](Lineage(backend))
    except LineageError as error:
        assert "\n" not in str(error)
        assert not denied or (
            isinstance(error, AccessDenied) and f"sagemaker:{fault}" in str(error)
        )
        return
    if answer.gaps == whole[question].gaps:
        assert told(answer) == told(whole[question])
    elif denied:
        assert any(f"sagemaker:{fault}" in gap.why for gap in answer.gaps)


HOME = Home()


def chain():
    """Raw data and a model trained on it, as whoever records them knows them."""
    names = ("raw", "job", "model")
    entities = [
        Entity(HOME.artifact(f"s3://b/{name}"), "Artifact", "DataSet", name, f"s3://b/{name}")
        for name in names
    ]
    arns = [one.arn for one in entities]
    return LineageGraph.of(entities, [Association(arns[0], arns[1]), Association(arns[1], arns[2])])


def test_what_was_just_written_is_in_the_answer_though_no_index_shows_it_yet(world, ask):
    backend = ask(world(0), faults=Faults(lag=60.0)).backend
    receipt = backend.apply(Plan.of(chain()))
    lineage = Lineage(backend)

    assert receipt.gaps == ()
    assert [one.name for one in lineage.upstream("s3://b/model")] == ["job", "raw"]
    assert [one.name for one in lineage.downstream("s3://b/raw")] == ["job", "model"]


def test_what_was_just_taken_back_is_not(world, ask):
    backend = ask(world(0), faults=Faults(lag=60.0)).backend
    receipt = backend.apply(Plan.of(chain()))
    backend.remove(receipt)

    assert list(backend.resolve(Reference.parse("s3://b/raw"))) == []


def test_recording_again_at_once_makes_nothing_twice(world, ask):
    backend = ask(world(0), faults=Faults(lag=60.0)).backend
    backend.apply(Plan.of(chain()))
    again = backend.apply(Plan.of(chain()))

    assert again.empty
    assert len(again.arns) == 3


def test_what_another_made_a_moment_ago_is_said_to_be_hidden(world, ask, monkeypatch):
    """The service says that it exists, and its lists do not show it yet."""
    monkeypatch.setattr(applying, "_PATIENCE", (0.0,))
    here = world(0)
    ask(here, faults=Faults(lag=60.0)).backend.apply(Plan.of(chain()))
    receipt = ask(here, faults=Faults(lag=60.0)).backend.apply(Plan.of(chain()))

    assert receipt.created == ()
    assert {gap.kind for gap in receipt.gaps} == {"missing"}
    assert "no list shows it yet" in receipt.gaps[0].why


def test_what_another_made_a_moment_ago_is_waited_for(world, ask, monkeypatch):
    monkeypatch.setattr(applying, "_PATIENCE", (0.0, 0.6))
    here = world(0)
    ask(here, faults=Faults(lag=0.5)).backend.apply(Plan.of(chain()))
    receipt = ask(here, faults=Faults(lag=0.5)).backend.apply(Plan.of(chain()))

    assert (receipt.created, receipt.gaps, len(receipt.arns)) == ((), (), 3)
