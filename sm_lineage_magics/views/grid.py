"""Rows of text in columns, and an answer as such a table: for terminals and logs.

models fg:customers
Name    What   Hop  Source                    Created
churn   model  ↓4   s3://bucket/model.tar.gz  2026-01-31 12:00
1 entity: 1 model
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..model import Answer
from .naming import gap_lines, summary_of, title_of, what_is
from .rows import Row, day, filled, rows_of
from .words import columns, one_line, shortened

WIDEST = 60
_HEADS = ("Name", "What", "Status", "Hop", "Source", "Created", "By")
_ROWS = 500


def grid(answer: Answer, width: int | None = None) -> str:
    """The question, a row for each entity found, the count and the gaps; no column is empty.

    Args:
        answer: what was found.
        width: columns of the screen, beyond which rows are told cell by cell; None for any.
    """
    arns = bool(answer.question.options.get("arns"))
    heads = (*_HEADS, "ARN") if arns else _HEADS
    rows = [_cells(row)[: len(heads)] for row in rows_of(answer)]
    lines = [title_of(answer), *fitted(list(filled([heads, *rows[:_ROWS]])), width)]
    if len(rows) > _ROWS:
        lines.append(f"… and {len(rows) - _ROWS:,} rows more; .df has them all")
    return "\n".join((*lines, summary_of(answer), *(f"! {line}" for line in gap_lines(answer))))


def fitted(rows: Sequence[tuple[str, ...]], width: int | None) -> list[str]:
    """Rows in columns, the first of them their names; cell by cell where they are too wide."""
    lines = list(aligned(rows))
    if width is None or all(columns(line) <= width for line in lines):
        return lines
    return [line for row in rows[1:] for line in stacked(rows[0], row)]


def stacked(names: tuple[str, ...], row: tuple[str, ...]) -> Iterator[str]:
    """One row as a block: its first cell, then the others with their names before them."""
    width = max(map(columns, names))
    yield row[0]
    for name, cell in zip(names[1:], row[1:], strict=True):
        if cell:
            yield f"  {name}{' ' * (width - columns(name))}  {cell}"


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
