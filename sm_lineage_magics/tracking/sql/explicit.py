"""A query with what its author left unsaid written out, so that one walk can trace it.

Columns that nobody named get a name, and `OVER w` gets what the WINDOW clause says of `w`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from .grammar import Node, NotUnderstood, bare

# No name that a query without quotes could hold; sqlglot numbers the columns of VALUES itself.
_NAME = "column without a name "
_UNNAMED = re.compile(rf"({_NAME}|_col_)\d+")


def explicit(selection: Node) -> Node:
    """The query, changed in place.

    Raises:
        NotUnderstood: when it has a clause whose columns are not traced.
    """
    from sqlglot import exp

    for select in list(selection.find_all(exp.Select)):
        if select.args.get("match"):
            raise NotUnderstood("MATCH_RECOGNIZE is not read")
        select.set("expressions", [_named(*each) for each in enumerate(select.expressions)])
        _spell_windows(select)
    return selection


def is_unnamed(name: str) -> bool:
    """Whether a column has its name from here, and none of its own."""
    return _UNNAMED.fullmatch(name) is not None


def _named(at: int, expression: Node) -> Node:
    """Athena names a column after an expression only if that is a column or a field of one.

    Source: Trino's `StatementAnalyzer`, where it computes the scope a SELECT gives.
    """
    from sqlglot import exp

    plain = bare(expression)
    if expression.is_star or isinstance(expression, exp.Alias):
        return expression
    if isinstance(plain, (exp.Column, exp.Dot)):
        return plain
    return exp.Alias(this=expression, alias=exp.to_identifier(f"{_NAME}{at}", quoted=True))


def _spell_windows(select: Node) -> None:
    """A window is defined by one before it, or by a name of the WINDOW clause."""
    defined: dict[str, Node] = {}
    for window in select.args.get("windows") or ():
        _spell(window, defined)
        defined[window.name.lower()] = window
    for window in _windows(select) if defined else ():
        _spell(window, defined)


def _windows(select: Node) -> Iterator[Node]:
    """Those of this SELECT and of none within it."""
    from sqlglot import exp

    return (each for each in select.find_all(exp.Window) if each.parent_select is select)


def _spell(window: Node, defined: Mapping[str, Node]) -> None:
    base = defined.get(window.alias.lower())
    said = base.copy().args if base is not None else {}
    for part in ("partition_by", "order"):
        if said.get(part) and not window.args.get(part):
            window.set(part, said[part])
