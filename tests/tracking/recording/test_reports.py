"""What people read of a recording that is taken back."""

from datetime import datetime, timezone

from sm_lineage_magics.model import Receipt
from sm_lineage_magics.tracking.recording.journal import Run
from sm_lineage_magics.tracking.recording.reports import journal_report, undo_report

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
