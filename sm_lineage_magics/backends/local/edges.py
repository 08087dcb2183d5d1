"""Associations in a store's file: linked, unlinked and listed."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator, Mapping

from ...model import Association, Direction
from . import entities, lookup, tally
from .file.connection import Connection
from .file.database import Database
from .rows import EDGE_COLUMNS, association_of, joined, row_of_association
from .stepping import Stepping

_TOGETHER = 16_384  # associations listed from one view of the store


def link(
    connection: Connection, new: Iterable[Association], ids: Mapping[str, int] | None = None
) -> list[tuple[str, str]]:
    """Add associations; the pairs that were new, in the order given.

    Args:
        connection: within a transaction.
        new: the associations.
        ids: row numbers known already; those of the others are looked up, or added.
    """
    associations = list(new)
    known = ids or {}
    others = entities.named(connection, _ends(associations, known))
    placed = _placed(associations, {**known, **others})
    there = _there(connection, placed)
    added = {place: placed[place] for place in placed if place not in there}
    _insert(connection, added)
    return [association.pair for association in added.values()]


def load(connection: Connection, new: Iterable[Association], ids: dict[str, int]) -> None:
    """Add many associations; of a pair that exists nothing changes.

    Args:
        connection: within a transaction.
        new: the associations.
        ids: row numbers known already; those of the others are added.
    """
    associations = list(new)
    ids.update(entities.named(connection, _ends(associations, ids)))
    _insert(connection, _placed(associations, ids))


def _ends(associations: Iterable[Association], known: Container[str] = ()) -> dict[str, None]:
    """The ARNs that associations name and that are not known, in their order."""
    ends = ((each.source, each.destination) for each in associations)
    return dict.fromkeys(arn for pair in ends for arn in pair if arn not in known)


def _placed(associations: Iterable[Association], ids: Mapping[str, int]) -> dict[int, Association]:
    """Associations by their place, a number that sorts as rows of `edge` do; the first of each."""
    placed: dict[int, Association] = {}
    for each in associations:
        placed.setdefault(ids[each.destination] << 32 | ids[each.source], each)
    return placed


def _there(connection: Connection, places: Iterable[int]) -> set[int]:
    rows = connection.execute(
        "SELECT wanted.value FROM json_each(?) wanted CROSS JOIN edge"
        " ON destination = wanted.value >> 32 AND source = wanted.value & 0xFFFFFFFF",
        (json.dumps(list(places)),),
    )
    return {place for (place,) in rows.fetchall()}


def _insert(connection: Connection, placed: Mapping[int, Association]) -> None:
    # In the order in which they are kept: ten thousands at once fill one page after the other.
    cursor = connection.executemany(
        "INSERT INTO edge VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (row_of_association(connection, place, placed[place]) for place in sorted(placed)),
    )
    tally.count_associations(connection, cursor.rowcount)


def unlink(connection: Connection, pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Delete associations; the pairs that existed."""
    asked = tuple(dict.fromkeys(pairs))
    numbered = lookup.numbers(connection, tuple({arn for pair in asked for arn in pair}))
    unlinked = []
    for source, destination in asked:
        cursor = connection.execute(
            "DELETE FROM edge WHERE destination = ? AND source = ?",
            (numbered.get(destination), numbered.get(source)),
        )
        unlinked += [(source, destination)] * cursor.rowcount
    tally.count_associations(connection, -len(unlinked))
    entities.forget_unnamed(connection, numbered.values())
    return unlinked


def associations(
    database: Database, sources: Iterable[str] | None, destinations: Iterable[str] | None
) -> Iterator[Association]:
    """Associations from any of `sources` to any of `destinations`; of all where not given."""
    if sources is None and destinations is None:
        yield from _every(database)
    elif sources is None or destinations is None:
        direction: Direction = "upstream" if sources is None else "downstream"
        given = destinations if sources is None else sources
        yield from (each for _, each in Stepping(database, direction)(tuple(given or ())))
    else:
        yield from _between(database, tuple(sources), tuple(destinations))


def _between(
    database: Database, sources: tuple[str, ...], destinations: tuple[str, ...]
) -> Iterator[Association]:
    # Either end may be a hub: each pair is looked up, while that is less than to read them all.
    with database.reading() as connection:
        every = tally.associations(connection)
    if len(sources) * len(destinations) > every:
        wanted = frozenset(destinations)
        found = Stepping(database, "downstream")(sources)
        yield from (association for arn, association in found if arn in wanted)
        return
    yield from _of_pairs(database, sources, destinations)


def _of_pairs(
    database: Database, sources: tuple[str, ...], destinations: tuple[str, ...]
) -> list[Association]:
    with database.reading() as connection:
        numbered = lookup.numbers(connection, {*sources, *destinations})
        arns = {number: arn for arn, number in numbered.items()}
        rows = connection.execute(
            f"SELECT {EDGE_COLUMNS} FROM json_each(?) s CROSS JOIN json_each(?) d"
            " CROSS JOIN edge e ON e.destination = d.value AND e.source = s.value",
            (_numbers(numbered, sources), _numbers(numbered, destinations)),
        ).fetchall()
        return [association_of(connection, arns, row) for row in rows]


def _numbers(numbered: Mapping[str, int], arns: Iterable[str]) -> str:
    return json.dumps([numbered[arn] for arn in dict.fromkeys(arns) if arn in numbered])


def _every(database: Database) -> Iterator[Association]:
    last: tuple[int, ...] = (0, 0)
    while last:
        with database.reading() as connection:
            rows = connection.execute(
                f"SELECT {EDGE_COLUMNS} FROM edge e WHERE (destination, source) > (?, ?)"
                " ORDER BY destination, source LIMIT ?",
                (*last, _TOGETHER),
            ).fetchall()
            arns = _arns(connection, {number for row in rows for number in row[:2]})
            found = [association_of(connection, arns, row) for row in rows]
        yield from found
        last = (rows[-1][1], rows[-1][0]) if rows else ()


def _arns(connection: Connection, numbers: Iterable[int]) -> dict[int, str]:
    rows = connection.execute(
        "SELECT e.id, e.prefix, e.key FROM json_each(?) wanted"
        " CROSS JOIN entity e ON e.id = wanted.value",
        (json.dumps(list(numbers)),),
    ).fetchall()
    return {number: joined(connection.text(prefix), key) for number, prefix, key in rows}
