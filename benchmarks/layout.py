"""Our layout against igraph's sugiyama, grandalf's and fast-sugiyama's: time and edge crossings.

    python benchmarks/layout.py [SIZE …]

The others are no dependencies; those that are not installed are named and left out. All get the
same graphs and numbers as names; crossings of all are counted by one function, over straight lines
between the nodes' places, so that no tool's own way of routing counts for or against it. Each is
asked in a process of its own and stopped after `LIMIT` seconds; what is over the limit at one size
is not asked for the next.
"""

from __future__ import annotations

import multiprocessing
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from typing import Any

import numpy

from sm_lineage_magics.views.picture.layout import Size, lay_out

Edge = tuple[int, int]
Places = dict[int, tuple[float, float]]
Tool = Callable[[int, list[Edge]], Places]
LIMIT = 60.0
BOX = Size(148, 40)


def graph(size: int, seed: int = 1, levels: int = 10, ratio: float = 1.3) -> list[Edge]:
    """A lineage-like graph: levels of data and jobs, most edges to the next level and nearby."""
    dice = random.Random(seed)
    per = max(size // levels, 1)
    edges: set[Edge] = set()
    while len(edges) < size * ratio:
        end = dice.randrange(per, size)
        level = end // per
        start_level = level - 1 if dice.random() < 0.85 else dice.randrange(level)
        near = int(min(per - 1, max(0, dice.gauss(end % per, per * 0.05 + 1))))
        edges.add((start_level * per + near, end))
    return sorted(edges)


def ours(size: int, edges: list[Edge]) -> Places:
    """This package's."""
    links = [(str(a), str(b)) for a, b in edges]
    layout = lay_out({str(node): BOX for node in range(size)}, links)
    return {int(node): point for node, point in layout.positions.items()}


def igraph(size: int, edges: list[Edge]) -> Places:
    """igraph's, in C (GPL)."""
    import igraph as library

    layout = library.Graph(size, edges, directed=True).layout_sugiyama()
    return {node: (layout[node][1], layout[node][0]) for node in range(size)}


def grandalf(size: int, edges: list[Edge]) -> Places:
    """grandalf's, in Python (GPL)."""
    from grandalf.graphs import Edge as Line
    from grandalf.graphs import Graph, Vertex
    from grandalf.layouts import SugiyamaLayout, VertexViewer

    vertices = [Vertex(node) for node in range(size)]
    for vertex in vertices:
        vertex.view = VertexViewer(BOX.height, BOX.width)
    drawing = Graph(vertices, [Line(vertices[a], vertices[b]) for a, b in edges])
    places: Places = {}
    shift = 0.0
    for part in drawing.C:
        layout = SugiyamaLayout(part)
        layout.init_all()
        layout.draw(8)
        for vertex in part.sV:
            across, along = vertex.view.xy
            places[vertex.data] = (along, across + shift)
        shift += 10_000
    return places


def fast_sugiyama(size: int, edges: list[Edge]) -> Places:
    """fast-sugiyama's, in Rust."""
    from fast_sugiyama import from_edges

    places: Places = {}
    shift = 0.0
    for part in from_edges(edges):
        for node, (across, along) in part[0]:
            places[node] = (-along, across + shift)
        shift += 1_000_000
    return places


LIBRARIES: dict[str, Tool] = {
    "igraph": igraph,
    "grandalf": grandalf,
    "fast_sugiyama": fast_sugiyama,
}


def crossings(edges: list[Edge], places: Places) -> int:
    """How many pairs of straight edges cross, ends in common left out."""
    drawn = sorted((*sorted((places[a], places[b])), a, b) for a, b in edges)
    start = numpy.array([each[0] for each in drawn])
    end = numpy.array([each[1] for each in drawn])
    nodes = numpy.array([each[2:] for each in drawn])
    crossed = 0
    for at in range(len(drawn)):
        # Edges begin in their order from the left: those beyond this one's end cannot cross it.
        rest = slice(at + 1, int(numpy.searchsorted(start[:, 0], end[at, 0])))
        apart = (nodes[rest, :, None] != nodes[at]).all(axis=(1, 2))
        here = _sides(start[at], end[at], start[rest]) * _sides(start[at], end[at], end[rest])
        there = _sides(start[rest], end[rest], start[at]) * _sides(start[rest], end[rest], end[at])
        crossed += int((apart & (here < 0) & (there < 0)).sum())
    return crossed


def _sides(one: Any, other: Any, point: Any) -> Any:
    """On which side of the line through two points a third lies, by its sign."""
    across, along = (other - one).T, (point - one).T
    return numpy.sign(across[0] * along[1] - across[1] * along[0])


def timed(layout: Tool, size: int) -> tuple[float, Places]:
    """Median seconds of three (one, where one takes long), and the last places."""
    edges = graph(size)
    times: list[float] = []
    places: Places = {}
    while len(times) < 3 and sum(times) < 5:
        started = time.perf_counter()
        places = layout(size, edges)
        times.append(time.perf_counter() - started)
    return statistics.median(times), places


def asked(layout: Tool, size: int) -> tuple[float, int] | None:
    """Median seconds and crossings; None if there is no answer within the limit."""
    with multiprocessing.Pool(1) as process:  # stopped at the end of the block, busy or not
        try:
            took, places = process.apply_async(timed, (layout, size)).get(LIMIT)
        except multiprocessing.TimeoutError:
            return None
    return took, crossings(graph(size), places)


def compared(tools: dict[str, Tool], size: int) -> Iterator[str]:
    """One line for each tool; those over the limit are taken away."""
    base = None
    for name, layout in list(tools.items()):
        answer = asked(layout, size)
        if answer is None:
            del tools[name]
            yield f"{name:14} over {LIMIT:.0f} s"
        else:
            took, crossed = answer
            base = base or took
            yield f"{name:14} {took:8.3f} s  {took / base:6.2f} times  {crossed:,} crossings"


def main(sizes: list[int]) -> None:
    """Print one line per size and tool."""
    tools = {"ours": ours} | {name: tool for name, tool in LIBRARIES.items() if find_spec(name)}
    for name in LIBRARIES.keys() - tools.keys():
        print(f"{name} is not installed and left out")
    for size in sizes:
        for line in compared(tools, size):
            print(f"{size:>6}  {line}", flush=True)


if __name__ == "__main__":
    main([int(text) for text in sys.argv[1:]] or [100, 1_000, 10_000])
