"""A report as Markdown, for a pull request, a ticket or a page of a wiki.

>>> print(markdown(report))
# What depends on fg:customers
…
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ...model import Report, Section
from ..escape import markdown as escaped
from ..naming import gap_lines
from ..words import safe


def markdown(report: Report) -> str:
    """The whole report; what is missing stands at its end."""
    return "\n".join(_lines(report)).rstrip() + "\n"


def _lines(report: Report) -> Iterator[str]:
    yield f"# {escaped(report.title)}"
    yield ""
    yield from (f"- {escaped(line)}" for line in report.summary)
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
        yield from _table(section)
        yield ""
    if section.code:
        yield from (*_fenced(section.code, section.language), "")


def _table(section: Section) -> Iterator[str]:
    yield _row(section.columns)
    yield _row("---" for _ in section.columns)
    yield from (_row(map(escaped, row)) for row in section.rows)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _fenced(code: str, language: str) -> Iterator[str]:
    # A fence longer than any run of backticks inside cannot be closed from there.
    longest = max(map(len, re.findall("`+", code)), default=0)
    fence = "`" * max(3, longest + 1)
    yield fence + language
    yield safe(code)
    yield fence
