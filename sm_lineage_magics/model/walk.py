"""The one breadth-first walk. Every question, on every backend, is cut from it.

>>> links = {"d": ["b", "c"], "b": ["a"], "c": ["a"]}
>>> def step(frontier):
...     return [(up, (up, node)) for node in frontier for up in links.get(node, [])]
>>> [nodes for _, nodes, _ in walk(["d"], step)]
[('d',), ('b', 'c'), ('a',)]
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import Literal, TypeVar

Direction = Literal["upstream", "downstream", "both"]

Node = TypeVar("Node", bound=Hashable)
Link = TypeVar("Link")

# What one step found: how deep, the nodes first seen here, and every link crossed to get here. Some
# links lead back to nodes seen before, so that nothing is lost of a diamond or a cycle.
Level = tuple[int, tuple[Node, ...], tuple[Link, ...]]

# The same of one link: how deep, where it leads, the link, and whether that was first seen here.
Crossing = tuple[int, Node, Link, bool]

Step = Callable[[Sequence[Node]], Iterable[tuple[Node, Link]]]


def steps_of(direction: Direction) -> tuple[Direction, ...]:
    """The one-way directions a direction is made of."""
    return ("upstream", "downstream") if direction == "both" else (direction,)


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
    starts = tuple(dict.fromkeys(start))
    yield 0, starts, ()
    for depth, crossed in _levels(starts, step, max_depth):
        rows = tuple(crossed)
        if rows:
            nodes = tuple(node for _, node, _, new in rows if new)
            yield depth, nodes, tuple(link for _, _, link, _ in rows)


def crossings(
    start: Iterable[Node],
    step: Step[Node, Link],
    max_depth: int | None = None,
) -> Iterator[Crossing[Node, Link]]:
    """The same walk link by link, each when it is asked for: depth, neighbour, link, whether new.

    For pages: the first fifty of a hub's hundred thousand children cost fifty, where `step`
    yields its pairs one by one.
    """
    for _, crossed in _levels(tuple(dict.fromkeys(start)), step, max_depth):
        yield from crossed


def _levels(
    start: tuple[Node, ...], step: Step[Node, Link], max_depth: int | None
) -> Iterator[tuple[int, Iterator[Crossing[Node, Link]]]]:
    """Each level's depth and crossings; a level must be used up before the next is asked for."""
    seen = set(start)
    ahead = list(start)
    depth = 0
    while ahead and (max_depth is None or depth < max_depth):
        frontier, ahead = ahead, []
        depth += 1
        yield depth, _crossed(depth, step(frontier), seen, ahead)


def _crossed(
    depth: int, pairs: Iterable[tuple[Node, Link]], seen: set[Node], ahead: list[Node]
) -> Iterator[Crossing[Node, Link]]:
    for node, link in pairs:
        new = node not in seen
        if new:
            seen.add(node)
            ahead.append(node)
        yield depth, node, link, new
