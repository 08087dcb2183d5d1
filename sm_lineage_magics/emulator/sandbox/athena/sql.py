"""What an Athena statement does, and how DuckDB says it.

>>> read("SELECT * FROM customers", "shop").tables
(('shop', 'customers'),)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from sqlglot import exp

Verb = Literal["select", "create table", "create database", "drop table"]


class Unreadable(Exception):
    """A statement the sandbox does not understand, with the reason for the person."""


@dataclass(frozen=True)
class Statement:
    """One statement.

    Attributes:
        verb: what it does.
        query: what is to be selected, in DuckDB's words; empty for DDL.
        tables: (database, name) of the tables read.
        target: (database, name) of the table made or dropped; the database made.
        columns: of a table made without a query, name → Hive type.
        options: of a table made: `location`, `serde`, separators, …
        lenient: whether it says IF EXISTS or IF NOT EXISTS.
    """

    verb: Verb
    query: str = ""
    tables: tuple[tuple[str, str], ...] = ()
    target: tuple[str, str] = ("", "")
    columns: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, str] = field(default_factory=dict)
    lenient: bool = False


def read(text: str, database: str) -> Statement:
    """Understand a statement.

    Args:
        text: the statement, as given to Athena.
        database: where tables named without one are.

    Raises:
        Unreadable: with what is wrong with it.
    """
    from sqlglot import exp

    parsed = _parsed(text)
    if isinstance(parsed, exp.Query):
        return _select(parsed, database)
    if isinstance(parsed, exp.Create) and parsed.kind in ("DATABASE", "SCHEMA"):
        return Statement("create database", target=(parsed.this.name, ""))
    if isinstance(parsed, exp.Create) and parsed.kind == "TABLE":
        return _create(parsed, database)
    if isinstance(parsed, exp.Drop) and parsed.args.get("kind") == "TABLE":
        lenient = bool(parsed.args.get("exists"))
        table = next(parsed.find_all(exp.Table))
        return Statement("drop table", target=_name(table, database), lenient=lenient)
    raise Unreadable(
        "The sandbox runs SELECT, CREATE TABLE, CREATE DATABASE and DROP TABLE; "
        f"this begins with {text.split()[0] if text.split() else 'nothing'}."
    )


def _parsed(text: str) -> Any:
    import sqlglot

    try:
        return sqlglot.parse_one(text, read="athena")
    except sqlglot.errors.SqlglotError as error:
        raise Unreadable(f"SYNTAX_ERROR: {_told(error)}") from error


def _select(parsed: exp.Query, database: str, **more: Any) -> Statement:
    from sqlglot import exp
    from sqlglot.optimizer.scope import traverse_scope

    tables: dict[tuple[str, str], None] = {}
    for scope in traverse_scope(parsed):
        for source in scope.sources.values():
            if isinstance(source, exp.Table) and source.name:
                tables[_name(source, database)] = None
                _rename(source, database)
    _name_columns(parsed)
    return Statement(
        **{"verb": "select", "query": parsed.sql("duckdb"), "tables": tuple(tables), **more}
    )


def _told(error: Any) -> str:
    # The error's own text is coloured for terminals; its parts are not.
    found = next(iter(getattr(error, "errors", ())), None)
    if found is None:
        return str(error)
    return f"line {found['line']}:{found['col']}: {found['description']}"


def _name_columns(parsed: exp.Query) -> None:
    """Call what is selected without a name as Athena does: `_col0`, `_col1`."""
    from sqlglot import exp

    for place, selected in enumerate(parsed.selects):
        if not selected.output_name and not selected.is_star:
            selected.replace(exp.alias_(selected.copy(), f"_col{place}"))


def _rename(table: exp.Table, database: str) -> None:
    from sqlglot import exp

    schema, name = _name(table, database)
    table.set("catalog", None)
    table.set("db", exp.to_identifier(schema, quoted=True))
    table.set("this", exp.to_identifier(name, quoted=True))


def _name(table: exp.Expression, database: str) -> tuple[str, str]:
    named: Any = table
    return (named.db or database).lower(), named.name.lower()


def _create(parsed: exp.Create, database: str) -> Statement:
    from sqlglot import exp

    table = parsed.find(exp.Table)
    if table is None:
        raise Unreadable("SYNTAX_ERROR: a table to create must be named.")
    made: dict[str, Any] = {
        "verb": "create table",
        "target": _name(table, database),
        "options": _options(parsed),
        "lenient": bool(parsed.args.get("exists")),
    }
    query = parsed.expression
    if isinstance(query, exp.Query):
        return _select(query, database, **made)
    columns = {one.name: one.kind.sql("hive") for one in parsed.find_all(exp.ColumnDef) if one.kind}
    return Statement(**made, columns=columns)


def _options(parsed: exp.Create) -> dict[str, str]:
    from sqlglot import exp

    found: dict[str, str] = {}
    for one in parsed.find_all(exp.Property):
        if isinstance(one, exp.LocationProperty):
            found["location"] = one.name
        elif isinstance(one, exp.RowFormatSerdeProperty):
            found["serde"] = one.name
        elif type(one) is exp.Property and one.args.get("value") is not None:
            found[_key(one)] = one.args["value"].name
    if "external_location" in found:
        found["location"] = found["external_location"]
    return found


def _key(one: Any) -> str:
    return one.name if hasattr(one.this, "name") else str(one.this)
