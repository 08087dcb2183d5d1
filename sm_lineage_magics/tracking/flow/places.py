"""Which call of a cell's code a frame's position is, and how to show it as evidence.

>>> quoted(call_at(tree, Site(2, 5, 2, 27), "read_csv"))
'line 2: pd.read_csv("raw.csv")'
"""

from __future__ import annotations

import ast

from ..secrets import redact
from ..watching.events import Site
from .reading.syntax import calls_of, name_called

_LONGEST = 72


def call_at(tree: ast.AST, site: Site | None, called: str) -> ast.Call | None:
    """The call that stands at `site`, or None when that cannot be told.

    Args:
        tree: the cell's code.
        site: a position; only its line is known before Python 3.11.
        called: the function that was seen, which decides between several on one line.
    """
    if site is None:
        return None
    calls = calls_of(tree)
    found = _on_line(calls, site, called) if site.column is None else _at(calls, site, called)
    return found[0] if found else None


def _at(calls: list[ast.Call], site: Site, called: str) -> list[ast.Call]:
    """The call at this very position, else the smallest around it, else the only one inside."""
    exact = [call for call in calls if _span(call) == site]
    around = [call for call in calls if _within(site, _span(call))]
    inside = [c for c in calls if _within(_span(c), site) and name_called(c) == called]
    return exact or sorted(around, key=_size)[:1] or (inside if len(inside) == 1 else [])


def _on_line(calls: list[ast.Call], site: Site, called: str) -> list[ast.Call]:
    """The only call of that name on the line, else the one at the same place in their order."""
    there = [call for call in calls if call.lineno <= site.line <= (call.end_lineno or 0)]
    named = [call for call in there if name_called(call) == called]
    if len(named) == 1:
        return named
    # Calls are compiled in the order in which they are evaluated, which is that of their ends.
    index, count = site.call or (0, 0)
    begun = [call for call in there if call.lineno == site.line]
    return begun[index : index + 1] if count == len(begun) else []


def quoted(call: ast.Call) -> str:
    """A call as evidence: its line and its text, shortened, without secrets."""
    text = " ".join(redact(ast.unparse(call)).split())
    shown = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    return f"line {call.lineno}: {shown}"


def _span(node: ast.expr) -> Site:
    return Site(node.lineno, node.col_offset, node.end_lineno, node.end_col_offset)


def _within(inner: Site, outer: Site) -> bool:
    begins = (inner.line, inner.column or 0) >= (outer.line, outer.column or 0)
    inner_end = (inner.end_line or inner.line, inner.end_column or 0)
    return begins and inner_end <= (outer.end_line or outer.line, outer.end_column or 0)


def _size(call: ast.Call) -> tuple[int, int]:
    return ((call.end_lineno or 0) - call.lineno, (call.end_col_offset or 0) - call.col_offset)
