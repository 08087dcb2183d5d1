"""A report as plain text, for terminals and logs."""

from __future__ import annotations

from collections.abc import Iterator

from ...model import Report, Section
from ..grid import WIDEST, aligned
from ..naming import gap_lines
from ..words import columns, one_line, safe
from .summary import lines_of


def text(report: Report) -> str:
    """The whole report; tables stand in columns, or cell by cell where cells are long."""
    return "\n".join(_lines(report)).rstrip()


def _lines(report: Report) -> Iterator[str]:
    yield one_line(report.title)
    yield from (f"  {one_line(line)}" for line in lines_of(report))
    for section in report.sections:
        yield ""
        yield from _section(section)
    if report.gaps:
        yield from ("", "What is missing")
        yield from (f"  ! {line}" for line in gap_lines(report.answer))


def _section(section: Section) -> Iterator[str]:
    yield one_line(section.title)
    if section.text:
        yield f"  {one_line(section.text)}"
    if section.columns:
        yield from (f"  {line}".rstrip() for line in _table(section))
    if section.code:
        yield from (f"    {line}" for line in safe(section.code).splitlines())


def _table(section: Section) -> Iterator[str]:
    rows = [tuple(map(one_line, row)) for row in section.rows]
    # The last cell of a row may be as long as it is: nothing stands after it.
    if any(columns(cell) > WIDEST for row in rows for cell in row[:-1]):
        return (line for row in rows for line in _stacked(section.columns, row))
    return aligned((section.columns, *rows))


def _stacked(names: tuple[str, ...], row: tuple[str, ...]) -> Iterator[str]:
    """One row as a block: its first cell, then the others with their names before them."""
    width = max(map(columns, names))
    yield row[0]
    for name, cell in zip(names[1:], row[1:], strict=True):
        if cell:
            yield f"  {name}{' ' * (width - columns(name))}  {cell}"
