"""A report as Markdown, for a pull request, a ticket or a page of a wiki.

>>> print(markdown(report))
# What depends on fg:customers
…
"""

from __future__ import annotations

from collections.abc import Iterator

from ...model import Report, Section
from ..escape import markdown as escaped
from ..markdown import fenced, grid
from ..naming import gap_lines
from ..words import safe
from .summary import lines_of


def markdown(report: Report) -> str:
    """The whole report; what is missing stands at its end."""
    return "\n".join(_lines(report)).rstrip() + "\n"


def _lines(report: Report) -> Iterator[str]:
    yield f"# {escaped(report.title)}"
    yield ""
    yield from (f"- {escaped(line)}" for line in lines_of(report))
    yield ""
    for section in report.sections:
        yield from _section(section)
    if report.gaps:
        yield from ("## What is missing", "")
        yield from (f"- {escaped(line)}" for line in gap_lines(report.answer))


def _section(section: Section) -> Iterator[str]:
    yield from (f"## {escaped(section.title)}", "")
    if section.text:
        yield from (escaped(section.text), "")
    if section.columns:
        yield from (grid(section.columns, section.rows), "")
    if section.code:
        yield from (fenced(safe(section.code), section.language), "")
