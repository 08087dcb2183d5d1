"""Where entities are looked up: by ARN, source or short name, through the hashes of these.

Every function is given a connection within a transaction.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from zlib import crc32

from ...model import Entity, aliases
from .file.connection import Connection
from .rows import COLUMNS, Row, entity_of, joined

_HALF = 1 << 31

_LOOKED_UP = (
    "FROM json_each(?) wanted CROSS JOIN lookup ON lookup.hash = wanted.value"
    " CROSS JOIN entity e ON e.id = lookup.entity"
)


def hash_of(text: str) -> int:
    """Where `lookup` keeps an ARN, a source or a short name: 32 bits, stored in four bytes."""
    return crc32(text.encode()) - _HALF


def hashes(entity: Entity) -> set[int]:
    """Where `lookup` keeps an entity, beside the place of its ARN."""
    texts = {entity.source_uri, *aliases(entity)}
    return {crc32(text.encode()) - _HALF for text in texts if text}


def found(connection: Connection, texts: Iterable[str]) -> Iterator[tuple[int, Entity]]:
    """Entities that any of these texts may name, each with the moment it was created.

    One may come more than once, and a few others may be among them: texts share their hash.
    """
    asked = frozenset(texts)
    if not asked:
        return iter(())
    rows: list[Row] = connection.execute(
        f"SELECT {COLUMNS} {_LOOKED_UP} WHERE e.kind IS NOT NULL", (_hashed(asked),)
    ).fetchall()
    return ((row[8], entity_of(connection, row)) for row in rows)


def looked_up(connection: Connection, texts: Iterable[str]) -> list[Entity]:
    """The entities that any of these texts may be the source or a short name of, newest first.

    A few others may be among them: texts share their hash.
    """
    by_arn = {entity.arn: (created, entity) for created, entity in found(connection, texts)}
    in_order = sorted(by_arn.values(), key=lambda each: (-each[0], each[1].arn))
    return [entity for _, entity in in_order]


def by_alias(connection: Connection, alias: str) -> list[Entity]:
    """The entities that have a short name, newest first."""
    return [entity for entity in looked_up(connection, [alias]) if alias in aliases(entity)]


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


def keep(
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


def name(connection: Connection, numbered: Mapping[str, int]) -> None:
    """Have these ARNs looked up from now on."""
    _add(connection, _places_of_arns(numbered))


def forget(connection: Connection, numbered: Mapping[str, int]) -> None:
    """Have these ARNs looked up no more."""
    _take(connection, _places_of_arns(numbered))


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


def _hashed(texts: Iterable[str]) -> str:
    return json.dumps([hash_of(text) for text in texts])
