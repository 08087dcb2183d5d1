"""Transactions: whole or not at all, in threads, in forks, in turns."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from sm_lineage_magics.backends.local import Store
from sm_lineage_magics.backends.local.file.queue import WritersQueue
from sm_lineage_magics.errors import BusyStore
from sm_lineage_magics.model import Entity, Home


@pytest.fixture
def store(path):
    opened = Store.open(path)
    yield opened
    opened.close()


def action(name):
    return Entity(Home().action(name), "Action", "Step", name)


def names(store):
    return sorted(entity.name for entity in store.find())


def test_an_exception_undoes_everything_of_its_transaction(store):
    with pytest.raises(ZeroDivisionError), store.writing():
        store.put([action("a")])
        raise ZeroDivisionError

    assert names(store) == []
    store.put([action("b")])
    assert names(store) == ["b"]


def test_a_part_that_fails_is_undone_alone(store):
    with store.writing():
        store.put([action("a")])
        with pytest.raises(ZeroDivisionError), store.writing():
            store.put([action("b")])
            raise ZeroDivisionError
        store.put([action("c")])

    assert names(store) == ["a", "c"]


def test_a_reading_sees_one_moment(path, store):
    """What another notebook writes meanwhile is not there yet."""
    other = Store.open(path)
    with store.reading():
        assert names(store) == []
        other.put([action("a")])
        assert names(store) == []
    assert names(store) == ["a"]
    other.close()


def test_a_reading_cannot_become_a_writing(store):
    with store.reading(), pytest.raises(RuntimeError, match="within a reading"):
        store.put([action("a")])


def test_words_of_an_undone_transaction_are_forgotten(store):
    with pytest.raises(ZeroDivisionError), store.writing():
        store.put([Entity("a", "Action", "New type")])
        raise ZeroDivisionError
    store.put([Entity("b", "Action", "Other type"), Entity("c", "Action", "New type")])

    assert {e.arn: e.type for e in store.find()} == {"b": "Other type", "c": "New type"}


def test_threads_write_one_after_the_other_and_lose_nothing(store):
    def write(prefix):
        for number in range(20):
            store.put([action(f"{prefix}-{number}")])

    threads = [threading.Thread(target=write, args=(each,)) for each in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert store.count() == 80


def test_another_threads_transaction_is_not_joined(store):
    """A thread that writes while another is in its transaction waits for its own turn."""
    inside, written = threading.Event(), threading.Event()

    def write():
        inside.wait()
        store.put([action("b")])
        written.set()

    thread = threading.Thread(target=write)
    thread.start()
    with pytest.raises(ZeroDivisionError), store.writing():
        store.put([action("a")])
        inside.set()
        assert not written.wait(0.1)
        raise ZeroDivisionError
    thread.join()

    assert names(store) == ["b"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_a_fork_in_the_middle_of_a_transaction_harms_neither(store):
    """The child has a connection of its own; what it does not finish is the parent's to finish."""
    with store.writing():
        store.put([action("parent")])
        child = os.fork()
        if child == 0:
            try:
                seen = names(store)
            finally:
                os._exit(0 if seen == [] else 1)
        _, status = os.waitpid(child, 0)
    child = os.fork()
    if child == 0:
        try:
            store.put([action("child")])
        finally:
            os._exit(0)
    os.waitpid(child, 0)

    assert status == 0
    assert names(store) == ["child", "parent"]


forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
quiet_forks = pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")


def in_a_fork(act):
    """Run in a forked child; its number, to be waited for."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            act()
            status = 0
        finally:
            os._exit(status)
    return child


@forks
@quiet_forks
def test_children_forked_while_a_thread_writes_inherit_no_lock(store):
    """SQLite keeps a process's locks in its memory: a child would wait for a copy of one."""
    done = threading.Event()

    def write_on():
        while not done.is_set():
            store.put([action("thread")])

    thread = threading.Thread(target=write_on)
    thread.start()
    children = [in_a_fork(lambda n=n: store.put([action(f"child-{n}")])) for n in range(8)]
    statuses = [os.waitpid(child, 0)[1] for child in children]
    done.set()
    thread.join()

    assert statuses == [0] * 8
    assert names(store) == [*(f"child-{number}" for number in range(8)), "thread"]


@forks
@quiet_forks
def test_what_a_child_writes_after_its_parent_closed_the_store_is_kept(store):
    """Whoever closes a store last deletes its log; a child that is still at it must be seen."""
    store.put([action("parent")])
    closed, close = os.pipe()

    def write_later():
        store.put([action("early")])
        os.read(closed, 1)
        store.put([action("late")])

    child = in_a_fork(write_later)
    deadline = time.monotonic() + 10
    while store.count() < 2 and time.monotonic() < deadline:
        time.sleep(0.01)
    store.close()
    os.write(close, b".")
    _, status = os.waitpid(child, 0)
    os.close(closed)
    os.close(close)

    assert status == 0
    assert names(store) == ["early", "late", "parent"]


HOLD = """
import sys, time
from pathlib import Path
from sm_lineage_magics.backends.local.file.queue import WritersQueue
with WritersQueue(Path(sys.argv[1])).turn():
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""


@pytest.fixture
def holding(path):
    """Another process that has the turn at the store for a time."""
    running = []

    def hold(seconds):
        command = [sys.executable, "-c", HOLD, str(path), str(seconds)]
        root = Path(__file__).parents[4]
        running.append(subprocess.Popen(command, stdout=subprocess.PIPE, cwd=root))
        assert running[-1].stdout.readline() == b"held\n"
        return running[-1]

    yield hold
    for process in running:
        process.kill()
        process.wait()
        process.stdout.close()


def test_a_turn_is_waited_for(path, store, holding):
    holding(0.3)
    store.put([action("a")])

    assert names(store) == ["a"]


def test_a_turn_that_does_not_come_is_an_error_and_the_queue_goes_on(path, holding):
    holder = holding(60)
    queue = WritersQueue(path, patience=0.1)

    with pytest.raises(BusyStore, match="held by another program"), queue.turn():
        pass
    holder.kill()
    holder.wait()
    with WritersQueue(path, patience=5).turn():
        pass
    with queue.turn():
        pass
    queue.close()


def test_a_killed_holder_gives_its_turn_back(store, holding):
    holder = holding(60)
    holder.kill()
    holder.wait()
    store.put([action("a")])

    assert names(store) == ["a"]


def test_ctrl_c_while_waiting_for_a_turn_is_heard(path, holding):
    holding(60)
    queue = WritersQueue(path)
    threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT)).start()

    with pytest.raises(KeyboardInterrupt), queue.turn():
        pass


def test_a_writer_that_does_not_queue_is_waited_for_too(path, store):
    """Another program has begun a write of its own; SQLite's waiting is beneath the queue."""
    foreign = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    foreign.execute("BEGIN IMMEDIATE")
    timer = threading.Timer(0.2, foreign.execute, ("COMMIT",))
    timer.start()
    store.put([action("a")])
    timer.join()
    foreign.close()

    assert names(store) == ["a"]


def test_ctrl_c_in_a_transaction_leaves_the_store_whole(store):
    with pytest.raises(KeyboardInterrupt), store.writing():
        store.put([action("a")])
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(5)

    assert names(store) == []
    store.put([action("b")])
    assert names(store) == ["b"]
