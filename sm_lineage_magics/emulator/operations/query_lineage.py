"""QueryLineage: one walk, filtered in what it shows and not in where it goes, cut into pages.

>>> request = {"StartArns": [model], "Direction": "Ascendants", "IncludeEdges": True}
>>> OPERATIONS["QueryLineage"](account, request)["Edges"]
[{'SourceArn': 'arn:…/data', 'DestinationArn': 'arn:…/model', 'AssociationType': 'Produced'}]

The walk runs as far as the page asked for needs it, and waits there for the next page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice

from ...model import Association, Direction, Entity, EntityFilter, Level, crossings, walk
from .. import wire
from ..account import Account
from ..refusal import invalid, not_found
from ..wire import Request, Wire
from .trail import Crossing, Trail
from .trials import holds_experiment

MOST_LEVELS = 10
MOST_ON_A_PAGE = 50

# The service turns round at every entity it visits when asked for both; `walk` does so as well.
_DIRECTIONS: dict[str, Direction] = {
    "Ascendants": "upstream",
    "Descendants": "downstream",
    "Both": "both",
}


@dataclass(frozen=True)
class Find:
    """A vertex of the answer, with the edges that can be drawn once it is there."""

    vertex: Wire
    edges: Sequence[Association] = ()


def query_lineage(account: Account, request: Request) -> Wire:
    """A page of what lies upstream, downstream or around one entity.

    Not verified, and read so here: without Direction the walk goes both ways, without
    IncludeEdges there are none, without MaxResults a page has the most it may have.

    Raises:
        Refusal: `ResourceNotFound` when nothing has the start's ARN, `ValidationException` when
            there is no start.
    """
    # One view of the store for the page.
    with account.store.reading():
        course = Course(account, _start(request), request)
        if course.vertex(course.start) is None and not holds_experiment(account, course.start):
            raise not_found(course.start)
        page, following = account.paged(
            "QueryLineage", request, partial(_answer, account, course, request), MOST_ON_A_PAGE
        )
    return {
        "Vertices": [find.vertex for find in page],
        "Edges": [wire.edge_of(edge) for find in page for edge in find.edges],
        **following,
    }


def _start(request: Request) -> str:
    starts = request.get("StartArns")
    if not starts:
        # What the service answers without a start is not verified.
        raise invalid("StartArns must hold the ARN of one lineage entity.")
    return str(starts[0])


def _answer(account: Account, course: Course, request: Request) -> Iterator[Find]:
    only = wire.filter_of(request.get("Filters", {}))
    if not request.get("IncludeEdges", False):
        return _without_edges(account, course, only)
    return _whole(course) if only == EntityFilter() else _on_the_way(account, course, only)


class Course:
    """Where the walk of one request goes.

    Attributes:
        start: the ARN it begins at.
        most: levels it goes.
        turns: whether it turns round, and so may cross an association twice.
    """

    def __init__(self, account: Account, start: str, request: Request) -> None:
        direction = _DIRECTIONS[request.get("Direction", "Both")]
        self.start = start
        self.most = request.get("MaxDepth", MOST_LEVELS)
        self.turns = direction == "both"
        self._account = account
        self._steps = account.store.step(direction)

    def step(self, frontier: Sequence[str]) -> Iterator[tuple[str, Association]]:
        """One level on."""
        crossed = self._steps(frontier)
        if not self._account.lag:
            return crossed
        return (each for each in crossed if self._account.shows(each[1]))

    def vertex(self, arn: str) -> Wire | None:
        """The vertex of an ARN; None where no entity is."""
        seen = self._steps.of(arn)
        return None if seen is None else wire.vertex(arn, *seen)


def _without_edges(account: Account, course: Course, only: EntityFilter) -> Iterator[Find]:
    # Seen in the service's answers: without edges the start itself is not among the vertices.
    found = (arn for _, arn, _, new in crossings([course.start], course.step, course.most) if new)
    if only == EntityFilter():
        vertices = map(course.vertex, found)
        return (Find(vertex) for vertex in vertices if vertex is not None)
    return (Find(wire.vertex_of(one)) for one in _entities(account, found) if only(one))


def _whole(course: Course) -> Iterator[Find]:
    """Everything, each edge with the last of its ends, as the walk comes by it."""
    crossed: set[tuple[str, str]] = set()
    absent: set[str] = set()
    edges: list[Association] = []
    ready = course.vertex(course.start)
    for _, arn, edge, new in crossings([course.start], course.step, course.most):
        if new:
            vertex = course.vertex(arn)
            if vertex is None:
                absent.add(arn)
                continue
            if ready is not None:
                yield Find(ready, edges)
            ready, edges = vertex, []
        if arn not in absent and not (course.turns and edge.pair in crossed):
            edges.append(edge)
            if course.turns:
                crossed.add(edge.pair)
    if ready is not None:
        yield Find(ready, edges)


def _entities(account: Account, arns: Iterable[str]) -> Iterator[Entity]:
    # A level may be wide: its details are read a page at a time, when they are asked for.
    rest = iter(arns)
    while chunk := list(islice(rest, MOST_ON_A_PAGE)):
        yield from account.store.get(chunk).values()


def _on_the_way(account: Account, course: Course, only: EntityFilter) -> Iterator[Find]:
    """The entities that match, and with each the entities and edges on the way to it.

    That an entity which does not match is shown when, and only when, it lies on the way to one
    that does is how botocore's model describes IncludeEdges.
    """

    def step(frontier: Sequence[str]) -> Iterator[tuple[str, Crossing]]:
        return ((arn, Crossing(arn, edge)) for arn, edge in course.step(frontier))

    levels = walk([course.start], step, course.most)
    return _grouped(_seen(account, Trail(course.start), levels, only))


def _seen(
    account: Account, trail: Trail, levels: Iterable[Level[str, Crossing]], only: EntityFilter
) -> Iterator[Entity | Association]:
    for _, nodes, links in levels:
        yield from trail.cross(links)
        for entity in _entities(account, nodes):
            yield from trail.arrive(entity, wanted=only(entity))


def _grouped(seen: Iterable[Entity | Association]) -> Iterator[Find]:
    entity: Entity | None = None
    edges: list[Association] = []
    for one in seen:
        if isinstance(one, Association):
            edges.append(one)
            continue
        if entity is not None:
            yield Find(wire.vertex_of(entity), edges)
        entity, edges = one, []
    if entity is not None:
        yield Find(wire.vertex_of(entity), edges)


OPERATIONS = {"QueryLineage": query_lineage}
