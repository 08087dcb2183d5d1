"""Entities listed by conditions, in order, a batch at a time.

No cursor is left open between batches: it would hold up writers for as long as a page is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from itertools import islice
from typing import Any, Literal, NamedTuple

from ...model import Entity, EntityFilter
from .conditions import Condition, filtered
from .file.connection import Connection
from .file.database import Database
from .lookup import hash_of
from .rows import COLUMNS, Row, entity_of
from .searching import searching

Order = Literal["created", "name"]

_FIRST, _LARGEST = 128, 32_768

_NAME = "ifnull(e.name, e.key)"
_ARN = "prefix.text || CASE typeof(e.key) WHEN 'blob' THEN lower(hex(e.key)) ELSE e.key END"
_SOURCE = "(ifnull((SELECT text FROM word WHERE id = e.source_prefix), '') || ifnull(e.source, ''))"


class Listing(NamedTuple):
    """What is to be listed, and in which order."""

    text: str | None = None
    source_uri: str | None = None
    only: EntityFilter | None = None
    order: Order = "created"
    descending: bool = True
    limit: int | None = None

    def wants(self, entity: Entity) -> bool:
        """Whether an entity meets the conditions that the statement leaves to us."""
        return self.only is None or self.only(entity)


def find(database: Database, listing: Listing) -> Iterator[Entity]:
    """The entities of a listing, lazily."""
    found = _found(database, listing)
    return found if listing.limit is None else islice(found, listing.limit)


def _found(database: Database, listing: Listing) -> Iterator[Entity]:
    after: tuple[Any, str] | None = None
    size = _FIRST
    while size:
        with database.reading() as connection:
            rows = _batch(connection, listing, after, size)
            batch = [entity_of(connection, row[2:]) for row in rows]
        yield from filter(listing.wants, batch)
        after = rows[-1][:2] if rows else None
        size = min(4 * size, _LARGEST) if len(rows) == size else 0


def _batch(
    connection: Connection, listing: Listing, after: tuple[Any, str] | None, size: int
) -> list[Row]:
    conditions = [*_conditions(connection, listing)]
    column = "e.created" if listing.order == "created" else _NAME
    way, beyond = ("DESC", "<") if listing.descending else ("ASC", ">")
    if after is not None:
        conditions.append((f"{column} {beyond}= ?", (after[0],)))
        conditions.append((f"({column} {beyond} ? OR {_ARN} > ?)", after))
    where = " AND ".join(["e.kind IS NOT NULL", *(condition for condition, _ in conditions)])
    statement = (
        f"SELECT {column}, {_ARN} AS arn, {COLUMNS}"
        " FROM entity e CROSS JOIN word prefix ON prefix.id = e.prefix"
        f" WHERE {where} ORDER BY {column} {way}, arn LIMIT ?"
    )
    parameters = (*(value for _, values in conditions for value in values), size)
    with nullcontext() if listing.text is None else searching(connection, listing.text):
        return connection.execute(statement, parameters).fetchall()


def _conditions(connection: Connection, listing: Listing) -> Iterator[Condition]:
    if listing.text is not None:
        yield f"holds({_NAME}, {_SOURCE})", ()
    if listing.source_uri is not None:
        found = "SELECT entity FROM lookup WHERE hash = ?"
        uri = listing.source_uri
        yield f"e.id IN ({found}) AND {_SOURCE} = ?", (hash_of(uri), uri)
    if listing.only is not None:
        yield from filtered(connection, listing.only)
