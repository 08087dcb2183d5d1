"""The entities found, one row each: what table, data frame, CSV and Markdown all show.

>>> [row.hop for row in rows_of(answer)]
['↑1', '↑2', '↓1']
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from ..model import Answer, Direction, Entity, LineageGraph, Role, role_of

Way = Literal["focus", "upstream", "downstream", ""]

_ARROWS: dict[Way, str] = {"focus": "", "upstream": "↑", "downstream": "↓", "": ""}


@dataclass(frozen=True)
class Row:
    """One entity as seen from the focus.

    Attributes:
        entity: the entity itself.
        role: its role.
        way: on which side of the focus it lies; empty when neither is reached from the other.
        distance: how many associations away; None when it is not reached.
    """

    entity: Entity
    role: Role
    way: Way = ""
    distance: int | None = None

    @property
    def hop(self) -> str:
        """Way and distance in two characters: `↑2`, `↓1`, `0`; empty when not reached."""
        return "" if self.distance is None else f"{_ARROWS[self.way]}{self.distance}"


def rows_of(answer: Answer) -> tuple[Row, ...]:
    """A row for each entity found, in the answer's order."""
    places = places_of(answer)
    return tuple(
        Row(entity, role_of(entity), *places.get(entity.arn, ("", None))) for entity in answer
    )


def places_of(answer: Answer) -> dict[str, tuple[Way, int]]:
    """Way and distance from the focus by ARN; the nearer way of what lies on both."""
    places: dict[str, tuple[Way, int]] = {}
    for way in ("upstream", "downstream"):
        for arn, distance in _distances(answer, way).items():
            known = places.get(arn)
            if known is None or distance < known[1]:
                places[arn] = (way if distance else "focus", distance)
    return places


def _distances(answer: Answer, way: Direction) -> dict[str, int]:
    graph: LineageGraph = answer.graph
    return graph.distances((arn for arn in answer.focus if arn in graph), way)


def filled(lines: Iterable[Iterable[str]]) -> list[tuple[str, ...]]:
    """Heads and rows without the columns in which none but the head says anything."""
    whole = [tuple(line) for line in lines]
    kept = [at for at, column in enumerate(zip(*whole, strict=True)) if any(column[1:])]
    return [tuple(line[at] for at in kept) for line in whole if kept]


def day(moment: datetime | None) -> str:
    """A time for people: `2026-01-31 12:00`."""
    return f"{moment:%Y-%m-%d %H:%M}" if moment else ""
