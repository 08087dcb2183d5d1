"""A whole walk through an account: QueryLineage in each direction, and the details beside it.

>>> Walking(service, memory).traverse([model], "upstream").complete
True
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace

from ....errors import EntityNotFound, LineageError
from ....model import (
    Answer,
    Arn,
    Association,
    Direction,
    Entity,
    EntityFilter,
    Gap,
    Reach,
    answer_of,
    reach,
    steps_of,
)
from ..calls.refusals import Interrupted
from ..calls.service import Service
from ..memory import Memory
from .described import Described, Learnt, gaps_of
from .exploring import Exploring
from .wanted import is_settled, may_pass

INTERRUPTED = Gap(
    "interrupted", "this question", "It was stopped; what had been found by then is here."
)


class Walking:
    """One walk; the arguments are those of `Backend.traverse`."""

    def __init__(
        self,
        service: Service,
        memory: Memory,
        *,
        max_depth: int | None = None,
        stop_at: EntityFilter | None = None,
        only: EntityFilter | None = None,
    ) -> None:
        self._service = service
        self._memory = memory
        self._max_depth = max_depth
        self._stop_at = stop_at
        self._only = only
        self._described = Described(service, memory)
        # Of a bounded walk only some of what comes is part of the answer.
        self._ahead = max_depth is None and stop_at is None

    def traverse(self, focus: Sequence[str], direction: Direction) -> Answer:
        """Walk and answer.

        Raises:
            ServiceError: when not even the first call was answered.
        """
        ways = {way: self._exploring(way) for way in steps_of(direction)}
        if self._only is None:
            self._described.expect(focus)
        reached = self._reached(focus, ways)
        self._refuse_nothing(focus, ways)
        answer = self._answer(focus, reached, ways.values())
        gaps = [gap for each in ways.values() for gap in each.gaps]
        return answer.with_gaps([*gaps, *([INTERRUPTED] if self._service.interrupted else [])])

    def _exploring(self, way: Direction) -> Exploring:
        made = self._memory.linked_just_now
        return Exploring(self._service, way, self._max_depth, self._arrived, made)

    def _arrived(self, sketches: Iterable[Entity]) -> None:
        if self._ahead:
            self._described.expect(one.arn for one in sketches if self._may_count(one))

    def _may_count(self, sketch: Entity) -> bool:
        return self._only is None or may_pass(self._only, sketch)

    def _reached(
        self, focus: Sequence[str], ways: Mapping[Direction, Exploring]
    ) -> dict[str, Reach]:
        # Each direction walks in a thread of its own, so that both are under way at once.
        walks = [
            self._service.beside(self._one_way, focus, exploring) for exploring in ways.values()
        ]
        return {way: self._service.result(walk) for way, walk in zip(ways, walks, strict=True)}

    def _one_way(self, focus: Sequence[str], exploring: Exploring) -> Reach:
        def step(frontier: Sequence[str]) -> Iterable[tuple[str, Association]]:
            return exploring.step(self._passable(frontier, focus, exploring.sketches))

        return reach(focus, step, self._max_depth)

    def _passable(
        self, frontier: Sequence[str], focus: Sequence[str], sketches: Mapping[str, Entity]
    ) -> Sequence[str]:
        """The entities of a level that the walk goes on from."""
        if self._stop_at is None:
            return frontier
        judged: Mapping[str, Entity] = sketches
        if not is_settled(self._stop_at):
            near = (sketches[arn] for arn in frontier if arn in sketches)
            doubtful = [one.arn for one in near if may_pass(self._stop_at, one)]
            judged = self._described.of(doubtful).entities
        return [
            arn
            for arn in frontier
            if arn in focus or arn not in judged or not self._stop_at(judged[arn])
        ]

    def _refuse_nothing(self, focus: Sequence[str], ways: Mapping[Direction, Exploring]) -> None:
        """Raise when nothing at all was answered: an error says more than an empty answer."""
        errors = [e for each in ways.values() for arn, e in each.refused.items() if arn in focus]
        severe = [e for e in errors if not isinstance(e, (EntityNotFound, Interrupted))]
        seen = any(each.sketches for each in ways.values())
        if severe and not seen and len(severe) == len(focus) * len(ways):
            raise severe[0]

    def _answer(
        self, focus: Sequence[str], reached: Mapping[str, Reach], ways: Iterable[Exploring]
    ) -> Answer:
        sketches = {arn: sketch for each in ways for arn, sketch in each.sketches.items()}
        known = self._known(focus, reached, sketches)
        refused = [one for each in ways for one in each.refused.items()]
        gone = {arn for arn, error in refused if isinstance(error, EntityNotFound)}
        self._memory.forget(gone)
        entities = {a: e for a, e in known.entities.items() if a not in gone}
        for arn in known.refused.keys() & sketches.keys():
            entities.setdefault(arn, sketches[arn])
        if self._only is not None:
            unwanted = {a for a, e in entities.items() if a not in focus and not self._only(e)}
            left_out = unwanted | (sketches.keys() - entities.keys() - known.missing)
            reached = {way: _without(left_out, one) for way, one in reached.items()}
        bare = {arn: error for arn, error in known.refused.items() if arn in entities}
        return answer_of(focus, reached, entities).with_gaps(_told(bare, focus))

    def _known(
        self, focus: Sequence[str], reached: Mapping[str, Reach], sketches: Mapping[str, Entity]
    ) -> Learnt:
        asked = dict.fromkeys(arn for one in reached.values() for arn in one.distance)
        shown = [a for a in asked if a not in sketches or self._may_count(sketches[a])]
        # Whoever asks for some entities only has the start in hand; a glimpse of it will do.
        glimpsed = self._memory.recall_stale(focus) if self._only is not None else {}
        known = self._described.of(a for a in (*focus, *shown) if a not in glimpsed)
        return replace(known, entities={**known.entities, **glimpsed})


def _without(left_out: Set[str], one: Reach) -> Reach:
    """The walk without these entities; how far it came stays known."""
    kept = {arn: away for arn, away in one.distance.items() if arn not in left_out}
    among = (edge for edge in one.associations if all(arn in kept for arn in edge.pair))
    return one._replace(distance=kept, associations=tuple(among))


def _told(refused: Mapping[str, LineageError], focus: Sequence[str]) -> Iterable[Gap]:
    # That it was interrupted is said once, of the whole question.
    told = {arn: error for arn, error in refused.items() if not isinstance(error, Interrupted)}
    return gaps_of(told, frozenset(Arn.parse(arn).account for arn in focus))
