"""Entities in a store's file: looked up by ARN or short name, put and dropped.

Every function is given a connection within a transaction.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

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

_FIELDS = (
    "kind, type, name, source_prefix, source, created, modified, created_by, status, "
    "properties, details"
)

_LOOKED_UP = (
    "FROM json_each(?) wanted CROSS JOIN lookup ON lookup.hash = wanted.value"
    " CROSS JOIN entity e ON e.id = lookup.entity"
)


def get(connection: Connection, arns: Iterable[str]) -> dict[str, Entity]:
    """The entities of these ARNs that exist, in the order asked."""
    asked = tuple(dict.fromkeys(arns))
    found = {entity.arn: entity for _, entity in _looked_up(connection, asked)}
    return {arn: found[arn] for arn in asked if arn in found}


def of_numbers(connection: Connection, numbers: Iterable[int]) -> Iterator[Entity]:
    """The entities of these row numbers, but those that are only named."""
    rows: list[Row] = connection.execute(
        f"SELECT {COLUMNS} FROM json_each(?) wanted CROSS JOIN entity e ON e.id = wanted.value"
        " WHERE e.kind IS NOT NULL",
        (json.dumps(list(numbers)),),
    ).fetchall()
    return (entity_of(connection, row) for row in rows)


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
    found = {entity.arn: (created, entity) for created, entity in _looked_up(connection, texts)}
    in_order = sorted(found.values(), key=lambda each: (-each[0], each[1].arn))
    return [entity for _, entity in in_order]


def numbers(connection: Connection, arns: Iterable[str]) -> dict[str, int]:
    """The row numbers of the ARNs that are at least named in the store."""
    return {arn: number for arn, number, _, _ in glimpsed(connection, arns)}


def glimpsed(
    connection: Connection, arns: Iterable[str]
) -> Iterator[tuple[str, int, int | None, int | None]]:
    """ARN, row number, and the numbers of kind and type, of those named in the store."""
    asked = frozenset(arns)
    if not asked:
        return iter(())
    rows = connection.execute(
        f"SELECT e.prefix, e.key, e.id, e.kind, e.type {_LOOKED_UP}", (_hashed(asked),)
    ).fetchall()
    named = ((joined(connection.text(row[0]), row[1]), *row[2:]) for row in rows)
    return (row for row in named if row[0] in asked)


def _looked_up(connection: Connection, texts: Iterable[str]) -> Iterator[tuple[int, Entity]]:
    asked = frozenset(texts)
    if not asked:
        return iter(())
    rows: list[Row] = connection.execute(
        f"SELECT {COLUMNS} {_LOOKED_UP} WHERE e.kind IS NOT NULL", (_hashed(asked),)
    ).fetchall()
    return ((row[8], entity_of(connection, row)) for row in rows)


def _hashed(texts: Iterable[str]) -> str:
    return json.dumps([hash_of(text) for text in texts])


def count(connection: Connection, kind: Kind | None = None) -> int:
    """How many entities there are, of one kind or of all."""
    number = None if kind is None else KINDS.index(kind)
    ((counted,),) = connection.execute(
        "SELECT ifnull(sum(count), 0) FROM tally WHERE kind >= 0 AND kind = ifnull(?, kind)",
        (number,),
    ).fetchall()
    return int(counted)


def put(connection: Connection, new: Iterable[Entity], ours: bool = False) -> dict[str, int]:
    """Insert entities, or replace those that have the same ARN; their row numbers.

    Args:
        connection: within a transaction.
        new: the entities.
        ours: whether a plan made them, so that plans may change them.
    """
    entities = {entity.arn: entity for entity in new}
    known = numbers(connection, tuple(entities))
    before = get(connection, known) if known else {}
    given = _numbered(connection, (arn for arn in entities if arn not in known))
    _insert(connection, given, entities, ours)
    _update(connection, known, entities, ours)
    _look_up(connection, known | given, before, entities)
    more = _by_kind(entities)
    more.subtract(_by_kind(before))
    tally(connection, more)
    return known | given


def drop(connection: Connection, arns: Iterable[str]) -> None:
    """Delete entities; one that associations still name stays as a bare name."""
    before = get(connection, arns)
    numbered = numbers(connection, tuple(before))
    connection.executemany(
        f"UPDATE entity SET ours = 0, {_FIELDS.replace(',', ' = NULL,')} = NULL WHERE id = ?",
        [(number,) for number in numbered.values()],
    )
    connection.executemany(
        "DELETE FROM claim WHERE entity = ?", [(number,) for number in numbered.values()]
    )
    _look_up(connection, numbered, before, {})
    tally(connection, {kind: -number for kind, number in _by_kind(before).items()})
    forget_unnamed(connection, numbered.values())


def named(connection: Connection, arns: Iterable[str]) -> dict[str, int]:
    """The row numbers of ARNs; those not yet in the store are named there now."""
    asked = tuple(arns)
    known = numbers(connection, asked)
    given = _numbered(connection, (arn for arn in asked if arn not in known))
    if not given:
        return known
    rows = ((number, *_keys(connection, arn)) for arn, number in given.items())
    connection.executemany("INSERT INTO entity (id, prefix, key) VALUES (?, ?, ?)", rows)
    _add(connection, _places_of_arns(given))
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
    ours: bool,
) -> None:
    connection.executemany(
        f"INSERT INTO entity (id, ours, prefix, key, {_FIELDS}) VALUES (?, ?, ?, ?{', ?' * 11})",
        ((number, ours, *_row(connection, entities[arn])) for arn, number in numbered.items()),
    )


def _row(connection: Connection, entity: Entity) -> Row:
    prefix, key = split(entity.arn)
    return (connection.number(prefix), key, *row_of(connection, entity, key))


def _update(
    connection: Connection,
    numbered: Mapping[str, int],
    entities: Mapping[str, Entity],
    ours: bool,
) -> None:
    connection.executemany(
        f"UPDATE entity SET ours = ?, prefix = ?, key = ?, {_FIELDS.replace(',', ' = ?,')} = ? "
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
    _take(connection, _places_of_arns(arns))
    connection.executemany("DELETE FROM entity WHERE id = ?", [(row[0],) for row in rows])


def tally(connection: Connection, more: Mapping[int, int]) -> None:
    """Count so many more entities of each kind, or associations under -1; fewer if negative."""
    connection.executemany(
        "INSERT INTO tally (kind, count) VALUES (?, ?)"
        " ON CONFLICT DO UPDATE SET count = count + excluded.count",
        [(kind, number) for kind, number in more.items() if number],
    )


def _by_kind(entities: Mapping[str, Entity]) -> Counter[int]:
    return Counter(KINDS.index(entity.kind) for entity in entities.values())


def _look_up(
    connection: Connection,
    numbered: Mapping[str, int],
    before: Mapping[str, Entity],
    after: Mapping[str, Entity],
) -> None:
    """Keep where entities are looked up now; their ARNs are looked up before and after."""
    always = _places_of_arns(numbered)
    old, new = _places(numbered, before), _places(numbered, after)
    _take(connection, old - new - always)
    _add(connection, (new | always) - old)


def _places(numbered: Mapping[str, int], entities: Mapping[str, Entity]) -> set[int]:
    """Rows of `lookup`, each as one number that sorts as the row does."""
    return {
        hash << 32 | numbered[arn] for arn, entity in entities.items() for hash in hashes(entity)
    }


def _places_of_arns(numbered: Mapping[str, int]) -> set[int]:
    return {hash_of(arn) << 32 | number for arn, number in numbered.items()}


def _add(connection: Connection, places: Iterable[int]) -> None:
    # In the order in which they are kept: ten thousands at once fill one page after the other.
    # As one parameter they cost half of what they cost bound row by row.
    connection.execute(
        "INSERT OR IGNORE INTO lookup SELECT value >> 32, value & 0xFFFFFFFF FROM json_each(?)",
        (json.dumps(sorted(places)),),
    )


def _take(connection: Connection, places: Iterable[int]) -> None:
    connection.executemany(
        "DELETE FROM lookup WHERE hash = ? AND entity = ?",
        ((place >> 32, place & 0xFFFFFFFF) for place in sorted(places)),
    )


def _keys(connection: Connection, arn: str) -> tuple[int | None, str | bytes]:
    prefix, key = split(arn)
    return connection.number(prefix), key
