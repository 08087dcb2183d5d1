"""A report as plain text, for terminals and logs."""

from __future__ import annotations

from collections.abc import Iterator

from ...model import Report, Section
from ..grid import aligned
from ..naming import gap_lines
from ..words import one_line, safe


def text(report: Report) -> str:
    """The whole report in columns; long cells are shortened in the middle, the last one never."""
    return "\n".join(_lines(report)).rstrip()


def _lines(report: Report) -> Iterator[str]:
    yield one_line(report.title)
    yield from (f"  {one_line(line)}" for line in report.summary)
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
        yield from (f"  {line}" for line in aligned((section.columns, *section.rows)))
    if section.code:
        yield from (f"    {line}" for line in safe(section.code).splitlines())
