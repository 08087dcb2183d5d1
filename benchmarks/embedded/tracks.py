"""A durable track against one append and fdatasync on the same disk."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from measure import interleaved, median, ms, table

from embedded.processes import command, environment
from sm_lineage_magics.backends.local import LocalBackend
from sm_lineage_magics.model import Association, Entity, Home, LineageGraph, Plan

_RECORDING = """
import sys
from embedded.tracks import LocalBackend, track

backend = LocalBackend.open(sys.argv[1])
for number in range(int(sys.argv[2])):
    backend.apply(track(number))
backend.close()
"""


def track(number: int) -> Plan:
    """Fifteen entities and twenty associations, others for each number."""
    home = Home()
    uris = [f"s3://track/{number}/{each}" for each in range(15)]
    entities = [Entity(home.artifact(uri), "Artifact", "DataSet", "", uri) for uri in uris]
    pairs = [(a, b) for a in range(4) for b in range(5, 10)]
    links = [Association(entities[a].arn, entities[b].arn, "ContributedTo") for a, b in pairs]
    return Plan.of(LineageGraph.of(entities, links))


def tracks(folder: Path, sizes: list[int]) -> None:
    """Print what a track costs on disk and in memory, and how often it syncs."""
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        with _appending(Path(scratch) / "log") as append, _store(f"{scratch}/lineage.db") as tracks:
            taken = interleaved({"append": append, "track": tracks}, 200)
        with _store(":memory:") as tracks:
            in_memory = median(tracks, 200)
        rows = [
            (what, ms(spent), f"{spent / taken['append']:.2f}")
            for what, spent in (
                ("append 4 KiB + fdatasync", taken["append"]),
                ("track of 15 + 20, durable", taken["track"]),
                ("the same in memory: Python and SQL", in_memory),
            )
        ]
        table("One track (goal: at most 4)", ("what", "median", "ratio"), rows)
        table("System calls of 50 tracks", ("call", "each track"), _syncs(Path(scratch)))


@contextmanager
def _appending(path: Path) -> Iterator[Callable[[], None]]:
    """A call that appends 4 KiB to a file and waits until they are on the disk."""
    log = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND)

    def append() -> None:
        os.write(log, b"x" * 4096)
        os.fdatasync(log)

    yield append
    os.close(log)


@contextmanager
def _store(path: str) -> Iterator[Callable[[], object]]:
    """A call that records the next track in a store of its own, planned beforehand."""
    plans = iter([track(number) for number in range(500)])
    with closing(LocalBackend.open(path)) as backend:
        yield lambda: backend.apply(next(plans))


def _syncs(folder: Path) -> list[tuple[str, str]]:
    """How often the file is synced for each track, counted by strace."""
    if shutil.which("strace") is None:
        return [("fdatasync", "strace is not installed")]
    return [
        (call, f"{(_traced(folder, call, 51) - _traced(folder, call, 1)) / 50:.2f}")
        for call in ("fdatasync", "fsync", "flock")
    ]


def _traced(folder: Path, call: str, tracks: int) -> int:
    """How often a process that records so many tracks makes a system call."""
    out = folder / "trace"
    traced = ["strace", "-f", "-qq", "-e", f"trace={call}", "-o", str(out)]
    recording = command(_RECORDING, folder / f"{call}-{tracks}.db", tracks)
    subprocess.run([*traced, *recording], check=True, env=environment())
    return len(re.findall(rf"{call}\(", out.read_text()))
