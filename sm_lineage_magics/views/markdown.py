"""An answer as Markdown: the question, a Mermaid chart, a table and the gaps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..model import Answer
from .escape import markdown as plain
from .mermaid import mermaid
from .naming import gap_lines, summary_of, title_of, what_is
from .rows import Row, day, filled, rows_of
from .words import shortened

_COLUMNS = ("Name", "What", "Status", "Hop", "Source", "Created", "By")


def markdown(answer: Answer, *, limit: int | None = None) -> str:
    """A document of its own; hosts that know Mermaid draw the chart.

    Args:
        answer: what is written.
        limit: rows at most, None for all; those left out are counted beneath.
    """
    parts = [f"# {plain(title_of(answer))}", plain(summary_of(answer)), gaps(answer)]
    if len(answer.graph):
        parts.append(fenced(mermaid(answer), "mermaid"))
    if answer:
        parts += _table(rows_of(answer), limit)
    return "\n\n".join(filter(None, parts)) + "\n"


def _table(rows: Sequence[Row], limit: int | None) -> Iterator[str]:
    heads, *lines = filled([_COLUMNS, *map(_cells, rows[:limit])])
    yield grid(heads, lines)
    if (left_out := len(rows) - len(lines)) > 0:
        yield f"{left_out:,} more rows are not shown here; .df and an exported file have them."


def gaps(answer: Answer) -> str:
    """The gaps as a list that cannot be overlooked; empty when there are none."""
    lines = [f"> - {plain(line)}" for line in gap_lines(answer)]
    return "\n".join(["> **Incomplete.** What could not be seen:", ">", *lines]) if lines else ""


def grid(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; its cells are plain text."""
    lines = [columns, ["---"] * len(columns), *(list(map(plain, row)) for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def fenced(text: str, language: str = "") -> str:
    """Text to be shown as it is, in a fence longer than any within it."""
    fence = "```"
    while fence in text:
        fence += "`"
    return f"{fence}{language}\n{text.rstrip()}\n{fence}"


def _cells(row: Row) -> Sequence[str]:
    entity = row.entity
    return (
        entity.label,
        what_is(entity),
        entity.status or "",
        row.hop,
        shortened(entity.source_uri, 80),
        day(entity.created),
        entity.created_by or "",
    )
