"""Several processes on one store: nothing is lost, nothing is half, whoever is killed when."""

import os
import random
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

import pytest

from sm_lineage_magics.backends.local import LocalBackend, Store

from . import writer

WRITER = Path(__file__).with_name("writer.py")
ROOT = Path(__file__).parents[3]

# Two hundred take twenty seconds; SM_LINEAGE_KILLS=200 asks for them.
KILLS = int(os.environ.get("SM_LINEAGE_KILLS", "20"))


class Writer:
    """A process that writes, and the tracks it was told are kept."""

    def __init__(self, path, name, *count):
        self.name = name
        self.kept = []
        command = [sys.executable, str(WRITER), str(path), name, *map(str, count)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True)
        self.listening = threading.Thread(target=self.listen)
        self.listening.start()

    def listen(self):
        for line in self.process.stdout:
            if line.endswith("\n"):
                self.kept.append(int(line))

    def wait_for_a_write(self):
        while not self.kept:
            assert self.process.poll() is None
            time.sleep(0.005)

    def kill(self):
        self.process.kill()
        self.end()

    def end(self):
        self.listening.join()
        self.process.wait()
        self.process.stdout.close()


@pytest.fixture
def start(tmp_path):
    """Starts writers on one store; none outlives the test."""
    started = []

    def start(name, *count):
        started.append(Writer(tmp_path / "lineage.db", name, *count))
        return started[-1]

    yield start
    for each in started:
        each.kill()


def assert_kept_whole(path, writers):
    """Every track acknowledged is there whole; every other one is there whole or not at all."""
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()
    store = Store.open(path)
    # All tracks hang on the same two: asked of each track, their links would be read each time.
    links = Counter(edge.destination for edge in store.associations(sources=SHARED))
    for each in writers:
        known = range(max(each.kept, default=-1) + 2)
        for number in known:
            graph = writer.track(each.name, number)
            there = len(store.get(graph.entities).keys() - set(SHARED))
            linked = sum(links[arn] for arn in graph.entities)
            assert (there, linked) in ([(13, 20)] if number in each.kept else WHOLE)
    store.close()


SHARED = list(writer.track("", 0).entities)[:2]
WHOLE = [(13, 20), (0, 0)]


@pytest.mark.parametrize("journal", ["WAL", "DELETE"])
def test_two_processes_that_apply_the_same_plan_make_one_set(tmp_path, start, monkeypatch, journal):
    monkeypatch.setenv("SM_LINEAGE_JOURNAL", journal)
    path = tmp_path / "lineage.db"
    writers = [start("same", 30) for _ in range(2)]
    for each in writers:
        each.end()

    assert [each.kept for each in writers] == [list(range(30))] * 2
    store = Store.open(path)
    assert (store.count(), store.count_associations()) == (2 + 30 * 13, 30 * 20)
    store.close()


@pytest.mark.slow
def test_four_processes_writing_at_once_lose_nothing(tmp_path, start):
    path = tmp_path / "lineage.db"
    writers = [start(name, 50) for name in "abcd"]
    for each in writers:
        each.end()

    assert [each.kept for each in writers] == [list(range(50))] * 4
    assert_kept_whole(path, writers)


@pytest.mark.slow
@pytest.mark.parametrize("journal", ["WAL", "DELETE"])
def test_killed_in_the_middle_of_writes_every_acknowledged_write_is_there(
    tmp_path, start, monkeypatch, journal
):
    """Four writers; one after the other is killed at a random moment and replaced."""
    monkeypatch.setenv("SM_LINEAGE_JOURNAL", journal)
    path = tmp_path / "lineage.db"
    chance = random.Random(7)
    running = [start(f"w{number}") for number in range(4)]
    writers = list(running)
    for number in range(KILLS):
        running[number % 4].wait_for_a_write()
        time.sleep(chance.uniform(0, 0.05))
        running[number % 4].kill()
        running[number % 4] = start(f"w{4 + number}")
        writers.append(running[number % 4])
    for each in running:
        each.kill()

    assert_kept_whole(path, writers)


def test_a_reader_is_not_held_up_by_a_writer(tmp_path):
    """With a write-ahead log, an open transaction elsewhere does not keep an answer waiting."""
    path = tmp_path / "lineage.db"
    writing, reading = LocalBackend.open(path), LocalBackend.open(path)
    with writing.store.writing():
        writing.store.note("topic", "key", "text")
        assert list(reading.find()) == []
    writing.close()
    reading.close()
