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

_RECURSIVE = re.compile(r"\bWITH\s+RECURSIVE\b", re.IGNORECASE)


def silenced(text: str) -> str:
    """The text with comments and strings blanked out, each character where it was."""
    return _QUIET.sub(_blank, text)


def closing(text: str, opening: int) -> int | None:
    """Where the parenthesis that opens at `opening` closes; None when it does not."""
    return _closings(text).get(opening)


def tables_in(text: str) -> tuple[str, ...]:
    """The tables after FROM and JOIN, lower case, without those the query defines itself."""
    code = silenced(text)
    own = _defined(text, code)
    found = (
        (_plain(name), group.start())
        for group in _TABLES.finditer(code)
        for name in re.findall(_NAME, group[1])
    )
    return tuple(dict.fromkeys(name for name, at in found if at < own.get(name, len(code))))


def _defined(text: str, code: str) -> dict[str, int]:
    """The names a query defines, and from where on they mean what it defines."""
    # `WITH t AS (SELECT * FROM t)` reads the table t; of itself only RECURSIVE speaks.
    ends = {} if _RECURSIVE.search(code) else _closings(text)
    own: dict[str, int] = {}
    for match in _NAMED_HERE.finditer(code):
        own.setdefault(_plain(match[1]), ends.get(match.end() - 1, match.start()))
    return own


def _closings(text: str) -> dict[int, int]:
    """Where each parenthesis that opens is closed."""
    opened: list[int] = []
    closed: dict[int, int] = {}
    for match in re.finditer(r"[()]", _OPAQUE.sub(_blank, text)):
        if match[0] == "(":
            opened.append(match.start())
        elif opened:
            closed[opened.pop()] = match.start()
    return closed


def _plain(name: str) -> str:
    return ".".join(part.strip('"` \n\t').lower() for part in re.findall(_PART, name))


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])
