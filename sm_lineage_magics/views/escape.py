"""One escaping per language, for every text that comes from outside.

>>> html('<img src=x onerror="alert(1)">')
'&lt;img src=x onerror=&quot;alert(1)&quot;&gt;'
"""

from __future__ import annotations

import re
from html import escape

from .words import one_line


def html(text: str) -> str:
    """For the content and the quoted attributes of HTML, SVG and XML, on one line."""
    return escape(one_line(text), quote=True)


def markdown(text: str) -> str:
    """For a paragraph or a table's cell: nothing becomes markup, HTML or a new cell."""
    return _MARKDOWN.sub(r"\\\1", escape(one_line(text), quote=False))


def mermaid(text: str) -> str:
    """For a quoted Mermaid label: what could end it, or begin markup or a list, as `#code;`."""
    return _LEADING.sub(_numbered, _MARKUP.sub(_numbered, one_line(text)))


def _numbered(match: re.Match[str]) -> str:
    return "".join(f"#{ord(char)};" for char in match.group())


_MARKDOWN = re.compile(r"([\\`*_{}\[\]#+|~])")

# Mermaid 11 reads labels as Markdown: "1. x" and "- x" become lists that it then cannot draw.
_MARKUP = re.compile(r"[^\w\s./:\-]", re.ASCII)
_LEADING = re.compile(r"(?<=^\d)\.|^-")
