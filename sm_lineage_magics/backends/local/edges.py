"""Associations in a store's file: linked, unlinked, listed, and stepped along."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from ...model import ASSOCIATION_TYPES, KINDS, Association, Direction, Entity, Kind, steps_of
from . import entities
from .connection import Connection, Malformed
from .database import Database
from .rows import Row, joined, moment, time_of

Seen = tuple[Kind, str]

_NUMBERS = {None: None} | {type: number for number, type in enumerate(ASSOCIATION_TYPES)}

_ASSOCIATIONS = -1  # their line in `tally`

# Levels come in batches that grow, so that the first page of a hub's children costs a page.
_FIRST, _GROWTH, _LATER = 64, 16, 16_384

_COLUMNS = "e.source, e.destination, e.type, e.created, e.created_by"

_STEP = """
    SELECT frontier.key, {columns}, near.prefix, near.key, near.kind, near.type
    FROM json_each(:frontier) frontier CROSS JOIN edge e CROSS JOIN entity near
    WHERE e.{far} = frontier.value AND near.id = e.{near}
"""


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
        (_row_of(connection, place, placed[place]) for place in sorted(placed)),
    )
    entities.tally(connection, {_ASSOCIATIONS: cursor.rowcount})


def unlink(connection: Connection, pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Delete associations; the pairs that existed."""
    asked = tuple(dict.fromkeys(pairs))
    numbered = entities.numbers(connection, tuple({arn for pair in asked for arn in pair}))
    unlinked = []
    for source, destination in asked:
        cursor = connection.execute(
            "DELETE FROM edge WHERE destination = ? AND source = ?",
            (numbered.get(destination), numbered.get(source)),
        )
        unlinked += [(source, destination)] * cursor.rowcount
    entities.tally(connection, {_ASSOCIATIONS: -len(unlinked)})
    entities.forget_unnamed(connection, numbered.values())
    return unlinked


def count(connection: Connection) -> int:
    """How many associations there are."""
    ((counted,),) = connection.execute(
        "SELECT ifnull(sum(count), 0) FROM tally WHERE kind = ?", (_ASSOCIATIONS,)
    ).fetchall()
    return int(counted)


def associations(
    database: Database, sources: Iterable[str] | None, destinations: Iterable[str] | None
) -> Iterator[Association]:
    """Associations from any of `sources` to any of `destinations`; of all where not given."""
    if sources is None and destinations is None:
        yield from _every(database)
    elif sources is None:
        found = Stepping(database, "upstream")(tuple(destinations or ()))
        yield from (association for _, association in found)
    else:
        wanted = None if destinations is None else frozenset(destinations)
        for arn, association in Stepping(database, "downstream")(tuple(sources)):
            if wanted is None or arn in wanted:
                yield association


class Stepping:
    """Steps of one walk; it remembers what it has come by."""

    def __init__(self, database: Database, direction: Direction) -> None:
        self._database = database
        self._ways = steps_of(direction)
        self._numbers: dict[str, int] = {}
        self._arns: dict[int, str] = {}
        self._seen: dict[str, Seen] = {}

    def __call__(self, frontier: Sequence[str]) -> Iterator[tuple[str, Association]]:
        """Pairs of a neighbour's ARN and the association crossed to it, in batches."""
        if not frontier:
            return
        self._number(frontier)
        rows = [self._numbers[arn] for arn in frontier if arn in self._numbers]
        for way in self._ways:
            yield from self._along(way, rows)

    def entities(self, arns: Sequence[str]) -> dict[str, Entity]:
        """The entities of these ARNs that exist; those come by need not be looked up again."""
        self._number(arns)
        known = [self._numbers[arn] for arn in arns if arn in self._numbers]
        with self._database.reading() as connection:
            return {entity.arn: entity for entity in entities.of_numbers(connection, known)}

    def _number(self, frontier: Sequence[str]) -> None:
        unknown = [arn for arn in frontier if arn not in self._numbers]
        if unknown:
            with self._database.reading() as connection:
                for arn, number, kind, type in entities.glimpsed(connection, unknown):
                    self._come_by(connection, arn, number, kind, type)

    def of(self, arn: str) -> Seen | None:
        """The kind and type of an entity, which cost no reading more once it was come by."""
        if arn not in self._numbers:
            self._number([arn])
        return self._seen.get(arn)

    def _along(self, way: Direction, rows: list[int]) -> Iterator[tuple[str, Association]]:
        after: int | None = None
        size = _FIRST
        while rows:
            with self._database.reading() as connection:
                batch = _batch(connection, way, rows, after, size)
                crossed = self._crossed(connection, batch, 1 if way == "upstream" else 2)
            yield from crossed
            if len(batch) < size:
                return
            # Go on behind the last neighbour of the last entity of the frontier seen.
            place, source, destination = batch[-1][:3]
            rows, size = rows[place:], min(size * _GROWTH, _LATER)
            after = source if way == "upstream" else destination

    def _crossed(
        self, connection: Connection, batch: list[Row], near: int
    ) -> list[tuple[str, Association]]:
        arns = self._arns
        for row in batch:
            if row[near] not in arns:
                prefix, key, kind, type = row[6:]
                arn = joined(connection.text(prefix), key)
                self._come_by(connection, arn, row[near], kind, type)
        return [(arns[row[near]], _association_of(connection, arns, row[1:6])) for row in batch]

    def _come_by(
        self, connection: Connection, arn: str, number: int, kind: int | None, type: int | None
    ) -> None:
        self._arns[number] = arn
        self._numbers[arn] = number
        if kind is not None:
            self._seen[arn] = KINDS[kind], connection.text(type)


def _batch(
    connection: Connection, way: Direction, rows: list[int], after: int | None, size: int
) -> list[Row]:
    far, near = ("destination", "source") if way == "upstream" else ("source", "destination")
    step = _STEP.format(columns=_COLUMNS, far=far, near=near)
    if after is None:
        statement = f"{step} LIMIT :size"
    else:
        # The rest of the first entity's neighbours, then those of the others. A nested loop in
        # a CROSS JOIN's order reads them in the order of the frontier and of the index.
        statement = (
            f"SELECT * FROM ({step} AND frontier.key = 0 AND e.{near} > :after) UNION ALL "
            f"SELECT * FROM ({step} AND frontier.key > 0) LIMIT :size"
        )
    parameters = {"frontier": json.dumps(rows), "after": after, "size": size}
    return connection.execute(statement, parameters).fetchall()


def _every(database: Database) -> Iterator[Association]:
    last: tuple[int, ...] = (0, 0)
    while last:
        with database.reading() as connection:
            rows = connection.execute(
                f"SELECT {_COLUMNS} FROM edge e WHERE (destination, source) > (?, ?)"
                " ORDER BY destination, source LIMIT ?",
                (*last, _LATER),
            ).fetchall()
            arns = _arns(connection, {number for row in rows for number in row[:2]})
            found = [_association_of(connection, arns, row) for row in rows]
        yield from found
        last = (rows[-1][1], rows[-1][0]) if rows else ()


def _arns(connection: Connection, numbers: Iterable[int]) -> dict[int, str]:
    rows = connection.execute(
        "SELECT e.id, e.prefix, e.key FROM json_each(?) wanted"
        " CROSS JOIN entity e ON e.id = wanted.value",
        (json.dumps(list(numbers)),),
    ).fetchall()
    return {number: joined(connection.text(prefix), key) for number, prefix, key in rows}


def _row_of(connection: Connection, place: int, association: Association) -> tuple[int | None, ...]:
    return (
        place >> 32,
        place & 0xFFFFFFFF,
        _NUMBERS[association.type],
        moment(association.created),
        connection.number(association.created_by),
    )


def _association_of(connection: Connection, arns: Mapping[int, str], row: Row) -> Association:
    source, destination, type, created, created_by = row
    try:
        return Association(
            arns[source],
            arns[destination],
            None if type is None else ASSOCIATION_TYPES[type],
            time_of(created),
            None if created_by is None else connection.text(created_by),
        )
    except (LookupError, OverflowError, TypeError) as error:
        raise Malformed(f"association {destination!r} of {source!r}") from error
