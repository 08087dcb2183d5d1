"""What outlives a cell, or is done by others for it, is said and not passed over."""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import subprocess
import sysconfig
import threading
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import pytest

from sm_lineage_magics import Lineage
from sm_lineage_magics.tracking.watching.crew import Crew
from sm_lineage_magics.tracking.watching.replacing.patches import Patches
from sm_lineage_magics.tracking.watching.watchers.programs import programs_of


@pytest.fixture
def lineage():
    """An empty store."""
    with Lineage.open(":memory:") as opened:
        yield opened


def told(outcome) -> list[str]:
    """The gaps of a recording."""
    return [str(gap) for gap in outcome().answer.gaps]


def test_a_thread_that_still_runs_is_told_with_what_to_do(lineage):
    go = threading.Event()
    with lineage.track("fit") as outcome:
        threads = [threading.Thread(target=go.wait) for _ in range(2)]
        for thread in threads:
            thread.start()
    go.set()

    [gap] = told(outcome)
    assert gap.startswith("not-recorded at ")
    assert "2 threads or tasks that it began still run" in gap
    assert "%lineage track VAR" in gap


def test_a_task_of_a_pool_whose_result_is_read_later_is_told(lineage):
    """The pool's own threads, which wait for more, are not counted."""
    go = threading.Event()
    with ThreadPoolExecutor(2) as pool:
        with lineage.track("fit") as outcome:
            done, later = pool.submit(int, "1"), pool.submit(go.wait)
            done.result()
        go.set()
        assert later.result()

    assert ["1 thread or task that it began still runs" in gap for gap in told(outcome)] == [True]


def test_work_that_was_waited_for_leaves_nothing_to_say(lineage):
    with lineage.track("fit") as outcome, ThreadPoolExecutor(2) as pool:
        assert list(pool.map(int, "12")) == [1, 2]

    assert told(outcome) == []


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["executor", "pool"])
def test_a_pool_of_processes_is_told_once(lineage, kind):
    """Not as threads: those that look after it wait for ever."""
    spawn = multiprocessing.get_context("spawn")
    with contextlib.ExitStack() as later, lineage.track("fit") as outcome:
        if kind == "executor":
            pool = later.enter_context(ProcessPoolExecutor(1, mp_context=spawn))
            assert pool.submit(abs, -1).result() == 1
        else:
            processes = later.enter_context(spawn.Pool(1))
            assert processes.map(abs, [-1]) == [1]

    assert [gap.partition(":")[0] for gap in told(outcome)] == ["not-recorded at a process"]


def test_a_library_keeps_threads_of_its_own(lineage):
    """tqdm's monitor and the feeders of joblib's queues never end."""
    go = threading.Event()
    library = f"{sysconfig.get_path('purelib')}/progress/bar.py"
    begin = compile("import threading\nthreading.Thread(target=wait).start()", library, "exec")
    with lineage.track("fit") as outcome:
        exec(begin, {"wait": go.wait})
    go.set()

    assert told(outcome) == []


def test_a_pool_that_was_there_before_works_for_the_cell_that_asks_it():
    """And for nobody else: a task given to it by another thread is not the cell's."""
    seen, patches, go = [], Patches(), threading.Event()
    with ThreadPoolExecutor(1) as pool, ThreadPoolExecutor(1) as stranger:

        def asked() -> None:
            pool.submit(lambda: seen.append(crew.here())).result()

        pool.submit(int).result()  # its thread is there from now on
        crew = Crew()
        theirs = stranger.submit(lambda: go.wait() and asked())
        crew.follow(patches, lambda frame: False)
        asked()
        go.set()
        theirs.result()
        patches.undo()
        asked()

    assert seen == [True, False, False]


def test_a_task_of_the_event_loop_that_outlives_the_cell_is_told(lineage):
    async def notebook():
        with lineage.track("fit") as outcome:
            later = asyncio.create_task(asyncio.sleep(0))
        await later
        return told(outcome)

    [gap] = asyncio.run(notebook())
    assert "1 thread or task that it began still runs" in gap


def test_programs_a_cell_starts_are_named(lineage):
    with lineage.track("fetch") as outcome:
        subprocess.run(["python3", "-c", "pass"], check=True)
        subprocess.run("true && ls > /dev/null", shell=True, check=True)

    [gap] = told(outcome)
    assert gap.startswith("not-recorded at python3: ")
    assert "--source URI" in gap


def test_commands_of_a_notebook_are_named(shell, capsys):
    shell.run_cell("%%lineage track\n!true\n!sh -c 'exit 0'\nx = !sed -n 1p a.csv")

    assert "not-recorded at sh, sed: What programs" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("command", "programs"),
    [
        ("aws s3 cp raw.csv s3://shop/", ["aws"]),
        ("sudo FOO=1 /usr/bin/aws s3 ls", ["aws"]),
        ("ls -l data", []),
        ("pip install -q pandas 2>&1", []),
        ("pip install -q pandas 2>/dev/null", []),
        ("head -5 raw.csv > sample.csv", ["head"]),
        ("cd data && python train.py | tee log.txt; pwd", ["python", "tee"]),
        (["python", "-m", "pip", "install", "x"], []),
        (["python", "-m", "churn.train"], ["churn.train"]),
        ([], []),
        ("", []),
        (None, ["a process"]),
    ],
)
def test_who_only_looks_round_or_installs_is_not_named(command, programs):
    assert list(programs_of(command)) == programs
