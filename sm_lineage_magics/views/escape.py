"""One escaping per language, for every text that comes from outside.

>>> html('<img src=x onerror="alert(1)">')
'&lt;img src=x onerror=&quot;alert(1)&quot;&gt;'
"""

from __future__ import annotations

import re
from html import escape

from .words import one_line, safe


def html(text: str) -> str:
    """For the content and the quoted attributes of HTML, SVG and XML, on one line."""
    return escape(one_line(text), quote=True)


def code(text: str) -> str:
    """For the content of `<pre>`: line breaks, indentation and alignment are kept."""
    return escape(safe(text), quote=True)


def markdown(text: str) -> str:
    """For a paragraph or a table's cell: nothing becomes markup, HTML or a new cell."""
    return _MARKDOWN.sub(r"\\\1", escape(one_line(text), quote=False))


def mermaid(text: str) -> str:
    """For a quoted Mermaid label: what could end it, or begin markup or a list, as `#code;`."""
    return _LEADING.sub(_numbered, _MARKUP.sub(_numbered, one_line(text)))


def dot(text: str) -> str:
    """For a quoted string of Graphviz; a backslash is a backslash there, not an escape."""
    return one_line(text).replace("\\", "\\\\").replace('"', '\\"')


def cell(text: str) -> str:
    """For a cell of CSV: what a spreadsheet would take for a formula gets an apostrophe."""
    line = one_line(text)
    return f"'{line}" if line.startswith(_FORMULA) else line


def _numbered(match: re.Match[str]) -> str:
    return "".join(f"#{ord(char)};" for char in match.group())


_MARKDOWN = re.compile(r"([\\`*_{}\[\]#+|~])")

# Mermaid 11 reads labels as Markdown: "1. x" and "- x" become lists that it then cannot draw.
_MARKUP = re.compile(r"[^\w\s./:,·…\-]")
_LEADING = re.compile(r"(?<=^\d)\.|^-")

# Some spreadsheets read the wide forms of East Asian keyboards as the narrow ones.
_FORMULA = (*"=+-@", *"\uff1d\uff0b\uff0d\uff20")
