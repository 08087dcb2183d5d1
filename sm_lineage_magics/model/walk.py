"""The one breadth-first walk. Every question, on every backend, is cut from it.

>>> links = {"d": ["b", "c"], "b": ["a"], "c": ["a"]}
>>> def step(frontier):
...     return [(up, (up, node)) for node in frontier for up in links.get(node, [])]
>>> [level.nodes for level in walk(["d"], step)]
[('d',), ('b', 'c'), ('a',)]
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

Direction = Literal["upstream", "downstream", "both"]


def steps_of(direction: Direction) -> tuple[Direction, ...]:
    """The one-way directions a direction is made of."""
    return ("upstream", "downstream") if direction == "both" else (direction,)


Node = TypeVar("Node", bound=Hashable)
Link = TypeVar("Link")

Step = Callable[[Sequence[Node]], Iterable[tuple[Node, Link]]]


@dataclass(frozen=True)
class Level(Generic[Node, Link]):
    """What one step found: the nodes first seen here, and every link crossed to get here.

    `links` also holds those that lead back to nodes seen before, so that nothing is lost of a
    diamond or a cycle.
    """

    depth: int
    nodes: tuple[Node, ...]
    links: tuple[Link, ...]


def walk(
    start: Iterable[Node],
    step: Step[Node, Link],
    max_depth: int | None = None,
) -> Iterator[Level[Node, Link]]:
    """Yield the start as level 0, then one level after the other, each when it is asked for.

    Args:
        start: where to begin; duplicates count once.
        step: from all nodes of a level to pairs (neighbour, link crossed).
        max_depth: how many levels to go; None for all of them.
    """
    frontier = tuple(dict.fromkeys(start))
    seen = set(frontier)
    depth = 0
    yield Level(depth, frontier, ())
    while frontier and (max_depth is None or depth < max_depth):
        crossed = tuple(step(frontier))
        frontier = tuple(dict.fromkeys(node for node, _ in crossed if node not in seen))
        seen.update(frontier)
        depth += 1
        if crossed:
            yield Level(depth, frontier, tuple(link for _, link in crossed))
