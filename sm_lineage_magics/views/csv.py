"""An answer as CSV: one row for each entity found, then one for each gap.

The columns are those of the data frame, without properties; `gap` is empty but for the rows of
gaps, which hold nothing else than the place in `arn`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from ..model import Answer
from ..model.serial import time_to_text
from . import frame
from .escape import cell
from .rows import Row, rows_of

COLUMNS = (*(name for name in frame.COLUMNS if name != "properties"), "gap")


def to_csv(answer: Answer) -> str:
    """The entities found, as text with a header line."""
    rows = [[*_values(row), ""] for row in rows_of(answer)]
    blank = [""] * (len(COLUMNS) - 2)
    rows += ([*blank, cell(gap.where), cell(f"{gap.kind}: {gap.why}")] for gap in answer.gaps)
    return written((COLUMNS, *rows))


def written(rows: Iterable[Sequence[str]]) -> str:
    """Rows of text as CSV."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def _values(row: Row) -> Iterable[str]:
    entity = row.entity
    yield cell(entity.label)
    yield row.role
    yield from map(cell, (entity.type, entity.kind, entity.status or "", row.way))
    yield "" if row.distance is None else str(row.distance)
    yield cell(entity.source_uri)
    yield time_to_text(entity.created) if entity.created else ""
    yield time_to_text(entity.modified) if entity.modified else ""
    yield from map(cell, (entity.created_by or "", entity.arn))
