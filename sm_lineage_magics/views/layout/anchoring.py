"""Keep what was there where it was: old nodes stay, new ones find room among them.

Each column is solved exactly: the places nearest to the wished ones that keep order and distance,
by pooling adjacent violators. Old nodes wish to stay, with all their weight; new ones wish to stand
between what they are joined to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from .alignment import Gap
from .layers import Layers

_HELD = 1e9
_ROUNDS = 4


def anchor(
    layers: Layers, heights: Sequence[float], before: Mapping[int, float], gap: Gap
) -> list[float]:
    """Heights near `heights`, but with the nodes of `before` as near to their old ones as fits."""
    moves = sorted(before[node] - heights[node] for node in before)
    move = moves[len(moves) // 2]
    now = [before.get(node, height + move) for node, height in enumerate(heights)]
    for turn in range(_ROUNDS):
        for column in layers.columns if turn % 2 == 0 else layers.columns[::-1]:
            wishes = [_wish(layers, node, now, before) for node in column]
            weights = [_HELD if node in before else 1.0 for node in column]
            rooms = [gap(one, next) for one, next in pairwise(column)]
            for node, height in zip(column, nearest(wishes, weights, rooms), strict=True):
                now[node] = height
    return now


def nearest(
    wishes: Sequence[float], weights: Sequence[float], rooms: Sequence[float]
) -> list[float]:
    """The rising places nearest to `wishes`, at least `rooms` apart.

    >>> nearest([0, 0, 100], [1, 1, 1], [10, 10])
    [-5.0, 5.0, 100.0]
    """
    offsets = [0.0]
    for room in rooms:
        offsets.append(offsets[-1] + room)
    pools: list[tuple[float, float, int]] = []
    for wish, weight, offset in zip(wishes, weights, offsets, strict=True):
        mean, mass, count = wish - offset, weight, 1
        while pools and pools[-1][0] > mean:
            other, heavier, more = pools.pop()
            mean = (mean * mass + other * heavier) / (mass + heavier)
            mass, count = mass + heavier, count + more
        pools.append((mean, mass, count))
    means = [mean for mean, _, count in pools for _ in range(count)]
    return [mean + offset for mean, offset in zip(means, offsets, strict=True)]


def _wish(layers: Layers, node: int, now: Sequence[float], before: Mapping[int, float]) -> float:
    around = layers.left[node] + layers.right[node]
    if node in before or not around:
        return before.get(node, now[node])
    return sum(now[each] for each in around) / len(around)
