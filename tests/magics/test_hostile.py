"""Strange lineage through a real shell: a right answer or one clear line, and the store whole."""

import json
import os
import signal
import threading
from itertools import pairwise

import pytest

from sm_lineage_magics.magics import loaded
from sm_lineage_magics.magics.settings.config import VIEWS
from sm_lineage_magics.model import Association, Entity, Home, LineageGraph, quoted

HOME = Home()
NAMES = {
    "quotes": "the \"best\" of 'all'",
    "newlines": "first\nsecond\r\nthird",
    "html": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "emoji": "🧺 daily \U0001f468\u200d\U0001f469\u200d\U0001f467",
    "blanks": "  a  b\t ",
    "shell": "$HOME `id` {1+1} $(rm) \\ % !",
    "right to left": "\u202eevil\u202c שלום",
    "signs": "+a+",
    "comment": "# not one; really;",
    "long": "n" * 2048,
}


def data(name, uri=""):
    uri = uri or f"s3://bucket/{name.strip()}"
    return Entity(HOME.artifact(uri), "Artifact", "DataSet", name, uri)


def linked(entities, pairs):
    edges = [Association(a.arn, b.arn, "ContributedTo") for a, b in pairs]
    return LineageGraph.of(entities, edges)


@pytest.fixture
def hold(ip, ask):
    """Let the store hold this graph and nothing else."""

    def hold(graph):
        ask("use :memory:")
        loaded(ip).session.lineage.load(graph)

    return hold


@pytest.fixture
def bundle(ip, ask):
    """The mime bundle that a front end gets of a line's result."""
    return lambda line: ip.display_formatter.format(ask(line))[0]


def labels(answer):
    return [entity.label for entity in answer]


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_strange_name_can_be_typed_and_shown_in_every_view(hold, ask, bundle, name):
    strange, plain = data(name, "s3://bucket/strange"), data("plain")
    hold(linked([strange, plain], [(strange, plain)]))

    assert labels(ask(f"show {quoted(name)}")) == [name]
    assert labels(ask(f"upstream {quoted('s3://bucket/plain')}")) == [name]
    for view in VIEWS:
        shown = bundle(f"upstream s3://bucket/plain --as {view}")
        assert json.loads(json.dumps(shown)) == shown
        assert "<script" not in shown.get("text/html", "")
        assert "\r" not in shown["text/plain"]


@pytest.mark.parametrize("typed", ["dataset:--depth", "-- --depth", "s3://bucket/--depth"])
def test_a_name_like_an_option_is_typed_with_what_it_is_or_after_two_dashes(hold, ask, typed):
    hold(linked([data("--depth")], []))

    assert labels(ask(f"show {typed}")) == ["--depth"]


@pytest.mark.parametrize("view", ["tree", "table"])
def test_a_strange_name_stays_on_its_line(hold, bundle, view):
    strange, plain = data(NAMES["newlines"], "s3://bucket/strange"), data("plain")
    hold(linked([strange, plain], [(strange, plain)]))

    lines = bundle(f"upstream s3://bucket/plain --as {view}")["text/plain"].splitlines()

    assert sum("first second" in line for line in lines) == 1


def test_a_uri_of_2048_characters_is_asked_about_and_shortened(hold, ask, bundle):
    long = "s3://bucket/" + "a" * 2036
    hold(linked([data("long", long), data("plain")], [(data("long", long), data("plain"))]))

    assert labels(ask(f"downstream {long}")) == ["plain"]
    text = bundle("upstream s3://bucket/plain --as table")["text/plain"]
    assert max(map(len, text.splitlines())) < 200


def test_a_circle_ends(hold, ask, bundle):
    a, b, c = map(data, "abc")
    hold(linked([a, b, c], [(a, b), (b, c), (c, a)]))

    assert labels(ask("upstream s3://bucket/a")) == ["c", "b"]
    assert labels(ask("downstream s3://bucket/a --depth 1")) == ["b"]
    assert "(above)" in bundle("upstream s3://bucket/a --as tree")["text/plain"]


def test_what_leads_to_itself_is_no_neighbour_of_its_own(hold, ask, bundle):
    a = data("a")
    hold(linked([a], [(a, a)]))

    assert labels(ask("upstream s3://bucket/a")) == []
    assert labels(ask("show s3://bucket/a")) == ["a"]
    assert bundle("upstream s3://bucket/a --as graph")["text/html"]


@pytest.mark.slow
def test_a_chain_of_ten_thousand_is_walked_to_its_end_and_shown_small(hold, ask, bundle):
    chain = [data(f"n{i:05}") for i in range(10_000)]
    hold(linked(chain, pairwise(chain)))

    assert len(ask("upstream s3://bucket/n09999")) == 9_999
    assert labels(ask("sources s3://bucket/n09999")) == ["n00000"]
    for line in ("upstream s3://bucket/n09999 --as graph", "impact s3://bucket/n00000"):
        assert len(json.dumps(bundle(line))) < 1_000_000


@pytest.mark.slow
@pytest.mark.parametrize(
    "line",
    [
        *(f"downstream s3://bucket/hub --as {view}" for view in VIEWS if view != "json"),
        "show s3://bucket/hub",
        "impact s3://bucket/hub",
        "lint s3://bucket/hub",
        "datasets s3://bucket/hub",
        "demo fraud",
    ],
)
def test_a_hub_of_a_hundred_thousand_is_shown_small(crowded, ip, capsys, line):
    """Answered whole, of which a notebook's file keeps what a person reads."""
    result = ip.run_line_magic("lineage", line)

    assert len(json.dumps(ip.display_formatter.format(result)[0])) < 1_500_000


@pytest.fixture(scope="module")
def crowd(tmp_path_factory):
    """A store whose one hub has a hundred thousand children; made once."""
    from sm_lineage_magics import Lineage

    path = tmp_path_factory.mktemp("crowd") / "lineage.db"
    hub, children = data("hub"), [data(f"child-{i}") for i in range(100_000)]
    with Lineage.open(path) as lineage:
        lineage.load(linked([hub, *children], [(hub, child) for child in children]))
    return path


@pytest.fixture
def crowded(ip, crowd):
    ip.run_line_magic("lineage", f"use {crowd}")


@pytest.mark.slow
def test_ctrl_c_in_a_long_walk_answers_with_what_was_reached(hold, ask):
    chain = [data(f"n{i:05}") for i in range(30_000)]
    hold(linked(chain, pairwise(chain)))

    threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGINT)).start()
    answer = ask("upstream s3://bucket/n29999")

    assert [gap.kind for gap in answer.gaps] == ["interrupted"]
    assert 0 < len(answer) < 29_999
    assert len(ask("upstream s3://bucket/n29999")) == 29_999


@pytest.mark.parametrize("line", ["upstream x", "show x", "impact x", "why x", "export x y.svg"])
def test_an_empty_store_says_how_to_fill_it(hold, ask, line):
    from IPython.core.error import UsageError

    hold(LineageGraph())

    with pytest.raises(UsageError, match="There is none yet in embedded store"):
        ask(line)


@pytest.mark.parametrize("line", ["ls", "find x", "lint"])
def test_of_an_empty_store_nothing_is_listed(hold, bundle, line):
    hold(LineageGraph())

    assert bundle(line)["text/plain"]
