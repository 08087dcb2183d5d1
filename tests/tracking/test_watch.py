"""Watching every cell is asked for, announced, and kept here until it is committed."""

from __future__ import annotations

from dataclasses import replace

import pandas
import pytest

from sm_lineage_magics import unload_ipython_extension
from sm_lineage_magics.model import Gap, Receipt

READ_AND_WRITE = "import pandas as pd\npd.read_csv('a.csv').to_csv('{}.csv')"


def statuses(shell):
    return [run.status for run in shell.lineage.tracker.journal.runs()]


@pytest.mark.parametrize("word", ["plan", "commit"])
def test_when_nothing_waits_it_is_told_what_would(shell, word):
    report = shell.run_cell(f"%lineage {word}").result

    assert report.summary[0].startswith("Nothing waits to be written. After %lineage watch on,")


def test_nothing_to_undo_is_told_with_how_something_would_be(shell):
    said = str(shell.run_cell("%lineage undo").error_in_exec)

    assert "nothing that was recorded here is left" in said
    assert "%%lineage track on top of a cell records it." in said


def test_nothing_is_watched_unless_asked(shell):
    """Loading the extension sees nothing."""
    shell.run_cell(READ_AND_WRITE.format("c"))

    assert statuses(shell) == []


def test_what_is_watched_is_announced_and_waits(shell, capsys):
    """Nothing is in the store before commit."""
    shell.run_cell("%lineage watch on")
    said = capsys.readouterr().out
    shell.run_cell(READ_AND_WRITE.format("c"))

    assert "kept on this machine" in said
    assert statuses(shell) == ["waiting"]
    assert list(shell.lineage.ls()) == []


def test_commit_writes_what_waits_and_undo_takes_it_back(shell):
    """As if the cell had been tracked."""
    shell.run_cell("%lineage watch on")
    shell.run_cell(READ_AND_WRITE.format("c"))
    shell.run_cell("%lineage plan")
    shell.run_cell("%lineage commit")

    upstream = shell.lineage.upstream(f"file://{shell.folder}/c.csv")
    assert sorted(e.type for e in upstream) == ["Code", "DataSet"]
    shell.run_cell("%lineage undo --yes")
    assert list(shell.lineage.ls()) == []


def test_cells_that_fail_or_touch_no_data_leave_nothing(shell):
    """Neither is anybody's source."""
    shell.run_cell("%lineage watch on")
    shell.run_cell("x = 1")
    shell.run_cell(READ_AND_WRITE.format("c") + "\n1 / 0")
    shell.run_cell("this is no python")

    assert statuses(shell) == []


def test_a_tracked_cell_is_not_seen_twice(shell):
    """It records itself."""
    shell.run_cell("%lineage watch on")
    shell.run_cell("%%lineage track\n" + READ_AND_WRITE.format("c"))

    assert statuses(shell) == ["applied"]


def test_a_cell_that_awaits_is_seen(shell):
    """Which a cell magic cannot run."""
    shell.run_cell("%lineage watch on")
    shell.run_cell(f"import asyncio\nawait asyncio.sleep(0)\n{READ_AND_WRITE.format('c')}")
    shell.run_cell("%lineage commit")

    upstream = shell.lineage.upstream("c.csv")
    assert sorted(e.type for e in upstream) == ["Code", "DataSet"]


def test_what_a_task_of_an_earlier_cell_does_is_no_doing_of_the_cell_that_waits(shell):
    """They take turns on one thread; a task of the cell's own is seen."""
    later = "import asyncio, pandas as pd\nasync def copy(name):\n    await asyncio.sleep(0.1)\n"
    later += "    pd.read_csv('a.csv').to_csv(name)\n"
    shell.run_cell(
        f"{later}first = asyncio.ensure_future(copy('first.csv'))\nawait asyncio.sleep(0)"
    )
    shell.run_cell("%lineage watch on")
    shell.run_cell("await first\nawait asyncio.ensure_future(copy('second.csv'))")
    shell.run_cell("%lineage commit")

    assert {e.label for e in shell.lineage.ls() if e.type != "Code"} == {"a.csv", "second.csv"}


def test_what_was_not_seen_is_told_with_the_plan_and_with_the_commit(shell, capsys):
    """Also of a cell of which nothing else is known; it becomes nobody's source."""
    shell.run_cell("%lineage watch on")
    shell.run_cell("!sh -c 'exit 0'")
    shell.run_cell("%lineage plan")
    shell.run_cell("%lineage commit")

    assert capsys.readouterr().out.count("sh: What programs") == 2
    assert list(shell.lineage.ls()) == []


def test_off_is_off(shell):
    """Nothing stays replaced, and nothing is seen."""
    original = pandas.read_csv
    shell.run_cell("%lineage watch on")
    shell.run_cell("%lineage watch off")
    shell.run_cell(READ_AND_WRITE.format("c"))

    assert pandas.read_csv is original
    assert statuses(shell) == []


def test_unloading_ends_it(shell):
    """No callback stays behind."""
    before = {name: list(calls) for name, calls in shell.events.callbacks.items()}
    shell.run_cell("%lineage watch on")
    unload_ipython_extension(shell)

    assert {name: list(calls) for name, calls in shell.events.callbacks.items()} == before


def test_what_was_refused_the_last_time_is_not_told_once_it_is_written(shell):
    shell.run_cell("%lineage watch on")
    shell.run_cell(READ_AND_WRITE.format("c"))
    shell.run_cell("%lineage watch off")
    tracker = shell.lineage.tracker
    [waiting] = tracker.pending()
    refused = Receipt(gaps=(Gap("denied", "a.csv", "CreateArtifact was refused."),))
    tracker.journal.write(replace(waiting, status="partial", receipt=refused))
    planned = shell.run_cell("%lineage plan").result
    committed = shell.run_cell("%lineage commit").result

    assert (planned.answer.gaps, committed.answer.gaps) == ((), ())
    assert [run.status for run in tracker.journal.runs()] == ["applied"]
