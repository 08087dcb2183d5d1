"""Parts of a graph that have nothing to do with each other, found and put side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from .values import Layout, Pair, Point, Size, Spacing, joined

# A picture about this much wider than high is comfortable in a notebook's cell.
_ASPECT = 2.2


def components(nodes: Iterable[str], links: Iterable[Pair]) -> Iterator[tuple[str, ...]]:
    """The connected parts, larger ones first, then in the order given."""
    beside: dict[str, list[str]] = {node: [] for node in nodes}
    for source, destination in links:
        beside[source].append(destination)
        beside[destination].append(source)
    part: dict[str, int] = {}
    for node in beside:
        if node not in part:
            _spread(node, beside, part)
    members: dict[int, list[str]] = defaultdict(list)
    for node in beside:
        members[part[node]].append(node)
    yield from sorted((tuple(each) for each in members.values()), key=len, reverse=True)


def _spread(start: str, beside: dict[str, list[str]], part: dict[str, int]) -> None:
    number = len(part)
    waiting = [start]
    part[start] = number
    for node in waiting:
        for near in beside[node]:
            if near not in part:
                part[near] = number
                waiting.append(near)


def single(node: str, size: Size) -> Layout:
    """The layout of one node alone."""
    return Layout({node: Point(size.width / 2, size.height / 2)}, {}, 0, 0, size.width, size.height)


def packed(parts: Sequence[Layout], spacing: Spacing) -> Layout:
    """All parts as one drawing, in rows that are filled from the left."""
    room = spacing.component
    area = sum((part.width + room) * (part.height + room) for part in parts)
    widest = max([*(part.width for part in parts), (area * _ASPECT) ** 0.5])
    placed: list[Layout] = []
    left = top = bottom = 0.0
    for part in parts:
        if left and left + part.width > widest:
            left, top = 0.0, bottom + spacing.component
        placed.append(part.moved(left, top))
        left += part.width + spacing.component
        bottom = max(bottom, top + part.height)
    return joined(placed)


def cleared(parts: Iterable[Layout], spacing: Spacing) -> list[Layout]:
    """Parts that stay where they are, but for those that grew into each other: they move down."""
    placed: list[Layout] = []
    for part in sorted(parts, key=lambda each: each.top):
        lowest = max((other.bottom for other in placed if _beside(part, other)), default=part.top)
        move = max(0.0, lowest + spacing.component - part.top) if lowest > part.top else 0.0
        placed.append(part.moved(0, move))
    return placed


def _beside(one: Layout, other: Layout) -> bool:
    return one.left < other.right and other.left < one.right
