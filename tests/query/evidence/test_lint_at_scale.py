"""What lint costs grows with the lineage and not faster: calls are counted, not seconds."""

import sys
from dataclasses import replace
from functools import partial

import pytest

from sm_lineage_magics import Lineage
from sm_lineage_magics.model import Answer, Association, Entity, Home, LineageGraph
from sm_lineage_magics.query.evidence.lint.report import lint_report

HOME = Home()


def calls(work):
    """How many functions, Python's and C's, a piece of work calls."""
    count = 0

    def counting(frame, event, argument):
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counting)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def data(number):
    uri = f"s3://b/{number}.csv"
    return Entity(HOME.artifact(uri), "Artifact", "DataSet", f"{number}.csv", uri)


def joined(count, pairs):
    entities = [data(number) for number in range(count)]
    edges = (Association(entities[a].arn, entities[b].arn, "DerivedFrom") for a, b in pairs)
    return LineageGraph.of(entities, edges)


def chain(count):
    return joined(count, ((n, n + 1) for n in range(count - 1)))


def hub(count):
    return joined(count, ((0, n) for n in range(1, count)))


def small_circles(count):
    return joined(count, ((n, n ^ 1) for n in range(count)))


def one_circle(count):
    return joined(count, ((n, (n + 1) % count) for n in range(count)))


def versions(count):
    """Everything a team makes: queries without SQL, models, code without commits."""
    entities, pairs = [], []
    for number in range(count // 5):
        group = Entity(HOME.artifact(f"fg-{number}"), "Artifact", "FeatureGroup", f"fg-{number}")
        query = Entity(HOME.action(f"q-{number}"), "Action", "FeatureStoreQuery", f"q-{number}")
        job = Entity(
            HOME.trial_component(f"j-{number}"), "TrialComponent", "TrainingJob", f"j-{number}"
        )
        code = replace(data(f"code-{number}"), type="Code")
        model = replace(data(f"model-{number}"), type="Model")
        entities += [group, query, job, code, model]
        pairs += [(group, query), (query, job), (code, job), (job, model)]
    return LineageGraph.of(entities, (Association(a.arn, b.arn) for a, b in pairs))


@pytest.mark.parametrize("shape", [chain, hub, small_circles, one_circle, versions])
def test_four_times_the_lineage_takes_four_times_the_work(shape):
    few, many = (calls(partial(lint_report, Answer(shape(count)))) for count in (200, 800))

    assert many < 4.4 * few


@pytest.mark.parametrize("shape", [chain, hub, versions])
def test_so_does_lint_of_a_whole_store(shape):
    def work(count):
        with Lineage.open(":memory:") as lineage:
            lineage.load(shape(count))
            return calls(lineage.lint)

    assert work(800) < 4.4 * work(200)
