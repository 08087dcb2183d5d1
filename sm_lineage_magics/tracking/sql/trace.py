"""Where each column of a query comes from: one walk over its scopes, innermost first.

A scope is one SELECT. What it gives is kept by its place in the tree, so that the SELECT around
it looks up instead of walking again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import zip_longest
from typing import Protocol

from ...model import ColumnSource
from ...model.columns import How
from .grammar import Node, bare, is_combined, is_difference

Sources = tuple[ColumnSource, ...]
Columns = tuple[tuple[str, Sources], ...]

# The parts of an expression that decide about its value without being in it.
_DECIDING: Mapping[str, frozenset[str]] = {
    "Window": frozenset({"partition_by", "order"}),
    "If": frozenset({"this"}),
    "Case": frozenset({"this"}),
    "Filter": frozenset({"expression"}),
    "Order": frozenset({"expressions"}),
    "WithinGroup": frozenset({"expression"}),
    "Exists": frozenset({"this"}),
    "Nullif": frozenset({"expression"}),
    "ArgMax": frozenset({"expression"}),
    "ArgMin": frozenset({"expression"}),
    "ArrayFilter": frozenset({"expression"}),
}

_ROWS: tuple[tuple[str, How], ...] = (
    ("where", "filter"),
    ("having", "filter"),
    ("qualify", "filter"),
    ("group", "group"),
)


class Names(Protocol):
    """What the nodes of a query's tables are called outside it."""

    def table(self, node: Node) -> str:
        """The feature group, or the table where it is none."""

    def columns(self, node: Node) -> tuple[str, ...]:
        """The columns of a table, in order; none when they are not known."""

    def feature(self, node: Node, column: str) -> ColumnSource:
        """What a column of a table is."""


@dataclass(frozen=True)
class Output:
    """What one scope gives.

    Attributes:
        columns: in order; names may repeat.
        rows: what decides which rows there are.
        open: tables whose columns are not known and that a `*` passes on.
    """

    columns: Columns = ()
    rows: Sources = ()
    open: tuple[str, ...] = ()

    @cached_property
    def by_name(self) -> Mapping[str, Sources]:
        """Column → its sources; of a name that repeats, the first."""
        return dict(reversed(self.columns))


@dataclass
class Trace:
    """One walk.

    Attributes:
        names: what tables and their columns are called.
        unresolved: names that could not be traced, each with why; filled on the way.
        outputs: what the scopes walked so far give, by the identity of their expression.
    """

    names: Names
    unresolved: dict[str, str] = field(default_factory=dict)
    outputs: dict[int, Output] = field(default_factory=dict)

    def of(self, scopes: Iterable[Node]) -> Output:
        """What a qualified query gives; its scopes innermost first."""
        output = Output()
        for scope in scopes:
            # UNNEST and the like are read where they are used: they see the tables beside them.
            if not scope.is_udtf:
                output = self._scope(scope)
                self.outputs[id(scope.expression)] = output
        return output

    def _scope(self, scope: Node) -> Output:
        if is_combined(scope.expression):
            return self._combined(scope)
        select = scope.expression
        given, opened = self._projections(scope, select)
        return self._ordered(scope, Output(given, tuple(self._rows(scope, select)), opened))

    def _ordered(self, scope: Node, output: Output) -> Output:
        """With what ORDER BY decides, which sees the columns selected before the tables'."""
        order = scope.expression.args.get("order")
        ordered = self._sources(scope, order, "order", output) if order else ()
        return replace(output, rows=_distinct((*output.rows, *ordered)))

    def _combined(self, scope: Node) -> Output:
        first, second = (
            self.outputs.get(id(bare(each)), Output())
            for each in (scope.expression.this, scope.expression.expression)
        )
        combined = _difference if is_difference(scope.expression) else _union
        return self._ordered(scope, combined(first, second))

    def _projections(self, scope: Node, select: Node) -> tuple[Columns, tuple[str, ...]]:
        """The columns selected, and the tables behind a `*` whose columns are not known."""
        columns: list[tuple[str, Sources]] = []
        opened: list[str] = []
        for projection in getattr(select, "selects", ()):
            if projection.is_star:
                for source in _starred(scope, projection):
                    given, unknown = self._all_of(source)
                    columns += given
                    opened += unknown
            else:
                sources = _distinct(self._sources(scope, projection, "direct"))
                columns.append((projection.alias_or_name, sources))
        return tuple(columns), tuple(opened)

    def _all_of(self, source: Node) -> tuple[Columns, tuple[str, ...]]:
        """Every column of a table or scope: sqlglot leaves `*` alone if one of several is open."""
        if _is_scope(source):
            output = self._output(source)
            return output.columns, output.open
        columns = self.names.columns(source)
        given = tuple((name.lower(), (self.names.feature(source, name),)) for name in columns)
        return given, () if columns else (self.names.table(source),)

    def _rows(self, scope: Node, select: Node) -> Iterator[ColumnSource]:
        for _, source in scope.selected_sources.values():
            if _is_scope(source):
                yield from self._output(source).rows
        for part, how in _ROWS:
            if clause := select.args.get(part):
                yield from self._sources(scope, clause, how)
        for join in select.args.get("joins") or ():
            if condition := join.args.get("on"):
                yield from self._sources(scope, condition, "join")

    def _sources(
        self, scope: Node, node: Node, how: How, own: Output = Output()
    ) -> Iterator[ColumnSource]:
        """The features in an expression, in the order they stand, sub-queries looked up.

        `own` is what the scope gives itself, where that may be named.
        """
        pending: list[tuple[Node, How]] = [(node, how)]
        while pending:
            node, how = pending.pop()
            kind = type(node).__name__
            if kind == "Column":
                its = None if node.table else own.by_name.get(node.name)
                yield from _as(how, self._column(scope, node) if its is None else its)
            elif id(node) in self.outputs:
                yield from self._sub_query(self.outputs[id(node)], how)
            else:
                pending += reversed(list(_parts(node, kind, how)))

    def _sub_query(self, output: Output, how: How) -> Iterator[ColumnSource]:
        for _, sources in output.columns:
            yield from _as(how, sources)
        yield from _as("condition" if how == "direct" else how, output.rows)

    def _column(self, scope: Node, column: Node) -> Sources:
        source = _source(scope, column.table or _only(scope))
        if source is None:
            return self._not_found(column)
        if not _is_scope(source):
            return (self.names.feature(source, column.name),)
        if source.is_udtf:
            return _distinct(self._sources(scope, source.expression, "direct"))
        return self._given(self._output(source), column)

    def _given(self, output: Output, column: Node) -> Sources:
        sources = output.by_name.get(column.name)
        if sources is not None:
            return sources
        if len(output.open) == 1:
            return (ColumnSource(output.open[0], column.name),)
        return self._not_found(column)

    def _not_found(self, column: Node) -> Sources:
        self.unresolved.setdefault(
            column.sql(), "it is not known which of the tables read this column belongs to"
        )
        return ()

    def _output(self, scope: Node) -> Output:
        return self.outputs.get(id(scope.expression), Output())


def _union(first: Output, second: Output) -> Output:
    """Columns by position under the first one's names, rows of both."""
    given = zip_longest(first.columns, second.columns[: len(first.columns)], fillvalue=("", ()))
    columns = tuple((name, _distinct((*a, *b))) for (name, a), (_, b) in given)
    opened = tuple(dict.fromkeys((*first.open, *second.open)))
    return Output(columns, (*first.rows, *second.rows), opened)


def _difference(first: Output, second: Output) -> Output:
    """Nothing of the second is in the rows that are left, but it decides which they are."""
    deciding = _as("filter", (each for _, sources in second.columns for each in sources))
    return replace(first, rows=(*first.rows, *second.rows, *deciding))


def _parts(node: Node, kind: str, how: How) -> Iterator[tuple[Node, How]]:
    deciding = _DECIDING.get(kind, frozenset())
    for part, value in node.args.items():
        inner: How = "condition" if part in deciding and how == "direct" else how
        for child in value if isinstance(value, list) else (value,):
            if hasattr(child, "args"):
                yield child, inner


def _starred(scope: Node, star: Node) -> Iterator[Node]:
    """What a `*` or `alias.*` stands for, in order."""
    for alias, (_, source) in scope.selected_sources.items():
        if getattr(star, "table", "") in ("", alias):
            yield source


def _only(scope: Node) -> str:
    """The alias of the one thing selected from, which a column without a table must be of."""
    aliases = list(scope.selected_sources)
    return aliases[0] if len(aliases) == 1 else ""


def _is_scope(source: Node) -> bool:
    # The other thing a name may stand for is a table's node.
    return type(source).__name__ == "Scope"


def _source(scope: Node, alias: str) -> Node | None:
    """What an alias stands for, here or, in a correlated sub-query, further out."""
    while scope is not None and alias:
        if alias in scope.sources:
            return scope.sources[alias]
        scope = scope.parent
    return None


def _as(how: How, sources: Iterable[ColumnSource]) -> Iterator[ColumnSource]:
    return iter(sources) if how == "direct" else (replace(each, how=how) for each in sources)


def _distinct(sources: Iterable[ColumnSource]) -> Sources:
    return tuple(dict.fromkeys(sources))
