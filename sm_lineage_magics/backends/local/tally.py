"""How many entities of each kind there are, and how many associations, kept as they come and go.

Every function is given a connection within a transaction.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from ...model import KINDS, Entity, Kind
from .file.connection import Connection

_ASSOCIATIONS = -1  # their line, beside those of the kinds


def entities(connection: Connection, kind: Kind | None = None) -> int:
    """How many entities there are, of one kind or of all."""
    number = None if kind is None else KINDS.index(kind)
    ((counted,),) = connection.execute(
        "SELECT ifnull(sum(count), 0) FROM tally WHERE kind >= 0 AND kind = ifnull(?, kind)",
        (number,),
    ).fetchall()
    return int(counted)


def associations(connection: Connection) -> int:
    """How many associations there are."""
    ((counted,),) = connection.execute(
        "SELECT ifnull(sum(count), 0) FROM tally WHERE kind = ?", (_ASSOCIATIONS,)
    ).fetchall()
    return int(counted)


def count_in(
    connection: Connection, new: Iterable[Entity], *, instead_of: Iterable[Entity] = ()
) -> None:
    """Count entities that have come, and those they took the place of no longer."""
    more = _by_kind(new)
    more.subtract(_by_kind(instead_of))
    _add(connection, more)


def count_associations(connection: Connection, more: int) -> None:
    """Count so many more associations; fewer if negative."""
    _add(connection, {_ASSOCIATIONS: more})


def _by_kind(entities: Iterable[Entity]) -> Counter[int]:
    return Counter(KINDS.index(entity.kind) for entity in entities)


def _add(connection: Connection, more: Mapping[int, int]) -> None:
    connection.executemany(
        "INSERT INTO tally (kind, count) VALUES (?, ?)"
        " ON CONFLICT DO UPDATE SET count = count + excluded.count",
        [(kind, number) for kind, number in more.items() if number],
    )
