"""A store on a file system whose locks and syncs are slow, as NFS's are: few of them, and right."""

import os
import shutil
import subprocess
import sys
from itertools import count
from pathlib import Path

import pytest

from sm_lineage_magics.backends.local import Store

HERE = Path(__file__).parent
ROOT = HERE.parents[3]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        sys.platform != "linux" or shutil.which("gcc") is None,
        reason="the slow file system is a library of C, preloaded on Linux",
    ),
]


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    built = tmp_path_factory.mktemp("shim") / "slow_files.so"
    source = HERE / "slow_files.c"
    subprocess.run(["gcc", "-shared", "-fPIC", "-o", built, source, "-ldl"], check=True)
    return built


@pytest.fixture
def run(library, tmp_path):
    """Runs code with a store as on NFS; answers with its locks and syncs."""

    numbers = count()

    def run(code, *arguments):
        counts = tmp_path / f"counts-{next(numbers)}"  # two may run at once
        environment = {
            **os.environ,
            "PYTHONPATH": f"{ROOT}:{HERE.parent}",  # `writer` is a room above
            "LD_PRELOAD": str(library),
            "SLOW_LOCK_US": "1000",
            "SLOW_SYNC_US": "2700",
            "SLOW_COUNTS": str(counts),
            "SM_LINEAGE_JOURNAL": "DELETE",
        }
        path = str(tmp_path / "lineage.db")
        command = [sys.executable, "-c", code, path, *map(str, arguments)]
        subprocess.run(command, check=True, env=environment)
        locks, syncs = counts.read_text().split()
        return int(locks), int(syncs)

    return run


TRACKS = """
import sys
from writer import LocalBackend, Plan, track
backend = LocalBackend.open(sys.argv[1])
for number in range(int(sys.argv[2]), int(sys.argv[3])):
    backend.apply(Plan.of(track("w", number)))
backend.close()
"""

QUESTIONS = """
import sys
from writer import LocalBackend, track
backend = LocalBackend.open(sys.argv[1])
start = list(track("w", 0).entities)
for _ in range(int(sys.argv[2])):
    assert len(backend.traverse(start[:1], "downstream")) == 10
backend.close()
"""


def test_a_track_is_one_transaction(run):
    """Nine locks and unlocks of SQLite's, two of the queue's, four syncs, whatever the size."""
    before = run(TRACKS, 0, 1)
    after = run(TRACKS, 1, 12)
    locks, syncs = (round((a - b) / 10) for a, b in zip(after, run(TRACKS, 12, 13), strict=True))

    assert before[1] > 0
    assert (locks <= 12, syncs <= 4) == (True, True)


def test_a_question_is_one_reading(run):
    """Two locks and an unlock for a walk of any depth, not for each of its statements."""
    run(TRACKS, 0, 1)
    few, many = run(QUESTIONS, 1), run(QUESTIONS, 11)

    assert many[0] - few[0] <= 10 * 4
    assert many[1] == few[1]


def test_two_processes_on_slow_files_lose_nothing(run, tmp_path):
    import threading

    run(TRACKS, 0, 1)
    threads = [threading.Thread(target=run, args=(TRACKS, 0, 10)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    store = Store.open(tmp_path / "lineage.db")
    assert (store.count(), store.count_associations()) == (2 + 10 * 13, 10 * 20)
    store.close()
