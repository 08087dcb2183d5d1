"""The store where locks and syncs are slow, as on NFS: `slow_files.py [TIMES]`. Linux, with gcc.

A library that is preloaded makes each lock, unlock and sync as slow as EFS says of itself (1 ms and
2.7 ms). All sides run under it, in one process and turn by turn: what any shared file costs that is
locked, written, synced and unlocked; a track; a question.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from embedded.tracks import track
from measure import interleaved, ms, table

from sm_lineage_magics.backends.local import LocalBackend

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "tests" / "backends" / "local" / "file" / "slow_files.c"
SLOWNESS = {"SLOW_LOCK_US": "1000", "SLOW_SYNC_US": "2700", "SM_LINEAGE_JOURNAL": "DELETE"}

FLOOR = "lock, append, fsync, unlock"
TRACK = "a track of 15 + 20"
QUESTION = "a question: 30 levels up"


def measured(folder: Path, times: int) -> dict[str, float]:
    """Every side, in this process."""
    import fcntl

    backend = LocalBackend.open(folder / "lineage.db")
    plans = iter([track(number) for number in range(times + 1)])
    chain = chained(backend)
    with (folder / "log").open("ab", buffering=0) as log:

        def floor() -> None:
            fcntl.lockf(log, fcntl.LOCK_EX)
            log.write(b"x" * 4096)
            os.fsync(log.fileno())
            fcntl.lockf(log, fcntl.LOCK_UN)

        sides = {
            FLOOR: floor,
            TRACK: lambda: backend.apply(next(plans)),
            QUESTION: lambda: backend.traverse([chain], "upstream"),
        }
        taken = interleaved(sides, times)
    backend.close()
    return taken


def chained(backend: LocalBackend) -> str:
    """Write a chain of thirty; the ARN of its end."""
    import workload

    graph = workload.chain(30)
    with backend.store.writing():
        backend.store.put(graph.entities.values())
        backend.store.link(graph.associations)
    return list(graph.entities)[-1]


def in_slow_process(times: int) -> dict[str, float]:
    """The same in a process whose files are slow."""
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "slow_files.so"
        subprocess.run(["gcc", "-shared", "-fPIC", "-o", library, SOURCE, "-ldl"], check=True)
        ran = subprocess.run(
            [sys.executable, __file__, str(times), "--within", folder],
            env={**os.environ, **SLOWNESS, "LD_PRELOAD": str(library), "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            check=True,
        )
    taken: dict[str, float] = json.loads(ran.stdout)
    return taken


def main() -> None:
    """Print the table, or within the slow process the numbers."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("times", type=int, nargs="?", default=40)
    parser.add_argument("--within", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.within:
        print(json.dumps(measured(asked.within, asked.times)))
        return
    taken = in_slow_process(asked.times)
    rows = [(name, ms(each), f"{each / taken[FLOOR]:.1f}") for name, each in taken.items()]
    table("Where locks take 1 ms and syncs 2.7 ms", ("what", "median", "of the first"), rows)


if __name__ == "__main__":
    main()
