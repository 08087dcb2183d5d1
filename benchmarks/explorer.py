"""The explorer against ipycytoscape as it is documented, in a real JupyterLab in Chromium.

    python benchmarks/explorer.py [ROUNDS]

Four ways to draw one answer, taken turn by turn in one notebook of one kernel:

A     `add_graph_from_json` and dagre, as ipycytoscape's documentation has it
C     complete nodes and edges as plain lists, and dagre
P     the same with positions from Python
ours  `Explorer(answer)`

Painted is measured from the first line that builds the widget, by the kernel's clock, to the end
of the drawing after which nothing on the canvas changes any more, by the browser's; both are the
machine's.
Then, in the explorer alone, how long it takes until everything around the canvas is there as well,
how long a click takes to show details, and expanding to draw.
"""

from __future__ import annotations

import math
import statistics
import sys
from collections.abc import Callable

from browser.notebook import Notebook, notebook
from measure import table

SIZES = (20, 100, 500, 1_000)
GROUPED = 10_000
CLICKED = (20, 100, 300)
WAYS = ("A", "C", "P", "ours")

# (way, size) → median seconds
Painted = dict[tuple[str, int], float]


def or_never(act: Callable[..., float], *asked: object) -> float:
    """What it took; infinite where nothing comes: of many messages ZMQ may drop some."""
    from playwright.sync_api import TimeoutError

    try:
        return act(*asked)
    except TimeoutError:
        return math.inf


def painted(opened: Notebook, rounds: int) -> Painted:
    """How long each way took to paint each size; ways alternate within a size."""
    wanted = [(way, size) for size in SIZES for way in WAYS] + [("ours", GROUPED)]
    for way in WAYS:
        or_never(opened.painted, way, 20)
    taken: dict[tuple[str, int], list[float]] = {each: [] for each in wanted}
    for _ in range(rounds):
        for way, size in wanted:
            taken[way, size].append(or_never(opened.painted, way, size))
            print(f"{size:>6} {way:5} {taken[way, size][-1]:.2f} s", file=sys.stderr, flush=True)
    return {each: statistics.median(times) for each, times in taken.items()}


def used(opened: Notebook, rounds: int) -> dict[str, list[float]]:
    """What is waited for → median seconds for each of the sizes clicked."""
    acts = {
        "everything there": opened.furnished,
        "details after a click": opened.clicked,
        "drawn after expanding": opened.expanded,
    }
    return {
        name: [statistics.median(or_never(act, size) for _ in range(rounds)) for size in CLICKED]
        for name, act in acts.items()
    }


def in_words(seconds: float) -> str:
    """A time in a table."""
    return "never" if seconds == math.inf else f"{seconds:.2f} s"


def ways_of(took: Painted, size: int) -> list[str]:
    """The row of a size: the time of each way, and two of them beside ours."""
    times = [in_words(took[way, size]) for way in WAYS]
    ratios = [f"{took[way, size] / took['ours', size]:.1f}" for way in ("A", "P")]
    return [str(size), *times, *ratios]


def main(rounds: int) -> None:
    """Print the tables."""
    with notebook() as opened:
        took = painted(opened, rounds)
        waited = used(opened, rounds)
    rows = [ways_of(took, size) for size in SIZES]
    table("Painted", ("entities", *WAYS, "A / ours", "P / ours"), rows)
    grouped, hundred = took["ours", GROUPED], took["ours", 100]
    print(f"\n{GROUPED:,} grouped: {in_words(grouped)}, {grouped / hundred:.2f} times that of 100")
    rows = [[name, *map(in_words, times)] for name, times in waited.items()]
    table("Used", ("until", *map(str, CLICKED)), rows)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
