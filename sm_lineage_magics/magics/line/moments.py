"""The moments people type: dates, times, and how long ago.

>>> date("2026-01-31")
datetime.datetime(2026, 1, 31, 0, 0, tzinfo=datetime.timezone.utc)
>>> date("2w", now=datetime(2026, 1, 31, tzinfo=timezone.utc))
datetime.datetime(2026, 1, 17, 0, 0, tzinfo=datetime.timezone.utc)
"""

from __future__ import annotations

import argparse
import re
from datetime import datetime, time, timedelta, timezone
from functools import partial

_AGO = re.compile(r"(?P<number>\d{1,4})(?P<unit>[hdw])")
_UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
_DAYS_AGO = {"today": 0, "yesterday": 1}


def date(text: str, *, end_of_day: bool = False, now: datetime | None = None) -> datetime:
    """A moment as typed; without an offset from UTC it is in UTC.

    Args:
        text: `2026-01-31`, `2026-01-31T12:00` or `2026-01-31T12:00:00+01:00`; `today` or
            `yesterday`; `12h`, `7d` or `2w` for so many hours, days or weeks ago.
        end_of_day: whether a day means its last instant, not its first.
        now: the present moment; that of the clock when None.

    Raises:
        ArgumentTypeError: when it is none of these.
    """
    present = now or datetime.now(timezone.utc)
    if ago := _AGO.fullmatch(text):
        return present - int(ago["number"]) * _UNITS[ago["unit"]]
    if text in _DAYS_AGO:
        text = f"{present - timedelta(days=_DAYS_AGO[text]):%Y-%m-%d}"
    read = _read(text)
    if end_of_day and len(text) == len("2026-01-31"):
        read = datetime.combine(read, time.max)
    return read if read.tzinfo else read.replace(tzinfo=timezone.utc)


end_of_day = partial(date, end_of_day=True)


def _read(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text.removesuffix("Z"))
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a date; expected for example 2026-01-31, 2026-01-31T12:00, "
            "yesterday or 7d, which is seven days ago"
        ) from error
