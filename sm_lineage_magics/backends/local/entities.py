"""Entities in a store's file: read, put, named by associations, and dropped.

Every function is given a connection within a transaction.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from ...model import Entity
from . import lookup, tally
from .file.connection import Connection
from .rows import COLUMNS, FIELDS, Key, Row, entity_of, joined, row_of, split


def get(connection: Connection, arns: Iterable[str]) -> dict[str, Entity]:
    """The entities of these ARNs that exist, in the order asked."""
    asked = tuple(dict.fromkeys(arns))
    found = {entity.arn: entity for _, entity in lookup.found(connection, asked)}
    return {arn: found[arn] for arn in asked if arn in found}


def of_numbers(connection: Connection, numbers: Iterable[int]) -> Iterator[Entity]:
    """The entities of these row numbers, but those that are only named."""
    rows: list[Row] = connection.execute(
        f"SELECT {COLUMNS} FROM json_each(?) wanted CROSS JOIN entity e ON e.id = wanted.value"
        " WHERE e.kind IS NOT NULL",
        (json.dumps(list(numbers)),),
    ).fetchall()
    return (entity_of(connection, row) for row in rows)


def put(connection: Connection, new: Iterable[Entity], *, ours: bool = False) -> dict[str, int]:
    """Insert entities, or replace those that have the same ARN; their row numbers.

    Args:
        connection: within a transaction.
        new: the entities.
        ours: whether a plan made them, so that plans may change them.
    """
    entities = {entity.arn: entity for entity in new}
    known = lookup.numbers(connection, tuple(entities))
    before = get(connection, known) if known else {}
    given = _numbered(connection, (arn for arn in entities if arn not in known))
    _insert(connection, given, entities, ours=ours)
    _update(connection, known, entities, ours=ours)
    lookup.keep(connection, known | given, before, entities)
    tally.count_in(connection, entities.values(), instead_of=before.values())
    return known | given


def drop(connection: Connection, arns: Iterable[str]) -> None:
    """Delete entities; one that associations still name stays as a bare name."""
    before = get(connection, arns)
    numbered = lookup.numbers(connection, tuple(before))
    connection.executemany(
        f"UPDATE entity SET ours = 0, {FIELDS.replace(',', ' = NULL,')} = NULL WHERE id = ?",
        [(number,) for number in numbered.values()],
    )
    connection.executemany(
        "DELETE FROM claim WHERE entity = ?", [(number,) for number in numbered.values()]
    )
    lookup.keep(connection, numbered, before, {})
    tally.count_in(connection, (), instead_of=before.values())
    forget_unnamed(connection, numbered.values())


def named(connection: Connection, arns: Iterable[str]) -> dict[str, int]:
    """The row numbers of ARNs; those not yet in the store are named there now."""
    asked = tuple(arns)
    known = lookup.numbers(connection, asked)
    given = _numbered(connection, (arn for arn in asked if arn not in known))
    if not given:
        return known
    rows = ((number, *_keys(connection, arn)) for arn, number in given.items())
    connection.executemany("INSERT INTO entity (id, prefix, key) VALUES (?, ?, ?)", rows)
    lookup.name(connection, given)
    return known | given


def _numbered(connection: Connection, arns: Iterable[str]) -> dict[str, int]:
    asked = dict.fromkeys(arns)
    if not asked:
        return {}
    (last,) = connection.execute("SELECT ifnull(max(id), 0) FROM entity").fetchone()
    return {arn: last + 1 + place for place, arn in enumerate(asked)}


def _insert(
    connection: Connection,
    numbered: Mapping[str, int],
    entities: Mapping[str, Entity],
    *,
    ours: bool,
) -> None:
    connection.executemany(
        f"INSERT INTO entity (id, ours, prefix, key, {FIELDS}) VALUES (?, ?, ?, ?{', ?' * 11})",
        ((number, ours, *_row(connection, entities[arn])) for arn, number in numbered.items()),
    )


def _row(connection: Connection, entity: Entity) -> Row:
    prefix, key = _keys(connection, entity.arn)
    return (prefix, key, *row_of(connection, entity, key))


def _keys(connection: Connection, arn: str) -> tuple[int | None, Key]:
    prefix, key = split(arn)
    return connection.number(prefix), key


def _update(
    connection: Connection,
    numbered: Mapping[str, int],
    entities: Mapping[str, Entity],
    *,
    ours: bool,
) -> None:
    connection.executemany(
        f"UPDATE entity SET ours = ?, prefix = ?, key = ?, {FIELDS.replace(',', ' = ?,')} = ? "
        "WHERE id = ?",
        ((ours, *_row(connection, entities[arn]), number) for arn, number in numbered.items()),
    )


def forget_unnamed(connection: Connection, numbers: Iterable[int]) -> None:
    """Delete the rows of entities that do not exist and that no association names."""
    rows = connection.execute(
        "SELECT e.id, e.prefix, e.key FROM json_each(?) wanted JOIN entity e ON e.id = wanted.value"
        " WHERE e.kind IS NULL"
        " AND NOT EXISTS (SELECT 1 FROM edge WHERE destination = e.id)"
        " AND NOT EXISTS (SELECT 1 FROM edge WHERE source = e.id)",
        (json.dumps(list(numbers)),),
    ).fetchall()
    arns = {joined(connection.text(prefix), key): number for number, prefix, key in rows}
    lookup.forget(connection, arns)
    connection.executemany("DELETE FROM entity WHERE id = ?", [(row[0],) for row in rows])
