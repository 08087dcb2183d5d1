"""Recording and taking back from Python: the verbs of the magics as methods."""

import pytest

from sm_lineage_magics import Lineage, emulator
from sm_lineage_magics.errors import CredentialsMissing, QuestionError, WriteRefused
from sm_lineage_magics.tracking.facts import Facts

from .. import aws

RAW, CLEAN = "s3://shop/raw.csv", "s3://shop/clean.csv"


@pytest.fixture
def lineage():
    with Lineage.open(":memory:") as lineage:
        yield lineage


def labels(answer):
    return {entity.label for entity in answer}


def titles(report):
    return [(row[1], row[2]) for section in report.sections for row in section.rows]


def test_the_last_run_is_taken_back_unless_another_is_named(lineage):
    first = lineage.link(RAW, CLEAN).run
    lineage.link(CLEAN, "s3://shop/train.csv")

    assert lineage.undo().summary == ("Everything it wrote is taken back.",)
    assert labels(lineage.downstream(RAW)) == {"clean.csv"}
    assert lineage.undo(first.id).summary == ("Everything it wrote is taken back.",)
    assert labels(lineage.ls()) == set()


def test_what_would_be_taken_back_is_told_and_left(lineage):
    lineage.link(RAW, CLEAN)

    told = lineage.undo(plan=True)

    assert told.summary == ("Would take away: 2 entities, 1 association.",)
    assert labels(lineage.ls()) == {"raw.csv", "clean.csv"}


def test_a_link_of_no_known_type_is_refused(lineage):
    with pytest.raises(QuestionError, match="No association is of type 'Made'"):
        lineage.link(RAW, CLEAN, "Made")


def test_with_nothing_written_there_is_nothing_to_undo(lineage):
    with pytest.raises(WriteRefused, match="There is nothing to undo"):
        lineage.undo()


def test_what_waits_is_planned_committed_and_in_the_journal(lineage):
    link = lineage.link(RAW, CLEAN)
    entities = tuple(planned.entity for planned in link.plan.entities)
    lineage.undo()
    lineage.tracker.wait(Facts(entities), "seen")

    assert lineage.plan().summary == ("Would do: create 2.",)
    assert titles(lineage.commit()) == [("applied", "seen")]
    assert titles(lineage.journal()) == [
        ("applied", "seen"),
        ("undone", f"link {RAW} {CLEAN}"),
    ]
    assert lineage.commit().summary[0].startswith("Nothing waits to be written.")
    assert lineage.plan().summary[0].startswith("Nothing waits to be written.")


def test_a_backfill_without_an_account_is_told_what_to_type(lineage, monkeypatch):
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)

    with pytest.raises(CredentialsMissing, match="No AWS account can be asked"):
        lineage.backfill(profile="no-such-profile")


@pytest.mark.slow
def test_a_backfill_is_planned_before_it_is_recorded(lineage):
    with emulator.sandbox() as box:
        aws.train("train-fraud", box.role, f"s3://{box.bucket}/models")
        planned = lineage.backfill(plan=True)
        assert (planned.run, labels(lineage.ls())) == (None, set())
        recorded = lineage.backfill()

    assert recorded.run.status == "applied"
    assert labels(recorded.answer) == labels(lineage.ls()) == labels(planned.answer)
