"""An answer as an HTML table: one row for each entity found, the count and the gaps beneath.

>>> table(answer, arns=True)
'<table class="lineage-table">…'
"""

from __future__ import annotations

from collections.abc import Iterable

from ..model import Answer
from .escape import html
from .naming import gap_lines, summary_of, what_is
from .rows import Row, day, filled, rows_of
from .words import shortened

_COLUMNS = ("Name", "What", "Status", "Hop", "Source", "Created", "By")

# Cells of strangers may hold right-to-left text: `isolate` keeps it from turning its neighbours.
_STYLE = "border-collapse:collapse;font-size:13px;text-align:left;font-variant-numeric:tabular-nums"
_CELL = "padding:3px 12px 3px 0;text-align:left;vertical-align:top;unicode-bidi:isolate"


def table(answer: Answer, *, arns: bool = False, limit: int = 500) -> str:
    """The table as one HTML element that needs no style sheet.

    Args:
        arns: whether to show full ARNs in a column of their own.
        limit: rows at most; those left out are counted in the footer.
    """
    rows = rows_of(answer)
    names = (*_COLUMNS, "ARN") if arns else _COLUMNS
    lines = filled([names, *(_cells(row, arns=arns) for row in rows[:limit])])
    heads, body = (lines[0], lines[1:]) if lines else ((), [])
    head = "".join(f'<th scope="col" style="{_CELL}">{title}</th>' for title in heads)
    return (
        f'<table class="lineage-table" style="{_STYLE}"><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(map(_row, body))}</tbody>"
        f"<tfoot>{_footer(answer, len(heads) or 1, len(rows) - limit)}</tfoot></table>"
    )


def _cells(row: Row, *, arns: bool) -> Iterable[str]:
    entity = row.entity
    yield _text(entity.label, 48)
    yield html(what_is(entity))
    yield html(entity.status or "")
    yield html(row.hop)
    yield _text(entity.source_uri, 56)
    yield html(day(entity.created))
    yield _text(entity.created_by or "", 24)
    if arns:
        yield html(entity.arn)


def _row(cells: Iterable[str]) -> str:
    return "<tr>" + "".join(f'<td style="{_CELL}">{cell}</td>' for cell in cells) + "</tr>"


def _text(text: str, width: int) -> str:
    short = shortened(text, width)
    shown = html(short)
    return shown if "…" not in short else f'<span title="{html(text)}">{shown}</span>'


def _footer(answer: Answer, width: int, hidden: int) -> str:
    lines = [summary_of(answer)]
    if hidden > 0:
        lines.append(f"{hidden:,} more rows are not shown here; .df has them all.")
    lines += (f"⚠ {line}" for line in gap_lines(answer))
    cells = (f'<td colspan="{width}" style="{_CELL}">{html(line)}</td>' for line in lines)
    return "".join(f"<tr>{cell}</tr>" for cell in cells)
