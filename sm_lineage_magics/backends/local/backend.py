"""The embedded backend: lineage kept in a store on this machine, asked in one transaction each."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ...model import (
    Answer,
    Association,
    Direction,
    Entity,
    EntityFilter,
    Home,
    LineageGraph,
    Reach,
    Reference,
    Step,
    answer_of,
    reach,
    steps_of,
)
from .file.filesystem import MOUNTS
from .store import Store

if TYPE_CHECKING:
    from ...model import Known, Plan, Receipt
    from ...model.plan import Attempt, Pair


class LocalBackend:
    """Lineage in one SQLite file; fulfils `Backend`."""

    def __init__(self, store: Store, home: Home | None = None) -> None:
        self.store = store
        self._home = home or Home()

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str] | None = None,
        *,
        read_only: bool = False,
        mounts: Path = MOUNTS,
    ) -> LocalBackend:
        """Open the store at `path`; see `Store.open`."""
        return cls(Store.open(path, read_only=read_only, mounts=mounts))

    @property
    def name(self) -> str:
        opening = self.store.opening
        return f"embedded store {opening.where}" + (", read only" if opening.read_only else "")

    @property
    def home(self) -> Home:
        return self._home

    def get(self, arns: Iterable[str]) -> Mapping[str, Entity]:
        return self.store.get(arns)

    def find(
        self,
        *,
        text: str | None = None,
        source_uri: str | None = None,
        only: EntityFilter | None = None,
        limit: int | None = None,
    ) -> Iterator[Entity]:
        return self.store.find(text=text, source_uri=source_uri, only=only, limit=limit)

    def everything(self) -> Answer:
        with self.store.reading():
            graph = LineageGraph.of(self.store.find(), self.store.associations())
        return Answer(graph, found=tuple(graph.entities))

    def resolve(self, reference: Reference) -> Sequence[Entity]:
        with self.store.reading():
            found = [*self._named(reference)]
        by_arn = {entity.arn: entity for entity in found}
        return [entity for entity in by_arn.values() if reference.matches(entity)]

    def _named(self, reference: Reference) -> Iterator[Entity]:
        if reference.scheme not in ("arn", "uri"):
            yield from self.store.by_alias(reference.name)
            return
        yield from self.store.get([reference.name]).values()
        yield from self.store.find(source_uri=reference.name)

    def existing(self, entities: Iterable[Entity]) -> Mapping[str, Entity]:
        from . import matching

        with self.store.reading() as connection:
            return matching.existing(connection, entities)

    def recorded(self, entities: Iterable[Entity], links: Iterable[Pair]) -> Known:
        from ...model import Known

        there = self.existing(entities)
        pairs = {(there[a].arn, there[b].arn) for a, b in links if a in there and b in there}
        found = self.associations({destination for _, destination in pairs}, "upstream")
        return Known(there, frozenset(pairs & {edge.pair for edge in found}))

    def names(self, prefix: str = "", limit: int = 1000) -> Iterator[str]:
        return self.store.names(prefix, limit)

    def traverse(
        self,
        start: Iterable[str],
        direction: Direction,
        *,
        max_depth: int | None = None,
        stop_at: EntityFilter | None = None,
        only: EntityFilter | None = None,
    ) -> Answer:
        focus = tuple(dict.fromkeys(start))
        with self.store.reading():
            seen = _Seen(self.store, stop_at)
            reached: dict[str, Reach] = {}
            entities: dict[str, Entity] = {}
            for way in steps_of(direction):
                step = self.store.step(way)
                reached[way] = reach(focus, seen.stepping(step), max_depth, seen.stops)
                entities |= step.entities(tuple(reached[way].distance))
                if reached[way].interrupted:
                    break
        answer = answer_of(focus, reached, entities)
        if only is None:
            return answer
        return replace(answer, found=tuple(entity.arn for entity in answer if only(entity)))

    def associations(self, arns: Iterable[str], direction: Direction) -> Iterator[Association]:
        crossed = self.store.step(direction)(tuple(dict.fromkeys(arns)))
        yield from dict.fromkeys(association for _, association in crossed)

    def observe(self, entities: Iterable[Entity]) -> Mapping[str, Mapping[str, str]]:
        return {}

    def apply(self, plan: Plan) -> Receipt:
        from . import writing

        return writing.apply(self.store, plan)

    def record(
        self, entities: Iterable[Entity], links: Iterable[Pair], attempt: Attempt
    ) -> Receipt:
        return self.apply(attempt.decided(self.recorded(entities, links)))

    def remove(self, receipt: Receipt) -> Receipt:
        from . import writing

        return writing.remove(self.store, receipt)

    def delete(self, arns: Iterable[str]) -> Receipt:
        from . import writing

        return writing.delete(self.store, arns)

    def close(self) -> None:
        self.store.close()


class _Seen:
    """The entities a walk has come by, where it must know them to know where to stop."""

    def __init__(self, store: Store, stop_at: EntityFilter | None) -> None:
        self._store = store
        self._stop_at = stop_at
        self._entities: dict[str, Entity] = {}

    def stepping(self, step: Step[str, Association]) -> Step[str, Association]:
        """The store's step, which keeps what is needed of its neighbours."""
        if self._stop_at is None:
            return step

        def stepping(frontier: Sequence[str]) -> Iterable[tuple[str, Association]]:
            crossed = list(step(frontier))
            self._entities |= self._store.get(dict(crossed).keys() - self._entities.keys())
            return crossed

        return stepping

    def stops(self, arn: str) -> bool:
        """Whether the walk goes no further there."""
        entity = self._entities.get(arn)
        return self._stop_at is not None and entity is not None and self._stop_at(entity)
