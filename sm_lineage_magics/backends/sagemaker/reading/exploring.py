"""What QueryLineage tells of one direction, page by page, and on beyond its ten levels.

>>> explored = Exploring(service, "upstream")
>>> [arn for arn, association in explored.step([model])]
['arn:…:experiment-trial-component/train-churn-aws-training-job']
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from ....errors import EntityNotFound, LineageError
from ....model import Association, Direction, Entity, Gap, walk
from .. import wire
from ..calls.refusals import Interrupted, gap_of
from ..calls.service import Service

# QueryLineage's own limits (botocore 1.44: QueryLineageRequest).
MOST_LEVELS = 10
VERTICES_ON_A_PAGE = 50

_DIRECTIONS = {"upstream": "Ascendants", "downstream": "Descendants"}


class Exploring:
    """The graph of one direction, as far as it was asked about.

    Args:
        service: makes the calls.
        way: `upstream` or `downstream`.
        max_depth: levels the walk goes, None for all; one more is looked at.
        arrived: told each entity as it is first seen, from the thread that read the page.
        made: the links at some entities that were made a moment ago, and may not be told yet.
    """

    def __init__(
        self,
        service: Service,
        way: Direction,
        max_depth: int | None = None,
        arrived: Callable[[Iterable[Entity]], None] = lambda entities: None,
        made: Callable[[Sequence[str], Direction], Iterable[Association]] = lambda arns, way: (),
    ) -> None:
        self.sketches: dict[str, Entity] = {}
        self.gaps: list[Gap] = []
        self.refused: dict[str, LineageError] = {}
        self._service = service
        self._way = way
        self._levels = None if max_depth is None else max_depth + 1
        self._arrived = arrived
        self._made = made
        self._edges: defaultdict[str, dict[str, Association]] = defaultdict(dict)
        self._expanded: set[str] = set()
        self._lock = threading.Lock()

    def step(self, frontier: Sequence[str]) -> Iterator[tuple[str, Association]]:
        """One level of the walk; what is not known yet is asked for, all at once."""
        self._explore([arn for arn in frontier if arn not in self._expanded])
        self._draw(self._made(frontier, self._way))
        if self._levels is not None:
            self._levels -= 1
        return (each for arn in frontier for each in tuple(self._edges[arn].items()))

    def _explore(self, starts: Sequence[str]) -> None:
        depth = min(MOST_LEVELS, self._levels or MOST_LEVELS)
        outcome = self._service.each(lambda start: self._query(start, depth), starts)
        for start in outcome.found:
            self._expanded.update(self._within(start, depth - 1))
        for start, error in outcome.refused.items():
            # Asked once: what came before the refusal is kept, what is behind it is a gap.
            self._expanded.update(self._within(start, depth))
            self._note(start, error)

    def _query(self, start: str, depth: int) -> None:
        for page in self._service.pages(
            "QueryLineage",
            StartArns=[start],
            Direction=_DIRECTIONS[self._way],
            IncludeEdges=True,
            MaxDepth=depth,
            MaxResults=VERTICES_ON_A_PAGE,
        ):
            self._take(page)

    def _take(self, page: wire.Wire) -> None:
        sketches = [wire.sketch_of(vertex) for vertex in page["Vertices"]]
        with self._lock:
            new = [sketch for sketch in sketches if sketch.arn not in self.sketches]
            self.sketches.update((sketch.arn, sketch) for sketch in new)
            self._draw(map(wire.edge_of, page["Edges"]))
        self._arrived(new)

    def _draw(self, edges: Iterable[Association]) -> None:
        for edge in edges:
            near, far = edge.pair[:: -1 if self._way == "upstream" else 1]
            self._edges[near].setdefault(far, edge)

    def _within(self, start: str, depth: int) -> list[str]:
        def known(frontier: Sequence[str]) -> Iterable[tuple[str, str]]:
            return [(far, far) for arn in frontier for far in self._edges.get(arn, ())]

        return [arn for _, nodes, _ in walk([start], known, depth) for arn in nodes]

    def _note(self, start: str, error: LineageError) -> None:
        self.refused[start] = error
        # A start that does not exist is noticed when it is described.
        if not isinstance(error, (EntityNotFound, Interrupted)):
            self.gaps.append(gap_of(error, start, f"What lies {self._way} of it is not whole:"))
