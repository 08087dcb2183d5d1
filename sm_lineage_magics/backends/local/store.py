"""The embedded store: entities, associations and notes in one SQLite file.

>>> store = Store.open(":memory:")
>>> with store.writing():
...     store.put([raw, clean])
...     store.link([Association(raw.arn, clean.arn, "ContributedTo")])
>>> [entity.name for entity in store.find(text="CLEAN")]
['clean']
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from ...model import Association, Direction, Entity, EntityFilter, Kind, reference_of
from . import edges, entities, listing, lookup, notes, tally
from .file.connection import Connection
from .file.database import Database
from .file.filesystem import MOUNTS
from .file.opening import Opening
from .stepping import Stepping

if TYPE_CHECKING:
    from .claims import Ledger

# Completion must be quick on a store of any size, so it knows the newest only.
_NEWEST = 20_000


class Store:
    """Everything one file holds. Thread-safe; every method is one transaction, or part of one."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str] | None = None,
        *,
        read_only: bool = False,
        mounts: Path = MOUNTS,
    ) -> Store:
        """Open the file at `path`, made if there is none; in memory for `:memory:`.

        Args:
            path: None is what the variable SM_LINEAGE_STORE says, or the platform's data folder.
            read_only: whether writes are refused.
            mounts: where Linux tells which file system a path is on.

        Raises:
            StoreError: of the kind that says why it cannot be opened; the file is left untouched.
        """
        return cls(Database(Opening.of(path, read_only=read_only, mounts=mounts)))

    @property
    def opening(self) -> Opening:
        """Where the store is and how it was opened."""
        return self._database.opening

    def writing(self) -> AbstractContextManager[Connection]:
        """One transaction behind the writers' queue; undone when an exception leaves it."""
        return self._database.writing()

    def reading(self) -> AbstractContextManager[Connection]:
        """One view of the store for everything asked within."""
        return self._database.reading()

    def close(self) -> None:
        """Let go of the file; asking again opens it again."""
        self._database.close()

    def get(self, arns: Iterable[str]) -> dict[str, Entity]:
        """The entities of these ARNs that exist, in the order asked."""
        with self.reading() as connection:
            return entities.get(connection, arns)

    def put(self, new: Iterable[Entity]) -> None:
        """Insert entities, or replace those that have the same ARN."""
        with self.writing() as connection:
            entities.put(connection, new)

    def drop(self, arns: Iterable[str]) -> None:
        """Delete entities; associations at them stay until they are unlinked."""
        with self.writing() as connection:
            entities.drop(connection, arns)

    def link(self, associations: Iterable[Association]) -> list[tuple[str, str]]:
        """Add associations; the pairs that were new. Of a pair that exists nothing changes."""
        with self.writing() as connection:
            return edges.link(connection, associations)

    def unlink(self, pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        """Delete the associations of these (source, destination) pairs; those that existed."""
        with self.writing() as connection:
            return edges.unlink(connection, pairs)

    def find(
        self,
        *,
        text: str | None = None,
        source_uri: str | None = None,
        only: EntityFilter | None = None,
        order: listing.Order = "created",
        descending: bool = True,
        limit: int | None = None,
    ) -> Iterator[Entity]:
        """Entities that meet every condition given, lazily; ties by ARN.

        Args:
            text: part of the name or of the source, whatever the case.
            source_uri: the whole source.
            only: a filter they pass.
            order: by `created` or by `name`.
            descending: whether the newest, or the last name, comes first.
            limit: how many at most.
        """
        listed = listing.Listing(text, source_uri, only, order, descending, limit)
        return listing.find(self._database, listed)

    def names(self, prefix: str = "", limit: int = 1000) -> Iterator[str]:
        """References of the newest entities that begin so; with one that begins `arn:`, ARNs."""
        by_arn = prefix.startswith("arn:")
        newest = self.find(limit=_NEWEST)
        known = dict.fromkeys(e.arn if by_arn else str(reference_of(e)) for e in newest)
        return islice((name for name in known if name.startswith(prefix)), limit)

    def by_alias(self, alias: str) -> list[Entity]:
        """The entities that have this short name, newest first."""
        with self.reading() as connection:
            return lookup.by_alias(connection, alias)

    def associations(
        self,
        *,
        sources: Iterable[str] | None = None,
        destinations: Iterable[str] | None = None,
    ) -> Iterator[Association]:
        """Associations from any of `sources` to any of `destinations`; of all where not given."""
        return edges.associations(self._database, sources, destinations)

    def step(self, direction: Direction) -> Stepping:
        """One level of a walk: one statement, more only for a level of thousands."""
        return Stepping(self._database, direction)

    def count(self, kind: Kind | None = None) -> int:
        """How many entities there are, of one kind or of all."""
        with self.reading() as connection:
            return tally.entities(connection, kind)

    def count_associations(self) -> int:
        """How many associations there are."""
        with self.reading() as connection:
            return tally.associations(connection)

    def ledger(self, arns: Iterable[str]) -> Ledger:
        """What plans have written of these entities, and nobody has replaced since."""
        from . import claims

        with self.reading() as connection:
            return claims.ledger(connection, arns)

    def note(self, topic: str, key: str, text: str) -> None:
        """Keep a small text under a topic and key, in place of what was there."""
        with self.writing() as connection:
            notes.keep(connection, topic, key, text)

    def notes(self, topic: str) -> dict[str, str]:
        """What is kept under a topic, by key, the oldest key first."""
        with self.reading() as connection:
            return notes.of(connection, topic)

    def forget_note(self, topic: str, key: str) -> None:
        """Keep a text no longer; nothing happens when there is none."""
        with self.writing() as connection:
            notes.forget(connection, topic, key)
