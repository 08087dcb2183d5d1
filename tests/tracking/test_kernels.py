"""Tracked cells in real kernels: Run All, Ctrl-C as a signal, and two kernels at once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from sm_lineage_magics import Lineage

pytestmark = pytest.mark.slow

LOAD = "%load_ext sm_lineage_magics"
CELL = "import pandas as pd\npd.read_csv('a.csv').to_csv('c.csv')"
TRACK = """
from sm_lineage_magics import Lineage
import pandas as pd
with Lineage.open() as lineage:
    with lineage.track("both"):
        pd.read_csv("a.csv").to_csv("c.csv")
"""


@pytest.fixture
def store(tmp_path, monkeypatch) -> Path:
    """A folder with a table, and the file of the store that kernels started in it use."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SM_LINEAGE_STORE", str(tmp_path / "lineage.db"))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    (tmp_path / "a.csv").write_text("age\n20\n")
    return tmp_path / "lineage.db"


def notebook(*sources: str) -> nbformat.NotebookNode:
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(s) for s in sources])


def recorded(store: Path) -> tuple[list[str], list[str]]:
    """The types of what is in a store, and how its runs ended."""
    with Lineage.open(store) as lineage:
        types = sorted(entity.type for entity in lineage.ls(limit=None))
        return types, [run.status for run in lineage.tracker.journal.runs()]


def test_run_all_stops_at_a_tracked_cell_that_fails_and_nothing_is_written(store):
    cells = notebook(LOAD, f"%%lineage track\n{CELL}\n1 / 0", "open('after', 'w')")
    with pytest.raises(CellExecutionError, match="ZeroDivisionError"):
        NotebookClient(cells, timeout=60).execute(cwd=str(store.parent))

    assert not (store.parent / "after").exists()
    assert recorded(store) == ([], ["failed"])


def test_ctrl_c_ends_the_cell_and_nothing_is_written(store):
    """The signal a notebook's stop button sends, while the cell sleeps."""
    begin = "from pathlib import Path\nimport time\nPath('begun').write_text('')\ntime.sleep(60)"
    cells = notebook(LOAD, f"%%lineage track\n{CELL}\n{begin}")
    client = NotebookClient(cells, timeout=60)
    started = time.monotonic()

    def interrupt() -> None:
        while not (store.parent / "begun").exists() and time.monotonic() - started < 50:
            time.sleep(0.05)
        os.kill(client.km.provisioner.pid, signal.SIGINT)

    threading.Thread(target=interrupt, daemon=True).start()
    with pytest.raises(CellExecutionError, match="KeyboardInterrupt"):
        client.execute(cwd=str(store.parent))

    assert time.monotonic() - started < 50
    assert recorded(store) == ([], ["failed"])


def test_two_processes_that_track_the_same_at_once_record_it_once(store):
    Path("both.py").write_text(TRACK)
    both = [subprocess.Popen([sys.executable, "both.py"]) for _ in range(2)]

    assert [one.wait(timeout=60) for one in both] == [0, 0]
    types, statuses = recorded(store)
    assert types == ["Code", "DataSet", "DataSet"]
    # The later one updates what it measured, or finds nothing new.
    assert set(statuses) == {"applied"}
