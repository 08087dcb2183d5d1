"""Entities in a store's file: looked up by ARN or short name, put and dropped.

Every function is given a connection within a transaction.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from ...model import KINDS, Entity, Kind, aliases
from .connection import Connection
from .rows import (
    Row,
    entity_of,
    hash_of,
    hashes,
    joined,
    row_of,
    split,
)

COLUMNS = (
    "e.id, e.prefix, e.key, e.kind, e.type, e.name, e.source_prefix, e.source, e.created, "
    "e.modified, e.created_by, e.status, e.properties, e.details"
)

# `:wanted` is a JSON list of [prefix, key, whether the key is a digest in hexadecimal digits].
_BY_ARN = """
    FROM json_each(?) wanted CROSS JOIN entity e
    WHERE e.prefix = json_extract(wanted.value, '$[0]')
      AND e.key = CASE json_extract(wanted.value, '$[2]')
                  WHEN 1 THEN digest(json_extract(wanted.value, '$[1]'))
                  ELSE json_extract(wanted.value, '$[1]') END
"""


def get(connection: Connection, arns: Iterable[str]) -> dict[str, Entity]:
    """The entities of these ARNs that exist, in the order asked."""
    asked = tuple(dict.fromkeys(arns))
    rows = connection.execute(
        f"SELECT {COLUMNS} {_BY_ARN} AND e.kind IS NOT NULL", (_wanted(connection, asked),)
    ).fetchall()
    found = {entity.arn: entity for entity in (entity_of(connection, row) for row in rows)}
    return {arn: found[arn] for arn in asked if arn in found}


def by_alias(connection: Connection, alias: str) -> list[Entity]:
    """The entities that have a short name, newest first."""
    return [entity for entity in looked_up(connection, [alias]) if alias in aliases(entity)]


def by_source(connection: Connection, uri: str) -> list[Entity]:
    """The entities that have a source, newest first."""
    return [entity for entity in looked_up(connection, [uri]) if entity.source_uri == uri]


def looked_up(connection: Connection, texts: Iterable[str]) -> list[Entity]:
    """The entities that any of these texts may be the source or a short name of, newest first.

    A few others may be among them: texts share their hash.
    """
    rows: list[Row] = connection.execute(
        f"SELECT {COLUMNS} FROM entity e WHERE e.kind IS NOT NULL AND e.id IN"
        " (SELECT entity FROM json_each(?) CROSS JOIN lookup ON hash = value)",
        (json.dumps([hash_of(text) for text in texts]),),
    ).fetchall()
    found = [(row[8], entity_of(connection, row)) for row in rows]
    return [entity for _, entity in sorted(found, key=lambda each: (-each[0], each[1].arn))]


def numbers(connection: Connection, arns: Sequence[str]) -> dict[str, int]:
    """The row numbers of the ARNs that are at least named in the store."""
    rows = connection.execute(
        f"SELECT e.prefix, e.key, e.id {_BY_ARN}", (_wanted(connection, arns),)
    ).fetchall()
    return {joined(connection.text(prefix), key): number for prefix, key, number in rows}


def count(connection: Connection, kind: Kind | None = None) -> int:
    """How many entities there are, of one kind or of all."""
    wanted = range(len(KINDS)) if kind is None else (KINDS.index(kind),)
    rows = connection.execute("SELECT kind, count FROM tally").fetchall()
    return sum(number for each, number in rows if each in wanted)


def put(connection: Connection, new: Iterable[Entity]) -> None:
    """Insert entities, or replace those that have the same ARN."""
    entities = {entity.arn: entity for entity in new}
    before = get(connection, entities)
    numbered = named(connection, entities)
    rows = [(*row_of(connection, entity), numbered[arn]) for arn, entity in entities.items()]
    connection.executemany(
        "UPDATE entity SET ours = 0, kind = ?, type = ?, name = ?, source_prefix = ?, source = ?,"
        " created = ?, modified = ?, created_by = ?, status = ?, properties = ?, details = ?"
        " WHERE id = ?",
        rows,
    )
    _look_up(connection, numbered, before, entities)
    tally(connection, [KINDS.index(entity.kind) for entity in entities.values()], 1)
    tally(connection, [KINDS.index(entity.kind) for entity in before.values()], -1)


def drop(connection: Connection, arns: Iterable[str]) -> None:
    """Delete entities; one that associations still name stays as a bare name."""
    before = get(connection, arns)
    numbered = numbers(connection, tuple(before))
    connection.executemany(
        "UPDATE entity SET kind = NULL, type = NULL, name = NULL, source_prefix = NULL,"
        " source = NULL, created = NULL, modified = NULL, created_by = NULL, status = NULL,"
        " properties = NULL, details = NULL, ours = 0 WHERE id = ?",
        [(number,) for number in numbered.values()],
    )
    connection.executemany(
        "DELETE FROM claim WHERE entity = ?", [(number,) for number in numbered.values()]
    )
    _look_up(connection, numbered, before, {})
    tally(connection, [KINDS.index(entity.kind) for entity in before.values()], -1)
    forget_unnamed(connection, numbered.values())


def named(connection: Connection, arns: Iterable[str]) -> dict[str, int]:
    """The row numbers of ARNs; those not yet in the store are named there now."""
    asked = tuple(arns)
    known = numbers(connection, asked)
    new = [arn for arn in asked if arn not in known]
    (last,) = connection.execute("SELECT ifnull(max(id), 0) FROM entity").fetchone()
    given = {arn: last + 1 + place for place, arn in enumerate(dict.fromkeys(new))}
    rows = [(number, *_keys(connection, arn)) for arn, number in given.items()]
    connection.executemany("INSERT INTO entity (id, prefix, key) VALUES (?, ?, ?)", rows)
    return known | given


def forget_unnamed(connection: Connection, numbers: Iterable[int]) -> None:
    """Delete the rows of entities that do not exist and that no association names."""
    connection.execute(
        "DELETE FROM entity WHERE id IN (SELECT value FROM json_each(?)) AND kind IS NULL"
        " AND NOT EXISTS (SELECT 1 FROM edge WHERE destination = entity.id)"
        " AND NOT EXISTS (SELECT 1 FROM edge WHERE source = entity.id)",
        (json.dumps(list(numbers)),),
    )


def tally(connection: Connection, kinds: Sequence[int], sign: int) -> None:
    """Count entities of these kinds, or -1 for associations, in or out."""
    connection.executemany(
        "INSERT INTO tally (kind, count) VALUES (?, ?)"
        " ON CONFLICT DO UPDATE SET count = count + excluded.count",
        [(kind, sign * kinds.count(kind)) for kind in set(kinds)],
    )


def _look_up(
    connection: Connection,
    numbered: dict[str, int],
    before: dict[str, Entity],
    after: dict[str, Entity],
) -> None:
    old = {(value, numbered[arn]) for arn, entity in before.items() for value in hashes(entity)}
    new = {(value, numbered[arn]) for arn, entity in after.items() for value in hashes(entity)}
    connection.executemany("DELETE FROM lookup WHERE hash = ? AND entity = ?", sorted(old - new))
    connection.executemany("INSERT INTO lookup VALUES (?, ?)", sorted(new - old))


def _keys(connection: Connection, arn: str) -> tuple[int | None, str | bytes]:
    prefix, key = split(arn)
    return connection.number(prefix), key


def _wanted(connection: Connection, arns: Iterable[str]) -> str:
    wanted: list[tuple[Any, ...]] = []
    for arn in arns:
        prefix, key = split(arn)
        number = connection.known(prefix)
        if number is not None:
            digest = isinstance(key, bytes)
            wanted.append((number, key.hex() if isinstance(key, bytes) else key, int(digest)))
    return json.dumps(wanted)
