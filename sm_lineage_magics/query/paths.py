"""How one entity leads to another.

>>> [[edge.type for edge in path] for path in shortest_paths(graph, raw, model)]
[['ContributedTo', 'Produced', 'ContributedTo', 'Produced']]
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from ..model import Association, LineageGraph

Path = tuple[Association, ...]

# The ways to everything behind a chain of thousands would together be millions of steps.
MOST_STEPS = 24


# Bounds of what is told of the paths between two entities: how many, how much longer than the
# shortest, and how many beginnings are looked at to find them.
MOST_PATHS = 100
LONGER = 6
MOST_LOOKS = 100_000


def between(graph: LineageGraph, source: str, destination: str) -> LineageGraph:
    """What lies on any way from `source` to `destination`, ends included."""
    down = graph.distances([source], "downstream")
    up = graph.distances([destination], "upstream")
    return graph.induced(arn for arn in down if arn in up)


@dataclass(frozen=True)
class Paths:
    """Paths found, and why there may be more; nothing where these are all."""

    found: tuple[Path, ...] = ()
    cut: str = ""


def shortest_paths(
    graph: LineageGraph, source: str, destination: str, *, max_paths: int = MOST_PATHS
) -> Paths:
    """The paths from `source` to `destination` that are as short as the shortest.

    Empty when nothing leads there, and when source and destination are the same.
    """
    away = graph.distances([destination], "upstream")
    if source == destination or source not in away:
        return Paths()
    return _first(max_paths, _descending(graph, source, away))


def simple_paths(
    graph: LineageGraph,
    source: str,
    destination: str,
    *,
    longer: int = LONGER,
    max_paths: int = MOST_PATHS,
    max_looks: int = MOST_LOOKS,
) -> Paths:
    """Paths that visit nothing twice, shortest first, within the bounds given.

    Args:
        graph: where to look.
        source: ARN to start from.
        destination: ARN to arrive at.
        longer: associations a path may have more than the shortest.
        max_paths: how many to return at most.
        max_looks: how many beginnings of paths to look at; of a knot there are more than atoms.
    """
    away = graph.distances([destination], "upstream")
    if source == destination or source not in away:
        return Paths()
    longest = away[source] + longer
    looks = (
        path
        for length in range(away[source], longest + 1)
        for path in _of_length(graph, source, destination, length, away)
    )
    told = _first(max_paths, filter(None, islice(looks, max_looks)))
    if told.cut:
        return told
    if any(True for _ in looks):
        return Paths(told.found, "There are too many ways between them to look at each.")
    return told if len(graph) <= longest + 1 else _no_longer(told, longest)


def _first(number: int, paths: Iterable[Path]) -> Paths:
    found = tuple(islice(paths, number + 1))
    cut = f"There are more; the first {number:,} are told." if len(found) > number else ""
    return Paths(found[:number], cut)


def _no_longer(told: Paths, longest: int) -> Paths:
    return Paths(told.found, f"Paths of more than {longest} steps are not looked for.")


@dataclass(frozen=True)
class Way:
    """One shortest way to somewhere, of which a long one is told by its end.

    Attributes:
        start: ARN it begins at.
        length: how many associations it has.
        steps: the last of them, all of them where they are few.
    """

    start: str
    length: int = 0
    steps: Path = ()


def way_to(graph: LineageGraph, sources: Iterable[str]) -> Callable[[str], Way]:
    """A function from an ARN to one shortest way there from any of `sources`.

    The graph is walked once, however many ways are asked for. Where none leads there, the way
    begins there.
    """
    came_by: dict[str, Association] = {}
    begun: dict[str, tuple[str, int]] = {arn: (arn, 0) for arn in sources}
    for depth, _, links in graph.levels(tuple(begun), "downstream"):
        for edge in links:
            if edge.destination not in begun:
                came_by[edge.destination] = edge
                start, _ = begun[edge.source]
                begun[edge.destination] = (start, depth)

    def way(arn: str) -> Way:
        start, length = begun.get(arn, (arn, 0))
        steps: list[Association] = []
        while arn in came_by and len(steps) < MOST_STEPS:
            steps.append(came_by[arn])
            arn = came_by[arn].source
        return Way(start, length, tuple(reversed(steps)))

    return way


def _descending(graph: LineageGraph, source: str, away: dict[str, int]) -> Iterator[Path]:
    """Depth first along edges that come one nearer each; without recursion, for long chains."""
    stack: list[Iterator[Association]] = [_nearer(graph, source, away)]
    path: list[Association] = []
    while stack:
        edge = next(stack[-1], None)
        if edge is None:
            stack.pop()
            if path:
                path.pop()
        elif away[edge.destination] == 0:
            yield (*path, edge)
        else:
            path.append(edge)
            stack.append(_nearer(graph, edge.destination, away))


def _nearer(graph: LineageGraph, arn: str, away: dict[str, int]) -> Iterator[Association]:
    edges = graph.outgoing.get(arn, ())
    return (edge for edge in edges if away.get(edge.destination, -1) == away[arn] - 1)


def _of_length(
    graph: LineageGraph, source: str, destination: str, length: int, away: dict[str, int]
) -> Iterator[Path | None]:
    """Simple paths of exactly `length`, and None for each beginning of one that was looked at.

    Depth first, in time and room for one path; branches that cannot arrive in time are cut.
    """
    yield None
    stack = [iter(graph.outgoing.get(source, ()))]
    path: list[Association] = []
    seen = {source}
    while stack:
        edge = next(stack[-1], None)
        if edge is None:
            stack.pop()
            if path:
                seen.remove(path.pop().destination)
        elif edge.destination in seen or away.get(edge.destination, length) >= length - len(path):
            continue
        elif edge.destination == destination:
            yield (*path, edge) if len(path) + 1 == length else None
        else:
            yield None
            path.append(edge)
            seen.add(edge.destination)
            stack.append(iter(graph.outgoing.get(edge.destination, ())))
