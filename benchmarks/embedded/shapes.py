"""Shapes that defeat naive walks, at one and ten times the size."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import workload
from measure import median, table

from sm_lineage_magics.backends.local import LocalBackend
from sm_lineage_magics.backends.local.bulk import load
from sm_lineage_magics.model import LineageGraph

_SHAPES: dict[str, Callable[[int], LineageGraph]] = {
    "chain": workload.chain,
    "hub": lambda size: workload.hub(10 * size),
    "ladder 2 wide": lambda size: workload.ladder(2, size // 2),
    "ladder 32 wide": lambda size: workload.ladder(32, size // 32),
    "skip chain": workload.skip_chain,
    "ring": workload.ring,
}


def shapes(folder: Path, sizes: list[int]) -> None:
    """Print what each node and edge of a shape costs; the stores are in memory, of fixed sizes."""
    rows = []
    for name, make in _SHAPES.items():
        small, large = (_walked(make(size)) * 1e6 for size in (1_000, 10_000))
        rows.append((name, f"{small:.1f} µs", f"{large:.1f} µs", f"{large / small:.2f}"))
    head = ("shape", "per node and edge", "at ten times the size", "ratio")
    table("Shapes (goal: at most 1.5)", head, rows)


def _walked(graph: LineageGraph) -> float:
    """Seconds of a whole walk for each node and edge of a shape."""
    start = next(iter(graph.entities))
    with closing(LocalBackend.open(":memory:")) as backend:
        load(backend.store, graph.entities.values(), graph.associations)
        answer = backend.traverse([start], "downstream")
        assert set(answer.graph.entities) == set(graph.distances([start], "downstream"))
        taken = median(lambda: backend.traverse([start], "downstream"), 3)
    return taken / (len(graph.entities) + len(graph.associations))
