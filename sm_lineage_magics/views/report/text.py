"""A report as plain text, for terminals and logs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...model import Report, Section
from ..grid import WIDEST, fitted, stacked
from ..naming import gap_lines
from ..words import columns, one_line, safe
from .summary import lines_of


def text(report: Report, width: int | None = None) -> str:
    """The whole report; tables stand in columns, or cell by cell where cells are long.

    Args:
        report: what is told.
        width: columns of the screen, beyond which a table is told cell by cell; None for any.
    """
    return "\n".join(_lines(report, width)).rstrip()


def _lines(report: Report, width: int | None) -> Iterator[str]:
    yield one_line(report.title)
    yield from (f"  {one_line(line)}" for line in lines_of(report))
    for section in report.sections:
        yield ""
        yield from _section(section, width)
    if report.gaps:
        yield from ("", "What is missing")
        yield from (f"  ! {line}" for line in gap_lines(report.answer))


def _section(section: Section, width: int | None) -> Iterator[str]:
    yield one_line(section.title)
    if section.text:
        yield f"  {one_line(section.text)}"
    if section.columns:
        room = None if width is None else width - 2
        yield from (f"  {line}".rstrip() for line in _table(section, room))
    if section.code:
        yield from (f"    {line}" for line in safe(section.code).splitlines())


def _table(section: Section, width: int | None) -> Iterable[str]:
    rows = [tuple(map(one_line, row)) for row in section.rows]
    # The last cell of a row may be as long as it is: nothing stands after it.
    if any(columns(cell) > WIDEST for row in rows for cell in row[:-1]):
        return (line for row in rows for line in stacked(section.columns, row))
    return fitted((section.columns, *rows), width)
