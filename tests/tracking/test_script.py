"""The same from a script: a `with` block is a tracked cell."""

from __future__ import annotations

import subprocess
import sys

import pandas as pd
import pytest

from sm_lineage_magics import Lineage

SCRIPT = """
import pandas as pd
from sm_lineage_magics import Lineage

def main():
    with Lineage.open("lineage.db") as lineage:
        outside = pd.read_csv("b.csv")
        with lineage.track("copy", note="nightly") as outcome:
            table = pd.read_csv("a.csv")
            young = table[table["age"] < 40]
            young.to_csv("young.csv")
        print(len(outcome().answer))

main()
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Two small tables."""
    monkeypatch.chdir(tmp_path)
    for name in ("a", "b"):
        (tmp_path / f"{name}.csv").write_text("age,churned\n20,0\n50,1\n")
    return tmp_path


def test_a_script_is_recorded_as_its_file(folder):
    """In a process of its own, with nothing of a notebook."""
    script = folder / "copy_young.py"
    script.write_text(SCRIPT)
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True)

    assert (done.returncode, done.stdout, done.stderr) == (0, "3\n", "")
    with Lineage.open(folder / "lineage.db") as lineage:
        upstream = lineage.upstream((folder / "young.csv").as_uri())
    assert sorted((e.type, e.label) for e in upstream) == [
        ("Code", "copy_young.py"),
        ("DataSet", "a.csv"),
    ]


def test_a_block_that_raises_records_nothing(folder):
    """The error goes on."""
    lineage = Lineage.open(":memory:")
    with pytest.raises(ZeroDivisionError), lineage.track("half"):
        pd.read_csv("a.csv").to_csv("c.csv")
        1 / 0  # noqa: B018

    assert list(lineage.ls()) == []
    assert [(r.title, r.status) for r in lineage.tracker.journal.runs()] == [("half", "failed")]


def test_blocks_nest(folder):
    """What the inner one does, the outer one saw too; both record it, once."""
    lineage = Lineage.open(":memory:")
    with lineage.track("outer") as outer, lineage.track("inner"):
        pd.read_csv("a.csv").to_csv("c.csv")

    assert [run.title for run in lineage.tracker.journal.runs()] == ["inner"]
    assert outer().run is None
