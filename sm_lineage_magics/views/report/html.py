"""A report as HTML: a fragment for a notebook, a page to send or print.

The picture is part of both; nothing is loaded from anywhere, and it prints on white.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...model import Report, Section
from ..escape import html as escaped
from ..html import scrolling
from ..naming import gap_lines
from ..picture import Drawing
from ..picture.grouping import CAP
from ..words import safe

# The class twice: by a rule stronger than one, JupyterLab aligns tables in outputs to the right.
_STYLE = """
.lineage-report{font:14px/1.5 system-ui,sans-serif;max-width:1100px}
.lineage-report h2{font-size:1.35em;margin:.4em 0}
.lineage-report h3{font-size:1.05em;margin:1.4em 0 .3em}
.lineage-report table{border-collapse:collapse;margin:.3em 0}
.lineage-report.lineage-report table :is(th,td){padding:3px 14px 3px 0;text-align:left;
 vertical-align:top;unicode-bidi:isolate;overflow-wrap:anywhere;min-width:6em}
.lineage-report.lineage-report table :is(th,td):first-child{min-width:9em}
.lineage-report th{font-weight:600;border-bottom:1px solid #8886}
.lineage-report td{border-bottom:1px solid #8883}
.lineage-report pre{white-space:pre-wrap;padding:10px;border:1px solid #8885;border-radius:4px}
.lineage-report .missing{border-left:3px solid #b35900;padding-left:10px}
@media print{.lineage-report{color:#000;background:#fff}.lineage-report h3{break-after:avoid}
 .lineage-report tr{break-inside:avoid}}
"""

_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>:root{{color-scheme:light dark}}body{{margin:2em auto;padding:0 1em;max-width:1100px}}
</style></head><body>{body}</body></html>
"""


def fragment(report: Report) -> str:
    """What a notebook shows of a report."""
    return f'<div class="lineage-report"><style>{_STYLE}</style>{"".join(_parts(report))}</div>'


def page(report: Report) -> str:
    """A page of its own, fit to be printed."""
    return _PAGE.format(title=escaped(report.title), body=fragment(report))


def _parts(report: Report) -> Iterator[str]:
    yield f"<h2>{escaped(report.title)}</h2>"
    yield "<ul>" + "".join(f"<li>{escaped(line)}</li>" for line in report.summary) + "</ul>"
    yield from map(_section, report.sections)
    if len(report.answer.graph) > 0:
        yield f"<h3>Picture</h3>{picture(report)}"
    if report.gaps:
        missing = "".join(f"<li>{escaped(line)}</li>" for line in gap_lines(report.answer))
        yield f'<div class="missing"><h3>What is missing</h3><ul>{missing}</ul></div>'


def picture(report: Report) -> str:
    """The graph behind the report, as SVG, marked."""
    kept = tuple(report.marks) if len(report.marks) <= CAP else ()
    drawing = Drawing(marks=report.marks, keep=kept)
    return scrolling(report.answer, drawing)


def _section(section: Section) -> str:
    text = f"<p>{escaped(section.text)}</p>" if section.text else ""
    code = f"<pre><code>{escaped_code(section.code)}</code></pre>" if section.code else ""
    return f"<h3>{escaped(section.title)}</h3>{text}{_table(section)}{code}"


def escaped_code(code: str) -> str:
    """Code with its line breaks kept."""
    return "\n".join(escaped_line(line) for line in safe(code).splitlines())


def escaped_line(line: str) -> str:
    """One line of code, its indentation kept."""
    indent = len(line) - len(line.lstrip())
    return " " * indent + escaped(line)


def _table(section: Section) -> str:
    if not section.columns:
        return ""
    heads = "".join(f'<th scope="col">{escaped(name)}</th>' for name in section.columns)
    rows = ("".join(f"<td>{_cell(cell)}</td>" for cell in row) for row in section.rows)
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"


def _cell(text: str) -> str:
    # Only web addresses become links: `javascript:` and the like stay text.
    if text.startswith("https://") and not any(c.isspace() for c in text):
        return f'<a href="{escaped(text)}" rel="noopener noreferrer">{escaped(text)}</a>'
    return escaped(text)
