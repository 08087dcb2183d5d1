"""Rows of text in columns, and an answer as such a table: for terminals and logs.

models fg:customers
Name    What   Hop  Source                    Created
churn   model  ↓4   s3://bucket/model.tar.gz  2026-01-31 12:00
1 entity: 1 model
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..model import Answer
from .naming import gap_lines, summary_of, title_of, what_is
from .rows import Row, day, filled, rows_of
from .words import columns, one_line, shortened

WIDEST = 60
_HEADS = ("Name", "What", "Status", "Hop", "Source", "Created", "By")
_ROWS = 500


def grid(answer: Answer) -> str:
    """The question, a row for each entity found, the count and the gaps; no column is empty."""
    arns = bool(answer.question.options.get("arns"))
    heads = (*_HEADS, "ARN") if arns else _HEADS
    rows = [_cells(row)[: len(heads)] for row in rows_of(answer)]
    lines = [title_of(answer), *aligned(filled([heads, *rows[:_ROWS]]))]
    if len(rows) > _ROWS:
        lines.append(f"… and {len(rows) - _ROWS:,} rows more; .df has them all")
    return "\n".join((*lines, summary_of(answer), *(f"! {line}" for line in gap_lines(answer))))


def aligned(rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Rows as lines; long cells are shortened in the middle, those of the last column never."""
    cells = [[*(shortened(cell, WIDEST) for cell in row[:-1]), one_line(row[-1])] for row in rows]
    widths = [max(map(columns, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        padded = (c + " " * (w - columns(c)) for c, w in zip(row, widths, strict=True))
        yield "  ".join(padded).rstrip()


def _cells(row: Row) -> tuple[str, ...]:
    entity = row.entity
    return (
        shortened(entity.label, 40),
        what_is(entity),
        entity.status or "",
        row.hop,
        shortened(entity.source_uri, 50),
        day(entity.created),
        shortened(entity.created_by or "", 24),
        entity.arn,
    )
