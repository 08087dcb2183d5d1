"""What was known at a moment."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from sm_lineage_magics.errors import QuestionError
from sm_lineage_magics.model import Answer, Association, LineageGraph
from sm_lineage_magics.query import descendants
from sm_lineage_magics.query.as_of import known_at, made_by, past

NOON = datetime(2026, 5, 1, 12, tzinfo=timezone.utc)


def test_what_was_made_later_is_not_known_yet(fraud):
    graph = fraud.lineage(fraud.version(1), fraud.version(2))
    answer = descendants(graph, [fraud.CUSTOMERS.arn])

    then = known_at(answer, fraud.at(15))

    assert [entity.label for entity in then] == ["query-1", "train.csv", "train-1", "model.tar.gz"]
    assert then.complete


def test_what_was_changed_since_is_said(fraud):
    graph = fraud.lineage(fraud.version(1))
    train = fraud.named(graph, "train.csv")
    graph = fraud.changed(graph, train, modified=fraud.at(99))

    then = known_at(descendants(graph, [fraud.CUSTOMERS.arn]), fraud.at(15))

    assert [gap.kind for gap in then.gaps] == ["inferred"]
    assert "train.csv changed after 2026-01-01" in then.gaps[0].why


def test_what_has_no_date_is_kept_and_said(fraud):
    graph = fraud.lineage(fraud.version(1))
    train = fraud.named(graph, "train.csv")
    graph = fraud.changed(graph, train, created=None)

    then = known_at(descendants(graph, [fraud.CUSTOMERS.arn]), fraud.at(15))

    assert "train.csv" in {entity.label for entity in then}
    assert [gap.kind for gap in then.gaps] == ["inferred"]


def test_of_an_answer_about_everything_all_that_was_made_by_then_is_kept(fraud):
    graph = fraud.lineage(fraud.version(1), fraud.version(2))

    then = known_at(Answer(graph), fraud.at(15))

    assert "query-1" in {entity.label for entity in then.graph.entities.values()}
    assert "query-2" not in {entity.label for entity in then.graph.entities.values()}


def test_the_focus_itself_may_not_have_been_there(fraud):
    answer = descendants(fraud.lineage(fraud.version(1)), [fraud.CUSTOMERS.arn])
    before = replace(answer)

    assert len(known_at(before, fraud.START).graph) == 0


def test_when_an_association_was_drawn_may_not_be_known(fraud):
    graph = fraud.lineage(fraud.version(1))
    undated = LineageGraph.of(
        graph.entities.values(), (Association(*edge.pair) for edge in graph.associations)
    )

    then = known_at(descendants(undated, [fraud.CUSTOMERS.arn]), fraud.at(15))

    assert [str(gap) for gap in then.gaps] == [
        "inferred at 2026-01-01: When 4 associations were drawn is not known; "
        "kept where both ends were there."
    ]


def test_before_anything_was_made_nothing_was_known_and_that_is_said(fraud):
    answer = descendants(fraud.lineage(fraud.version(1)), [fraud.CUSTOMERS.arn])

    then = known_at(answer, fraud.START - timedelta(days=1))

    assert (len(then.graph), list(then)) == (0, [])
    assert [(gap.kind, gap.where) for gap in then.gaps] == [("not-recorded", "customers")]


def test_a_moment_without_an_offset_is_in_utc():
    naive = NOON.replace(tzinfo=None)

    assert past(naive, NOON) == NOON
    assert made_by(naive).created_before == NOON


def test_what_is_still_to_come_cannot_be_known():
    tonight = NOON + timedelta(hours=12)  # the end of today, somewhere

    assert past(tonight, NOON) == tonight
    with pytest.raises(QuestionError, match="2026-05-03 is still to come"):
        past(NOON + timedelta(days=2), NOON)
