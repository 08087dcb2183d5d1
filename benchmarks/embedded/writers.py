"""Eight processes that write as fast as they can, for ten seconds."""

from __future__ import annotations

import json
import sqlite3
import statistics
import subprocess
import tempfile
from contextlib import closing
from pathlib import Path

from measure import ms, table

from embedded.processes import command, environment
from sm_lineage_magics.backends.local import Store

_WRITING = """
import json, sys, time
from embedded.tracks import LocalBackend, track

backend = LocalBackend.open(sys.argv[1])
first = int(sys.argv[2]) * 10**6
until, waits = time.time() + float(sys.argv[3]), []
while time.time() < until:
    start = time.perf_counter()
    backend.apply(track(first + len(waits)))
    waits.append(time.perf_counter() - start)
backend.close()
print(json.dumps(waits))
"""


def writers(folder: Path, sizes: list[int]) -> None:
    """Print whether anything was lost, and how evenly the writers waited."""
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        path = Path(scratch) / "lineage.db"
        Store.open(path).close()
        waits = _waits(path, writers=8, duration=10)
        found, sound = _kept(path)
    lost = sum(map(len, waits)) * 15 - found
    rows = [("entities lost", lost), ("integrity_check", sound), *_fairness(waits)]
    table("Eight writers for ten seconds", ("what", "measured"), rows)


def _waits(path: Path, *, writers: int, duration: float) -> list[list[float]]:
    """The seconds that each track took each writer, all writing at once for a duration."""
    running = [
        subprocess.Popen(
            command(_WRITING, path, number, duration), stdout=subprocess.PIPE, env=environment()
        )
        for number in range(writers)
    ]
    return [json.loads(process.communicate()[0]) for process in running]


def _kept(path: Path) -> tuple[int, str]:
    """How many entities a store has, and what SQLite says of its file."""
    with closing(Store.open(path)) as store, closing(sqlite3.connect(path)) as connection:
        (sound,) = connection.execute("PRAGMA integrity_check").fetchone()
        return store.count(), sound


def _fairness(waits: list[list[float]]) -> list[tuple[str, object]]:
    every = sorted(wait for each in waits for wait in each)
    middle = statistics.median(every)
    counts = sorted(map(len, waits))
    return [
        ("tracks", len(every)),
        ("median wait", ms(middle)),
        ("slowest / median (goal: at most 20)", f"{every[-1] / middle:.1f}"),
        ("fewest / most of a writer (goal: at least 0.8)", f"{counts[0] / counts[-1]:.2f}"),
    ]
