"""What sqlglot makes of a text; the only place that calls it, and the only place it may fail.

It is imported when the first query is read, which takes a third of a second.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from .catalogue import Catalogue

# sqlglot's classes have changed their names between versions; they stay behind this word.
Node = Any

DIALECT = "athena"

# What it raises beyond its own errors, for texts nobody meant for it, are failed look-ups and
# assertions on a tree that is not the one it expects, and too deep a recursion.
_ASTRAY = (
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)


# For every column sqlglot climbs to the SELECT it stands in, several times (30.30): an AND of
# 20,000 conditions is a tree that deep and takes minutes. This many steps take about a second.
MOST_STEPS = 2_000_000


class NotUnderstood(Exception):
    """A text that cannot be read as SQL; says why in a few words."""


@contextmanager
def reading() -> Iterator[None]:
    """Whatever sqlglot stumbles over, now or as its trees are walked, is `NotUnderstood`."""
    from sqlglot.errors import SqlglotError

    log = logging.getLogger("sqlglot")
    log.addFilter(_kept)
    try:
        yield
    except SqlglotError as error:
        raise NotUnderstood(_first_line(error)) from error
    except _ASTRAY as error:
        raise NotUnderstood(f"its names are not followed ({type(error).__name__})") from error
    finally:
        log.removeFilter(_kept)


def _kept(record: logging.LogRecord) -> bool:
    """Whether what sqlglot logs is of weight: its warnings quote the query, secrets and all."""
    return record.levelno > logging.WARNING


def trees_of(query: str) -> list[Node]:
    """The statements of a text.

    Raises:
        NotUnderstood: when it is no statement of SQL.
    """
    import sqlglot

    trees = [tree for tree in sqlglot.parse(query, dialect=DIALECT) if tree is not None]
    if not trees or type(trees[0]).__name__ in ("Command", "Block"):
        raise NotUnderstood("this is no statement that is known")
    return trees


def selection_of(tree: Node) -> Node | None:
    """The query in a statement: itself, or what CREATE and INSERT select."""
    from sqlglot import exp

    if isinstance(tree, (exp.Create, exp.Insert)):
        tree = tree.expression
    return bare(tree) if isinstance(tree, (exp.Query, exp.Values)) else None


def scopes_of(selection: Node, catalogue: Catalogue) -> list[Node]:
    """A query's scopes, innermost first, every name in it resolved as far as it can be.

    Raises:
        NotUnderstood: when its expressions are too deep.
    """
    from sqlglot.optimizer.qualify import qualify
    from sqlglot.optimizer.scope import traverse_scope
    from sqlglot.schema import MappingSchema

    if _steps(selection) > MOST_STEPS:
        raise NotUnderstood("its expressions are nested too deep")
    schema = MappingSchema(dict(catalogue.nested), dialect=DIALECT, normalize=False)
    tree = qualify(
        selection,
        schema=schema,
        dialect=DIALECT,
        db=catalogue.database or None,
        catalog=catalogue.catalog,
        allow_partial_qualification=True,
        validate_qualify_columns=False,
        quote_identifiers=False,
        identify=False,
    )
    return list(traverse_scope(tree))


def _steps(tree: Node) -> int:
    """How many steps it is, in all, from each column up to the SELECT it stands in."""
    steps, pending = 0, [(tree, 0)]
    while pending:
        node, depth = pending.pop()
        kind = type(node).__name__
        if kind == "Column":
            steps += depth
        else:
            depth = 0 if kind == "Select" else depth + 1
            pending += ((child, depth) for child in node.iter_expressions())
    return steps


def with_views(tree: Node, catalogue: Catalogue, within: frozenset[str] = frozenset()) -> Node:
    """The query with each view replaced by what defines it; a view within itself stays a table."""
    for table in tables_of(tree) if catalogue.views else ():
        name = catalogue.full(name_of(table))
        if name in catalogue.views and name not in within:
            query = selection_of(trees_of(catalogue.views[name])[0])
            if query is not None:
                query = with_views(_placed(query, name), catalogue, within | {name})
                table.replace(query.subquery(table.alias or table.name, copy=False))
    return tree


def _placed(query: Node, view: str) -> Node:
    """A view's query with its tables where the view itself is, whoever asks and from where."""
    from sqlglot import exp

    database = view.rpartition(".")[0]
    for table in tables_of(query) if database else ():
        if not table.args.get("db"):
            table.set("db", exp.to_identifier(database))
    return query


def tables_of(tree: Node) -> list[Node]:
    """The tables of a statement that are not its own common table expressions, in its order."""
    found: list[Node] = []
    pending: list[tuple[Node, frozenset[str]]] = [(tree, frozenset())]
    while pending:
        node, own = pending.pop()
        if type(node).__name__ == "Table" and node.name and not _is_own(node, own):
            found.append(node)
        pending += reversed(list(_parts(node, own)))
    return found


def _is_own(table: Node, own: frozenset[str]) -> bool:
    return not table.args.get("db") and table.name.lower() in own


def _parts(node: Node, own: frozenset[str]) -> Iterator[tuple[Node, frozenset[str]]]:
    """What a node consists of, each with the common table expressions it can name."""
    within = own | {cte.alias.lower() for cte in getattr(node, "ctes", ())}
    for part in node.iter_expressions():
        if type(part).__name__ == "With":
            yield from _defined(part, own)
        else:
            yield part, within


def _defined(definitions: Node, own: frozenset[str]) -> Iterator[tuple[Node, frozenset[str]]]:
    # `WITH t AS (SELECT * FROM t)` reads the table t: a name is known once it is defined.
    for definition in definitions.expressions:
        known = own | {definition.alias.lower()}
        yield definition, known if definitions.recursive else own
        own = known


def is_combined(node: Node) -> bool:
    """Whether a query is a UNION, INTERSECT or EXCEPT of two."""
    from sqlglot import exp

    return isinstance(node, exp.SetOperation)


def is_difference(node: Node) -> bool:
    """Whether a query is the rows of one that another does not have: EXCEPT."""
    return type(node).__name__ == "Except"


def bare(node: Node) -> Node:
    """A query without the parentheses around it."""
    while type(node).__name__ in ("Subquery", "Paren"):
        node = node.this
    return node


def name_of(table: Node) -> str:
    """A table's name as it is written, without quotes."""
    return ".".join(part.name for part in table.parts)


def target_of(tree: Node) -> Node | None:
    """The table that a statement makes or changes; None when it only reads."""
    from sqlglot import exp

    if isinstance(tree, (exp.Create, exp.Insert, exp.Merge, exp.Update, exp.Delete)):
        return tree.this.find(exp.Table)
    return None


def columns_put(tree: Node, known: tuple[str, ...]) -> tuple[str, ...]:
    """The columns that INSERT fills, in order: those it names, else all known of its table."""
    from sqlglot import exp

    if not isinstance(tree, exp.Insert):
        return ()
    return tuple(each.name for each in tree.this.expressions) or known


def makes_view(tree: Node) -> bool:
    """Whether the statement defines a view."""
    return type(tree).__name__ == "Create" and str(tree.args.get("kind")).upper() == "VIEW"


def location_of(tree: Node) -> str:
    """Where CREATE TABLE says its rows are to be, or empty."""
    properties = tree.args.get("properties")
    return next(filter(None, map(_location, properties.expressions if properties else ())), "")


def _location(node: Node) -> str:
    if type(node).__name__ == "LocationProperty":
        return str(node.this.name)
    value: Mapping[str, Node] = node.args
    is_location = node.name.lower() in ("external_location", "location")
    return str(value["value"].name) if is_location and value.get("value") is not None else ""


def _first_line(error: Exception) -> str:
    return re.sub(r"\x1b\[\d*m", "", str(error)).split("\n")[0].rstrip(".")
