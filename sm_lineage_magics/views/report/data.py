"""A report for programs: JSON, CSV, data frame."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...model import Report
from ..csv import written
from ..escape import cell

if TYPE_CHECKING:
    from pandas import DataFrame


def to_json(report: Report) -> str:
    """Title, summary, the question's own data, gaps, and whether it failed."""
    document = {
        "title": report.title,
        "summary": list(report.summary),
        **report.data,
        "complete": report.complete,
        "gaps": [gap._asdict() for gap in report.gaps],
        "failed": report.failed,
    }
    return json.dumps(document, indent=2, ensure_ascii=False, default=str)


def to_csv(report: Report) -> str:
    """Every row of every table, its section in the first column; gaps at the end."""
    names = ("section", *_names(report))
    gaps = ((gap.kind, gap.where, gap.why) for gap in report.gaps)
    rows = (*_rows(report), *(("gap", *gap) for gap in gaps))
    return written((names, *([cell(text) for text in row] for row in rows)))


def frame(report: Report) -> DataFrame:
    """The same rows as a pandas DataFrame; its `attrs` hold title, summary and gaps."""
    import pandas

    data = pandas.DataFrame(list(_rows(report)), columns=["section", *_names(report)])
    data.attrs = {
        "title": report.title,
        "summary": list(report.summary),
        "complete": report.complete,
        "gaps": [str(gap) for gap in report.gaps],
    }
    return data


def _names(report: Report) -> tuple[str, ...]:
    """The columns of all tables, in the order in which they first appear."""
    return tuple(dict.fromkeys(name for section in report.sections for name in section.columns))


def _rows(report: Report) -> Iterator[tuple[str, ...]]:
    names = _names(report)
    for section in report.sections:
        for row in section.rows:
            values = dict(zip(section.columns, row, strict=True))
            yield (section.title, *(values.get(name, "") for name in names))
