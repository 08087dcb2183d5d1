"""Many entities and associations at once: an account's mirror, an export of millions of rows.

>>> load(store, graph.entities.values(), graph.associations)

Rows go in large transactions, sorted as each index keeps them. What is interrupted goes on where
it ended: an import has a name, and the store knows how much of it there is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from ...model import Association, Entity
from . import edges, entities, notes
from .file.connection import Connection
from .store import Store

_TOPIC = "import"

Row = TypeVar("Row")


@dataclass(frozen=True)
class Loaded:
    """How much of an import is in the store."""

    entities: int = 0
    associations: int = 0


def load(
    store: Store,
    new: Iterable[Entity],
    associations: Iterable[Association],
    name: str | None = None,
    rows: int = 200_000,
) -> Loaded:
    """Put entities and link associations, in transactions of `rows` each.

    Args:
        store: where they go.
        new: entities; one whose ARN is there already is replaced.
        associations: of a pair that is there already nothing changes.
        name: what the import is called, if it is to go on where it was interrupted: it is given
            again under its name, with the same rows in the same order.
        rows: how many go into one transaction.
    """
    ids: dict[str, int] = {}

    def put(connection: Connection, batch: list[Entity]) -> None:
        ids.update(entities.put(connection, batch))

    def link(connection: Connection, batch: list[Association]) -> None:
        edges.load(connection, batch, ids)

    return Loaded(
        _batches(store, _key(name, "entities"), new, rows, put),
        _batches(store, _key(name, "associations"), associations, rows, link),
    )


def forget(store: Store, name: str) -> None:
    """Forget how far an import came: given again, it begins at its beginning."""
    for part in ("entities", "associations"):
        store.forget_note(_TOPIC, f"{part} of {name}")


def _key(name: str | None, part: str) -> str | None:
    return None if name is None else f"{part} of {name}"


def _batches(
    store: Store,
    key: str | None,
    values: Iterable[Row],
    size: int,
    write: Callable[[Connection, list[Row]], None],
) -> int:
    done = 0 if key is None else int(store.notes(_TOPIC).get(key, "0"))
    rest: Iterator[Row] = islice(values, done, None)
    while batch := list(islice(rest, size)):
        done += len(batch)
        with store.writing() as connection:
            write(connection, batch)
            if key is not None:
                notes.keep(connection, _TOPIC, key, str(done))
    return done
