"""A query's text and the schemas of its tables → what it reads, column by column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from ...model import ColumnSource
from .catalogue import Catalogue
from .explicit import explicit, is_unnamed
from .facts import QueryFacts, TableSchema
from .grammar import (
    Node,
    NotUnderstood,
    columns_put,
    location_of,
    makes_view,
    name_of,
    reading,
    scopes_of,
    selection_of,
    tables_of,
    target_of,
    trees_of,
    with_views,
)
from .scan import tables_in
from .statement import Statement, unwrapped
from .trace import Output, Sources, Trace

# Athena takes 262,144 bytes of query; a longer text is no query of its and is only searched.
LONGEST_QUERY = 262_144

MOST_GAPS = 20


def read_query(
    text: str,
    schemas: Iterable[TableSchema] = (),
    *,
    database: str = "",
    catalog: str = "",
    views: Mapping[str, str] | None = None,
    prepared: Mapping[str, str] | None = None,
) -> QueryFacts:
    """What a query in Athena's SQL reads and writes. It never raises: what it cannot tell is a gap.

    Args:
        text: one statement.
        schemas: the tables it may read; without a table's columns `*` of it is not resolved.
        database: where tables without a database are.
        catalog: the data catalog of tables without one; AwsDataCatalog unless it is told.
        views: `database.view` → the query that defines it.
        prepared: names of prepared statements → their texts, for EXECUTE.
    """
    statement = unwrapped(text, prepared)
    facts = QueryFacts(
        text, statement.verb, location=statement.location, parameters=statement.parameters
    )
    if statement.missing:
        why = "the text of this prepared statement is not known"
        return facts.unresolved(statement.missing, why)
    catalogue = Catalogue.of(schemas, database, catalog, views)
    return _read(facts, statement, catalogue) if statement.query else facts


def _read(facts: QueryFacts, statement: Statement, catalogue: Catalogue) -> QueryFacts:
    try:
        if len(statement.query) > LONGEST_QUERY:
            raise NotUnderstood(f"it is longer than the {LONGEST_QUERY:,} characters Athena takes")
        with reading():
            return _understood(facts, trees_of(statement.query), catalogue)
    except NotUnderstood as error:
        return _searched(facts, statement.query, catalogue).unresolved(
            "query", f"columns are not traced: {error}"
        )


def _searched(facts: QueryFacts, query: str, catalogue: Catalogue) -> QueryFacts:
    """The tables alone, found without understanding the query."""
    return _reading(facts, map(catalogue.full, tables_in(query)), catalogue)


def _understood(facts: QueryFacts, trees: list[Node], catalogue: Catalogue) -> QueryFacts:
    tree, selection = trees[0], selection_of(trees[0])
    facts = _writing(facts, tree, catalogue)
    if selection is None:
        facts = _changing(facts, tree, catalogue)
    else:
        facts = _inserted(_selecting(facts, selection, catalogue), tree, catalogue)
    if len(trees) > 1:
        facts = facts.unresolved("query", f"only the first of {len(trees)} statements is traced")
    return facts


def _writing(facts: QueryFacts, tree: Node, catalogue: Catalogue) -> QueryFacts:
    target = target_of(tree)
    if target is None:
        return facts
    return replace(
        facts,
        verb="create-view" if makes_view(tree) else facts.verb,
        writes=catalogue.full(name_of(target)),
        location=location_of(tree) or facts.location,
    )


def _inserted(facts: QueryFacts, tree: Node, catalogue: Catalogue) -> QueryFacts:
    """The columns of INSERT by what they are called in the table they are put into."""
    known = catalogue.tables.get(facts.writes)
    names = columns_put(tree, known.columns if known else ())
    if len(names) != len(facts.columns):
        return facts
    return replace(facts, columns=dict(zip(names, facts.columns.values(), strict=True)))


def _changing(facts: QueryFacts, tree: Node, catalogue: Catalogue) -> QueryFacts:
    """MERGE, UPDATE and DELETE read other tables to change one."""
    names = (catalogue.full(name_of(table)) for table in tables_of(tree))
    facts = _reading(facts, (name for name in names if name != facts.writes), catalogue)
    return facts.unresolved("query", "columns of a statement that changes rows are not traced")


def _reading(facts: QueryFacts, tables: Iterable[str], catalogue: Catalogue) -> QueryFacts:
    names = tuple(dict.fromkeys(tables))
    return replace(facts, tables=names, feature_groups=catalogue.groups(names))


def _selecting(facts: QueryFacts, selection: Node, catalogue: Catalogue) -> QueryFacts:
    selection = explicit(with_views(selection, catalogue))
    names = [catalogue.full(name_of(table)) for table in tables_of(selection)]
    trace = Trace(_Named(catalogue))
    output = trace.of(scopes_of(selection, catalogue))
    facts = replace(facts, columns=_numbered(output), rows=output.rows)
    return _with_gaps(_reading(facts, names, catalogue), trace, output)


@dataclass(frozen=True)
class _Named:
    """Tables of a query by what the catalogue calls them."""

    catalogue: Catalogue

    def table(self, node: Node) -> str:
        return self.catalogue.called(self.catalogue.full(name_of(node)))

    def columns(self, node: Node) -> tuple[str, ...]:
        known = self.catalogue.tables.get(self.catalogue.full(name_of(node)))
        return known.columns if known else ()

    def feature(self, node: Node, column: str) -> ColumnSource:
        spelled = self.catalogue.spelled(self.catalogue.full(name_of(node)), column)
        return ColumnSource(self.table(node), spelled)


def _numbered(output: Output) -> dict[str, Sources]:
    """Columns by name, a repeated one numbered, an unnamed one called as Athena does it."""
    columns: dict[str, Sources] = {}
    seen: dict[str, int] = {}
    for at, (name, sources) in enumerate(output.columns):
        free = name = f"_col{at}" if is_unnamed(name) else name
        while free in columns:
            seen[name] = seen.get(name, 0) + 1
            free = f"{name}.{seen[name]}"
        columns[free] = sources
    return columns


def _with_gaps(facts: QueryFacts, trace: Trace, output: Output) -> QueryFacts:
    for table in dict.fromkeys(output.open):
        facts = facts.unresolved(table, "its columns are not known, so its part of * is not traced")
    for name, why in islice(trace.unresolved.items(), MOST_GAPS):
        facts = facts.unresolved(name, why)
    if (left := len(trace.unresolved) - MOST_GAPS) > 0:
        facts = facts.unresolved("query", f"{left} more columns could not be traced")
    return facts
