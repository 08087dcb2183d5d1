"""Whose a property is: what plans wrote may be changed by plans, and nothing else.

An entity that a plan made is ours whole until somebody replaces it. On all others we keep each
value that a plan wrote; it is ours for as long as it is still there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ...model import Entity
from ...model.plan import value_of
from . import lookup
from .file.connection import Connection


@dataclass(frozen=True)
class Ledger:
    """What is ours of some entities, by ARN."""

    whole: frozenset[str]
    values: Mapping[str, Mapping[str, str]]

    def holds(self, entity: Entity, property: str) -> bool:
        """Whether the value that is there now is ours, or none is there."""
        now = value_of(entity, property)
        wrote = self.values.get(entity.arn, {}).get(property)
        return now is None or entity.arn in self.whole or now == wrote


def ledger(connection: Connection, arns: Iterable[str]) -> Ledger:
    """What is ours of these entities."""
    numbered = lookup.numbers(connection, tuple(arns))
    asked = json.dumps(list(numbered.values()))
    ours, values = _ours(connection, asked), _values(connection, asked)
    return Ledger(
        frozenset(arn for arn, number in numbered.items() if number in ours),
        {arn: values[number] for arn, number in numbered.items() if number in values},
    )


def _ours(connection: Connection, asked: str) -> set[int]:
    rows = connection.execute(
        "SELECT e.id FROM json_each(?) asked JOIN entity e ON e.id = asked.value WHERE e.ours",
        (asked,),
    )
    return {number for (number,) in rows.fetchall()}


def _values(connection: Connection, asked: str) -> dict[int, dict[str, str]]:
    rows = connection.execute(
        "SELECT entity, property, claim.value FROM json_each(?) asked"
        " JOIN claim ON entity = asked.value",
        (asked,),
    )
    values: dict[int, dict[str, str]] = {}
    for number, property, value in rows.fetchall():
        values.setdefault(number, {})[property] = value
    return values


def claim(connection: Connection, arn: str, values: Mapping[str, str]) -> None:
    """Keep that a plan wrote these values onto an entity."""
    (number,) = lookup.numbers(connection, (arn,)).values()
    connection.executemany(
        "INSERT INTO claim VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
        [(number, property, value) for property, value in values.items()],
    )
