"""Dates, times and how long ago, as people type them."""

from argparse import ArgumentTypeError
from datetime import datetime, time, timedelta, timezone

import pytest

from sm_lineage_magics.magics.line.moments import date, end_of_day

NOW = datetime(2026, 3, 1, 9, 30, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-01-31", datetime(2026, 1, 31, tzinfo=timezone.utc)),
        ("2026-01-31T12:00", datetime(2026, 1, 31, 12, tzinfo=timezone.utc)),
        ("2026-01-31T12:00Z", datetime(2026, 1, 31, 12, tzinfo=timezone.utc)),
        ("2026-01-31T12:00:00+01:00", datetime(2026, 1, 31, 11, tzinfo=timezone.utc)),
        ("today", datetime(2026, 3, 1, tzinfo=timezone.utc)),
        ("yesterday", datetime(2026, 2, 28, tzinfo=timezone.utc)),
        ("12h", datetime(2026, 2, 28, 21, 30, tzinfo=timezone.utc)),
        ("7d", datetime(2026, 2, 22, 9, 30, tzinfo=timezone.utc)),
        ("2w", datetime(2026, 2, 15, 9, 30, tzinfo=timezone.utc)),
        ("0d", NOW),
    ],
)
def test_a_moment_is_read(text, moment):
    assert date(text, now=NOW) == moment


@pytest.mark.parametrize("text", ["2026-02-28", "yesterday"])
def test_a_day_ends_with_its_last_instant(text):
    read = date(text, end_of_day=True, now=NOW)

    assert read == datetime.combine(datetime(2026, 2, 28), time.max, timezone.utc)


def test_so_long_ago_is_a_moment_and_no_day():
    assert date("2d", end_of_day=True, now=NOW) == NOW - timedelta(days=2)


@pytest.mark.parametrize("text", ["soon", "31.1.2026", "7", "d", "-7d", "99999d", "7m", "", "2026"])
def test_what_is_no_moment_is_refused_with_what_would_be(text):
    with pytest.raises(ArgumentTypeError, match="is not a date; expected for example 2026-01-31"):
        end_of_day(text)
