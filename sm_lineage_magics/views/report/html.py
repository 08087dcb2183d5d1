"""A report as HTML: a fragment for a notebook, a page to send or print.

The picture is part of both; nothing is loaded from anywhere, and it prints on white.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

from ...model import Report, Section, is_arn
from ..escape import code as escaped_code
from ..escape import html as escaped
from ..html import scrolling
from ..naming import gap_lines
from ..picture import Drawing
from ..picture.grouping import CAP
from ..words import one_line, safe
from .summary import lines_of

# The picture has a page of its own, turned; a notebook's outputs would cut what is wider.
_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>:root{{color-scheme:light dark}}body{{margin:2em auto;padding:0 1em;max-width:1100px}}
@page picture{{size:landscape}}
@media print{{body{{margin:0;padding:0;max-width:none}}.picture{{page:picture}}}}
</style></head><body>{body}</body></html>
"""

# A table of so few rows is printed on one page.
_WHOLE = 12

# Where a long name may break: after what parts it, else after every so many characters.
_LONG = 20
_BREAKS = re.compile(r"(?<=[/_.:?&=@,-])(?=\w)")
_RUN = re.compile(r".{16}(?=.{4})|.+")

# What stands before and after a picture.
_OPEN = ("<h3>Picture</h3>", "")
_FOLDED = ("<details><summary>Picture</summary>", "</details>")

_DIFF = {"+": "added", "-": "removed", "@": "hunk"}


def fragment(report: Report, *, folded: bool = False) -> str:
    """What a notebook shows of a report; its picture folded, where an explorer is shown as well."""
    parts = "".join(_parts(report, folded=folded))
    return f'<div class="lineage-report"><style>{_style()}</style>{parts}</div>'


def page(report: Report) -> str:
    """A page of its own, fit to be printed."""
    return _PAGE.format(title=escaped(report.title), body=fragment(report))


@cache
def _style() -> str:
    text = files(__package__).joinpath("report.css").read_text(encoding="utf-8")
    return re.sub(r"\s*\n\s*", "", text)


def _parts(report: Report, *, folded: bool) -> Iterator[str]:
    yield f"<h2>{escaped(report.title)}</h2>"
    yield f'<ul class="summary">{_items(lines_of(report))}</ul>'
    yield from map(_section, report.sections)
    if len(report.answer.graph) > 0:
        title, end = _FOLDED if folded else _OPEN
        yield f'<section class="picture">{title}{picture(report)}{end}</section>'
    if report.gaps:
        missing = f"<h3>What is missing</h3><ul>{_items(gap_lines(report.answer))}</ul>"
        yield f'<div class="missing">{missing}</div>'


def _items(lines: Iterable[str]) -> str:
    return "".join(f"<li>{_breakable(line)}</li>" for line in lines)


def picture(report: Report) -> str:
    """The graph behind the report, as SVG, marked."""
    kept = tuple(report.marks) if len(report.marks) <= CAP else ()
    drawing = Drawing(marks=report.marks, keep=kept)
    return scrolling(report.answer, drawing)


def _section(section: Section) -> str:
    text = f"<p>{escaped(section.text)}</p>" if section.text else ""
    code = f"<pre><code>{_code(section)}</code></pre>" if section.code else ""
    whole = "" if section.code or len(section.rows) > _WHOLE else ' class="whole"'
    title = f"<h3>{escaped(section.title)}</h3>"
    return f"<section{whole}>{title}{text}{_table(section)}{code}</section>"


def _code(section: Section) -> str:
    if section.language != "diff":
        return escaped_code(section.code)
    # Colour beside the signs, never instead of them.
    return "\n".join(_diff_line(line) for line in safe(section.code).splitlines())


def _diff_line(line: str) -> str:
    kind = "" if line.startswith(("+++", "---")) else _DIFF.get(line[:1], "")
    text = escaped_code(line)
    return f'<span class="{kind}">{text}</span>' if kind else text


def _table(section: Section) -> str:
    if not section.columns:
        return ""
    names = [escaped(name) for name in section.columns]
    heads = "".join(f'<th scope="col">{name}</th>' for name in names)
    body = "".join(f"<tr>{''.join(map(_cell, names, row))}</tr>" for row in section.rows)
    table = f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"
    return f'<div class="wide">{table}</div>'


def _cell(column: str, text: str) -> str:
    kind = ' class="id"' if is_arn(text) else ""
    return f'<td data-column="{column}"{kind}>{_linked(text)}</td>'


def _linked(text: str) -> str:
    # Only web addresses become links: `javascript:` and the like stay text.
    if text.startswith("https://") and not any(c.isspace() for c in text):
        return f'<a href="{escaped(text)}" rel="noopener noreferrer">{_breakable(text)}</a>'
    return _breakable(text)


def _breakable(text: str) -> str:
    """Text whose long names may be broken between their parts, and nowhere else."""
    words = one_line(text).split(" ")
    return " ".join(_parted(word) if len(word) > _LONG else escaped(word) for word in words)


def _parted(name: str) -> str:
    parts = (run for part in _BREAKS.split(name) for run in _RUN.findall(part))
    return "<wbr>".join(map(escaped, parts))
