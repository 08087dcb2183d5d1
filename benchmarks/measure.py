"""Measuring both sides in one run: medians, ratios, one table. Absolute times are the machine's."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence


def median(run: Callable[[], object], times: int = 15) -> float:
    """The median seconds of a call, after one that does not count."""
    run()
    return statistics.median(seconds(run) for _ in range(times))


def interleaved(runs: dict[str, Callable[[], object]], times: int = 15) -> dict[str, float]:
    """The medians of several calls taken turn by turn, so that a busy moment hits them all."""
    for run in runs.values():
        run()
    taken = [{name: seconds(run) for name, run in runs.items()} for _ in range(times)]
    return {name: statistics.median(each[name] for each in taken) for name in runs}


def seconds(run: Callable[[], object]) -> float:
    """How long one call takes."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def table(title: str, head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a table as Markdown."""
    print(f"\n### {title}\n")
    print("| " + " | ".join(head) + " |")
    print("|" + "---|" * len(head))
    for row in rows:
        print("| " + " | ".join(map(str, row)) + " |")


def ms(seconds: float) -> str:
    """Milliseconds, to three digits."""
    return f"{seconds * 1000:.3g} ms"
