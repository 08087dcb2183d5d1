"""How far to the right each column stands, with more room where many edges are steep."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .layers import Layers
from .values import Point, Spacing

# Of the height an edge has to climb, the share it gets as room to do it in.
_SLOPE = 0.14


def columns_of(places: Mapping[int, Point], spacing: Spacing) -> dict[int, int]:
    """The column each node stood in, told by where it was; parts may have had their own."""
    column, last = -1, float("-inf")
    columns: dict[int, int] = {}
    for node in sorted(places, key=lambda each: places[each].x):
        if places[node].x - last > spacing.column:
            column, last = column + 1, places[node].x
        columns[node] = column
    return columns


def column_widths(layers: Layers, widths: Sequence[float]) -> list[float]:
    """The width of the widest node of each column; waypoints take none."""
    return [
        max((widths[node] for node in column if node < layers.nodes), default=0.0)
        for column in layers.columns
    ]


def column_centres(
    layers: Layers, widths: Sequence[float], heights: Sequence[float], spacing: Spacing
) -> list[float]:
    """The middle of each column, the first beginning at 0."""
    centres: list[float] = []
    for index, width in enumerate(widths):
        if not centres:
            centres.append(width / 2)
            continue
        room = _room(layers, layers.columns[index - 1], heights, spacing)
        centres.append(centres[-1] + widths[index - 1] / 2 + room + width / 2)
    return centres


def anchored_centres(
    widths: Sequence[float], before: Mapping[int, float], spacing: Spacing
) -> list[float]:
    """Columns that held old nodes where they were, new ones beside them at the usual distance."""
    first = min(before)
    centres = {first: before[first]}
    for index in range(first - 1, -1, -1):
        centres[index] = centres[index + 1] - _apart(widths, index, spacing)
    for index in range(first + 1, len(widths)):
        nearest = centres[index - 1] + _apart(widths, index - 1, spacing)
        centres[index] = max(nearest, before.get(index, nearest))
    return [centres[index] for index in range(len(widths))]


def _apart(widths: Sequence[float], index: int, spacing: Spacing) -> float:
    return (widths[index] + widths[index + 1]) / 2 + spacing.column


def _room(
    layers: Layers, column: Sequence[int], heights: Sequence[float], spacing: Spacing
) -> float:
    climbs = [abs(heights[node] - heights[each]) for node in column for each in layers.right[node]]
    return min(max(spacing.column, _SLOPE * max(climbs, default=0.0)), spacing.widest)
