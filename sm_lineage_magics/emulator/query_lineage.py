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

from ..model import Association, Direction, Entity, EntityFilter, Level, walk
from . import wire
from .account import Account
from .refusal import invalid, not_found
from .trail import Crossing, Trail
from .trials import holds_experiment
from .wire import Request, Wire

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

    entity: Entity
    edges: tuple[Association, ...] = ()


def query_lineage(account: Account, request: Request) -> Wire:
    """A page of what lies upstream, downstream or around one entity.

    Not verified, and read so here: without Direction the walk goes both ways, without
    IncludeEdges there are none, without MaxResults a page has the most it may have.
    """
    start = _start(account, request)
    page, following = account.paged(
        "QueryLineage", request, partial(_answer, account, start, request), MOST_ON_A_PAGE
    )
    return {
        "Vertices": [wire.vertex_of(find.entity) for find in page],
        "Edges": [wire.edge_of(edge) for find in page for edge in find.edges],
        **following,
    }


def _start(account: Account, request: Request) -> str:
    starts = request.get("StartArns")
    if not starts:
        # What the service answers without a start is not verified.
        raise invalid("StartArns must hold the ARN of one lineage entity.")
    start = str(starts[0])
    if not account.store.get([start]) and not holds_experiment(account, start):
        raise not_found(start)
    return start


def _answer(account: Account, start: str, request: Request) -> Iterator[Find]:
    levels = _levels(account, start, request)
    only = wire.filter_of(request.get("Filters", {}))
    if request.get("IncludeEdges", False):
        return _with_edges(account, start, levels, only)
    # Seen in the service's answers: without edges the start itself is not among the vertices.
    return (
        Find(entity)
        for level in levels
        for entity in _entities(account, level.nodes)
        if entity.arn != start and only(entity)
    )


def _levels(account: Account, start: str, request: Request) -> Iterator[Level[str, Crossing]]:
    step = account.store.step(_DIRECTIONS[request.get("Direction", "Both")])

    def crossing(frontier: Sequence[str]) -> Iterable[tuple[str, Crossing]]:
        return ((arn, Crossing(arn, edge)) for arn, edge in step(frontier) if account.shows(edge))

    return walk([start], crossing, request.get("MaxDepth", MOST_LEVELS))


def _entities(account: Account, arns: Sequence[str]) -> Iterator[Entity]:
    # A level may be wide: its details are read a page at a time, when they are asked for.
    for first in range(0, len(arns), MOST_ON_A_PAGE):
        chunk = arns[first : first + MOST_ON_A_PAGE]
        found = account.store.get(chunk)
        yield from (found[arn] for arn in chunk if arn in found)


def _with_edges(
    account: Account, start: str, levels: Iterable[Level[str, Crossing]], only: EntityFilter
) -> Iterator[Find]:
    """The entities that match, and with each the entities and edges on the way to it.

    That an entity which does not match is shown when, and only when, it lies on the way to one
    that does is how botocore's model describes IncludeEdges.
    """
    if only == EntityFilter():
        return _all_with_edges(account, levels)
    return _grouped(_seen(account, Trail(start), levels, only))


def _all_with_edges(account: Account, levels: Iterable[Level[str, Crossing]]) -> Iterator[Find]:
    """Everything, each edge with the last of its ends: no way has to be remembered."""
    crossed: set[tuple[str, str]] = set()
    ready: Find | None = None
    for level in levels:
        arriving: dict[str, list[Association]] = {arn: [] for arn in level.nodes}
        back: list[Association] = []
        for crossing in level.links:
            if crossing.edge.pair not in crossed:
                crossed.add(crossing.edge.pair)
                arriving.get(crossing.to, back).append(crossing.edge)
        if ready is not None and back:
            ready = Find(ready.entity, (*ready.edges, *back))
        for entity in _entities(account, level.nodes):
            if ready is not None:
                yield ready
            ready = Find(entity, tuple(arriving[entity.arn]))
    if ready is not None:
        yield ready


def _seen(
    account: Account, trail: Trail, levels: Iterable[Level[str, Crossing]], only: EntityFilter
) -> Iterator[Entity | Association]:
    for level in levels:
        yield from trail.cross(level)
        for entity in _entities(account, level.nodes):
            yield from trail.arrive(entity, wanted=only(entity))


def _grouped(seen: Iterable[Entity | Association]) -> Iterator[Find]:
    entity: Entity | None = None
    edges: list[Association] = []
    for one in seen:
        if isinstance(one, Association):
            edges.append(one)
            continue
        if entity is not None:
            yield Find(entity, tuple(edges))
        entity, edges = one, []
    if entity is not None:
        yield Find(entity, tuple(edges))


OPERATIONS = {"QueryLineage": query_lineage}
