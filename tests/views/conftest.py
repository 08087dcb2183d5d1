"""Answers every view must stand: empty, single, cyclic, wide, deep, broken off, hostile."""

from datetime import datetime, timezone

import pytest

import sm_lineage_magics.views  # noqa: F401  (registers the formats)
from sm_lineage_magics.model import (
    Answer,
    Association,
    Entity,
    Gap,
    Home,
    LineageGraph,
    Question,
)
from sm_lineage_magics.query import traverse

NOON = datetime(2026, 1, 31, 12, 0, tzinfo=timezone.utc)
HOME = Home()
HOSTILE = {
    "script": "<img src=x onerror=alert(1)>",
    "closing": "</text></svg></title><script>alert(1)</script>",
    "quotes": '"\' onload="alert(1)" x=\'',
    "newlines": "one\ntwo\r\nthree\u2028four",
    "markdown": "`code` | cell | [link](javascript:alert(1)) ](x) **b** <b>",
    "cdata": "]]> --> <!-- %% ; \\n \\",
    "controls": "a\x00b\x1b[31mred\x07\x08\x9b\ud800",
    "right-to-left": "\u202eevil\u202c שלום \u2066x\u2069",
    "emoji": "👩‍👩‍👧‍👦 данные 数据集",
    "formula": '=HYPERLINK("http://x","y")',
    "list": "1. first",
    "long": "s3://bucket/" + "very-long-prefix/" * 119 + "x.csv",
}


def dataset(name, **known):
    uri = known.pop("source_uri", f"s3://bucket/{name}")
    return Entity(HOME.artifact(uri), "Artifact", "DataSet", name, uri, created=NOON, **known)


def job(name, **known):
    arn = HOME.trial_component(name)
    return Entity(
        arn,
        "TrialComponent",
        "TrainingJob",
        name,
        HOME.arn("training-job", name),
        created=NOON,
        status="Completed",
        **known,
    )


def model(name, **known):
    uri = f"s3://bucket/{name}.tar.gz"
    return Entity(HOME.artifact(uri), "Artifact", "Model", name, uri, created=NOON, **known)


def linked(*ends, type="ContributedTo"):
    return [Association(one.arn, other.arn, type) for one, other in zip(ends, ends[1:])]  # noqa: B905, RUF007


def up(entities, links, focus, max_depth=None):
    answer = traverse(LineageGraph.of(entities, links), [focus.arn], "upstream", max_depth)
    return answer.asked(Question("upstream", (f"model:{focus.name}",)))


def small():
    """raw → train → churn, one more upstream than was asked for."""
    raw, train, churn = dataset("raw.csv"), job("train"), model("churn")
    lost = dataset("lost.csv")
    links = [*linked(lost, raw, train), *linked(train, churn, type="Produced")]
    return up([lost, raw, train, churn], links, churn, max_depth=2)


def cycle():
    a, b, c = dataset("a"), dataset("b"), dataset("c")
    return up([a, b, c], linked(a, b, c, a), a)


def self_loop():
    a = dataset("a")
    return Answer(LineageGraph.of([a], linked(a, a)), (a.arn,))


def two_parts():
    a, b, c, d = (dataset(name) for name in "abcd")
    return Answer(LineageGraph.of([a, b, c, d], [*linked(a, b), *linked(c, d)]), (b.arn,))


def hub():
    churn, files = job("train"), [dataset(f"part-{i:05}.csv") for i in range(5_000)]
    links = [Association(each.arn, churn.arn, "ContributedTo") for each in files]
    return up([churn, *files], links, churn)


def chain():
    steps = [dataset(f"step-{i:05}") for i in range(10_000)]
    return up(steps, linked(*steps), steps[-1])


def no_focus():
    return Answer(
        LineageGraph.of([dataset("a")]),
        ("arn:aws:sagemaker:local:000000000000:artifact/gone",),
        gaps=(Gap("missing", "arn:aws:sagemaker:local:000000000000:artifact/gone", "Deleted."),),
    )


def dangling():
    a, b = dataset("a"), job("b")
    gone = Association(HOME.artifact("s3://gone"), a.arn, "ContributedTo")
    gap = Gap("denied", a.arn, "No permission for sagemaker:QueryLineage.")
    return Answer(LineageGraph.of([a, b], [gone, *linked(a, b)]), (b.arn,), gaps=(gap,))


def hostile():
    """Every kind of text a stranger could have put into every field."""
    entities = [
        Entity(
            HOME.arn("artifact", f"{number:032x}"),
            "Artifact",
            text,
            text,
            text,
            {"Note": text, text[:40]: "value"},
            NOON,
            NOON,
            text,
            text,
        )
        for number, text in enumerate(HOSTILE.values())
    ]
    gaps = tuple(Gap("failed", text, text) for text in HOSTILE.values())
    graph = LineageGraph.of(entities, linked(*entities))
    return Answer(graph, (entities[-1].arn,), Question("show", (HOSTILE["script"],)), gaps)


ANSWERS = {
    "empty": lambda: Answer(LineageGraph()),
    "one": lambda: Answer(LineageGraph.of([dataset("a")]), (dataset("a").arn,)),
    "small": small,
    "cycle": cycle,
    "self-loop": self_loop,
    "two-parts": two_parts,
    "no-focus": no_focus,
    "dangling": dangling,
    "hub": hub,
    "chain": chain,
    "hostile": hostile,
}
_MADE = {}


@pytest.fixture(params=list(ANSWERS))
def answer(request):
    """Each of the answers in turn, made once."""
    if request.param not in _MADE:
        _MADE[request.param] = ANSWERS[request.param]()
    return _MADE[request.param]


@pytest.fixture
def churn():
    """raw.csv → train → churn, with a gap beyond."""
    return small()


@pytest.fixture
def strangers():
    """An answer full of hostile text."""
    return hostile()
