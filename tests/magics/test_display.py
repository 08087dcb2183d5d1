"""What a front end is given to show."""

import base64
import json
import re

import pytest

from sm_lineage_magics.magics.settings.config import VIEWS, Settings
from sm_lineage_magics.magics.sheet import cheat_sheet, help_of
from sm_lineage_magics.model import Association, Entity, Home, LineageGraph
from sm_lineage_magics.views.picture.grouping import CAP


@pytest.fixture
def shown(ip, ask):
    """The mime bundle of what a line returns."""
    return lambda line: ip.display_formatter.format(ask(line))[0]


def drawn_in(html):
    """The drawings in an output, as SVG."""
    images = re.findall('data:image/svg[+]xml;base64,([^"]+)', html)
    return "".join(base64.b64decode(image).decode() for image in images)


def test_a_question_shows_picture_table_and_text(shown):
    bundle = shown("upstream model:churn")

    assert set(bundle) == {"text/plain", "text/html"}
    assert "data:image/svg+xml" in bundle["text/html"]
    assert "<table" in bundle["text/html"]
    assert bundle["text/plain"].startswith("upstream model:churn")


def test_a_noun_shows_a_table(shown):
    html = shown("models fg:customers")["text/html"]

    assert "data:image/svg+xml" not in html
    assert "<table" in html


def test_a_table_is_one_in_a_terminal_too(shown):
    text = shown("models fg:customers --as table")["text/plain"]

    title, heads, row, count = text.splitlines()
    assert title == "models fg:customers --as table"
    assert heads.split() == ["Name", "What", "Hop", "Source", "Created"]  # nothing else is known
    assert row.startswith("churn  model  ↓4   s3://bucket/model.tar.gz  20")
    assert count == "1 entity: 1 model"


def test_a_noun_as_a_graph_draws_the_way_between(shown):
    html = shown("models fg:customers --as graph")["text/html"]

    assert "train.csv" in drawn_in(html)


def test_show_tells_details(shown):
    assert "s3://bucket/model.tar.gz" in shown("show model:churn")["text/plain"]


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_is_a_bundle_that_can_be_saved(shown, view):
    bundle = shown(f"upstream model:churn --as {view}")

    assert json.loads(json.dumps(bundle)) == bundle
    assert bundle["text/plain"]


def test_the_configured_view_is_what_a_line_without_one_gets(ask, shown):
    ask("config view=mermaid")

    assert "text/vnd.mermaid" in shown("upstream model:churn")
    assert "text/vnd.mermaid" not in shown("upstream model:churn --as tree")


def test_whole_arns_are_shown_on_demand(shown):
    arn = "arn:aws:sagemaker:local:000000000000:action/join"

    assert arn not in shown("queries model:churn")["text/html"]
    assert arn in shown("queries model:churn --arns")["text/html"]


def test_a_gap_is_in_every_view(shown):
    for view in VIEWS:
        assert "depth" in shown(f"upstream model:churn --depth 1 --as {view}")["text/plain"]


def test_strangers_markup_is_never_markup(ip, ask, shown):
    from sm_lineage_magics.magics import loaded

    name = "<img src=x onerror=alert(1)>\n\"'🙂"
    bad = Entity(Home().action(name), "Action", "FeatureStoreQuery", name, properties={name: name})
    graph = LineageGraph.of([bad], [Association(bad.arn, bad.arn)])
    loaded(ip).session.lineage.load(graph)

    for line in ("ls queries", "ls queries --as graph", "ls queries --as details"):
        html = shown(line)["text/html"]
        assert "<img src=x" not in html + drawn_in(html)


def test_a_session_draws_as_much_as_the_views_do_by_themselves():
    assert Settings().max_entities == CAP


def test_a_report_is_shown_with_a_page(ip, ask):
    assert "text/html" in ip.display_formatter.format(ask("config"))[0]


@pytest.mark.parametrize(
    ("line", "text"), [("", cheat_sheet()), ("help upstream", help_of("upstream"))]
)
def test_help_is_shown_as_the_text_it_is(ip, ask, line, text):
    assert ip.display_formatter.format(ask(line)) == ({"text/plain": text}, {})


def test_the_cheat_sheet_fits_a_terminal_and_a_narrow_notebook():
    assert max(map(len, cheat_sheet().splitlines())) <= 80


@pytest.mark.parametrize("line", ["upstream model:churn --quiet", "upstream model:churn;"])
def test_a_quiet_line_shows_nothing_and_loses_nothing(ip, ask, line):
    answer = ask(line)

    assert len(answer) == 6
    assert ip.display_formatter.format(answer) == ({}, {})


def test_a_quiet_report_is_not_shown_either(ip, ask):
    report = ask("impact model:churn --quiet")

    assert report.summary
    assert ip.display_formatter.format(report) == ({}, {})


def test_what_was_quiet_is_shown_when_it_is_asked_for_later(ip, ask):
    answer = ask("upstream model:churn --quiet")
    ip.execution_count += 1

    assert "text/html" in ip.display_formatter.format(answer)[0]


def test_the_last_of_several_quiet_lines_is_quiet_too(ip, ask):
    ask("upstream model:churn --quiet")

    assert "text/html" in ip.display_formatter.format(ask("upstream model:churn"))[0]
