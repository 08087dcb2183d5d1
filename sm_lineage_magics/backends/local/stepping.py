"""Associations stepped along, level by level: what a walk through a store's file asks."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from ...model import KINDS, Association, Direction, Entity, Kind, steps_of
from . import entities, lookup
from .file.connection import Connection
from .file.database import Database
from .rows import EDGE_COLUMNS, Row, association_of, joined

Seen = tuple[Kind, str]

# Levels come in batches that grow, so that the first page of a hub's children costs a page.
_FIRST, _GROWTH, _LATER = 64, 16, 16_384

_STEP = """
    SELECT frontier.key, {columns}, near.prefix, near.key, near.kind, near.type
    FROM json_each(:frontier) frontier CROSS JOIN edge e CROSS JOIN entity near
    WHERE e.{far} = frontier.value AND near.id = e.{near}
"""


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
                for arn, number, kind, type in lookup.glimpsed(connection, unknown):
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
        return [(arns[row[near]], association_of(connection, arns, row[1:6])) for row in batch]

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
    step = _STEP.format(columns=EDGE_COLUMNS, far=far, near=near)
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
