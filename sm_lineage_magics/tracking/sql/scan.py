"""Reading SQL without a grammar: where its strings end, its parentheses close, its tables stand.

>>> tables_in("SELECT * FROM shop.customers -- FROM nowhere")
('shop.customers',)
"""

from __future__ import annotations

import re

_QUIET = re.compile(r"'(?:[^']|'')*'|--[^\n]*|/\*.*?\*/", re.DOTALL)
_OPAQUE = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|--[^\n]*|/\*.*?\*/", re.DOTALL)

_PART = r"(?:\"(?:[^\"]|\"\")+\"|`[^`]+`|[A-Za-z_][\w$]*)"
_NAME = rf"{_PART}(?:\s*\.\s*{_PART}){{0,2}}"
_TABLES = re.compile(
    rf"\b(?:FROM|JOIN)\s+({_NAME}(?:\s*,\s*{_NAME})*)(?![\w$]|\s*\()", re.IGNORECASE
)
_NAMED_HERE = re.compile(
    rf"(?:\bWITH(?:\s+RECURSIVE)?|,)\s*({_PART})\s*(?:\([^()]*\)\s*)?AS\s*\(", re.I
)


def silenced(text: str) -> str:
    """The text with comments and strings blanked out, each character where it was."""
    return _QUIET.sub(_blank, text)


def closing(text: str, opening: int) -> int | None:
    """Where the parenthesis that opens at `opening` closes; None when it does not."""
    depth = 0
    for match in re.finditer(r"[()]", _OPAQUE.sub(_blank, text)[opening:]):
        depth += 1 if match[0] == "(" else -1
        if depth == 0:
            return opening + match.start()
    return None


def tables_in(text: str) -> tuple[str, ...]:
    """The tables after FROM and JOIN, lower case, without those the query defines itself."""
    code = silenced(text)
    own = {_plain(name) for name in _NAMED_HERE.findall(code)}
    found = (_plain(name) for group in _TABLES.findall(code) for name in re.findall(_NAME, group))
    return tuple(dict.fromkeys(name for name in found if name not in own))


def _plain(name: str) -> str:
    return ".".join(part.strip('"` \n\t').lower() for part in re.findall(_PART, name))


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])
