"""Which entities lie on the way to those a query is after, found while the walk goes on.

>>> trail = Trail("model")
>>> [*trail.arrive(model, wanted=False), *trail.cross(level), *trail.arrive(data, wanted=True)]
[model, data, Association(data, model)]
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ...model import Association, Entity


@dataclass(frozen=True)
class Crossing:
    """An association as the walk crossed it: towards one of its ends."""

    to: str
    edge: Association

    @property
    def coming_from(self) -> str:
        """The end the walk came from."""
        return self.edge.source if self.to == self.edge.destination else self.edge.destination


class Trail:
    """Gives entities and associations, each association after both of its ends, none twice."""

    def __init__(self, start: str) -> None:
        self._start = start
        self._crossed: set[tuple[str, str]] = set()
        self._shown: set[str] = set()
        self._unshown: dict[str, Entity] = {}
        self._waiting: defaultdict[str, list[Crossing]] = defaultdict(list)

    def cross(self, links: Iterable[Crossing]) -> Iterator[Entity | Association]:
        """Take in what was crossed to a level; give what thereby turns out to be on the way."""
        for crossing in links:
            if crossing.edge.pair not in self._crossed:
                self._crossed.add(crossing.edge.pair)
                yield from self._cross(crossing)

    def arrive(self, entity: Entity, *, wanted: bool) -> Iterator[Entity | Association]:
        """Take in one entity of the level; give it, and all on the way to it, when wanted."""
        self._unshown[entity.arn] = entity
        if wanted:
            yield from self._show(entity.arn)

    def _cross(self, crossing: Crossing) -> Iterator[Entity | Association]:
        if crossing.to == self._start:
            # Back where we began: no way to anything, and shown when its other end is.
            crossing = Crossing(crossing.coming_from, crossing.edge)
        if crossing.to not in self._shown:
            self._waiting[crossing.to].append(crossing)
            return
        yield from self._show(crossing.coming_from)
        if crossing.coming_from in self._shown:
            yield crossing.edge

    def _show(self, arn: str) -> Iterator[Entity | Association]:
        on_the_way = self._leading_to(arn)
        yield from (self._unshown.pop(one) for one in reversed(on_the_way))
        for one in on_the_way:
            edges = self._waiting.pop(one, ())
            yield from (each.edge for each in edges if each.coming_from in self._shown)

    def _leading_to(self, arn: str) -> list[str]:
        found: list[str] = []
        ahead = [arn]
        while ahead:
            one = ahead.pop()
            if one in self._unshown and one not in self._shown:
                self._shown.add(one)
                found.append(one)
                ahead += (crossing.coming_from for crossing in self._waiting.get(one, ()))
        return found
