"""What people read of a recording that is taken back."""

from contextlib import closing
from datetime import datetime, timezone

import pytest

from sm_lineage_magics import emulator
from sm_lineage_magics.backends.local import LocalBackend
from sm_lineage_magics.backends.sagemaker import SageMakerBackend
from sm_lineage_magics.model import Entity, Home, Receipt
from sm_lineage_magics.tracking.facts import Facts
from sm_lineage_magics.tracking.recording.journal import Journal, Run
from sm_lineage_magics.tracking.recording.reports import journal_report, plan_report, undo_report
from sm_lineage_magics.tracking.recording.tracker import Tracker

RUN = Run("1", datetime(2026, 3, 2, tzinfo=timezone.utc), "has-kids", "the store", "undone")


def test_undoing_everything_says_so_and_shows_no_empty_table():
    report = undo_report(RUN, done=True)

    assert report.summary == ("Everything it wrote is taken back.",)
    assert report.sections == ()


def test_what_others_have_linked_to_since_is_listed():
    left = Run(RUN.id, RUN.time, RUN.title, RUN.target, "undone", receipt=Receipt(created=("arn",)))

    report = undo_report(left, done=True)

    assert report.summary == ("Left in place: 1 entity.",)
    assert report.sections[0].rows == (("entity", "arn", ""),)


def test_the_journal_has_a_column_for_errors_only_where_there_are_any():
    failed = Run("2", RUN.time, "oops", "the store", "failed", error="ValueError: no")

    assert journal_report([RUN]).sections[0].columns == ("Run", "Status", "Title", "Wrote", "Where")
    assert [row[-1] for row in journal_report([RUN, failed]).sections[0].rows] == [
        "ValueError: no",
        "",
    ]


def open_account():
    return SageMakerBackend.open(client=emulator.client())


@pytest.mark.parametrize(
    ("open_backend", "told"),
    [
        (lambda: LocalBackend.open(":memory:"), ("Would do: create 1.",)),
        (open_account, ("Would do: create 1.", "Takes of the account's quota: 1 artifact.")),
    ],
)
def test_what_a_plan_takes_of_quotas_is_told_where_there_are_any(open_backend, told):
    uri = "s3://shop/raw.csv"
    raw = Entity(Home().artifact(uri), "Artifact", "DataSet", "raw", uri)

    with closing(open_backend()) as backend:
        tracker = Tracker(backend, Journal(LocalBackend.open(":memory:").store))
        assert plan_report(tracker.preview(Facts((raw,)))).summary == told
