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


PIPED = """
import pandas as pd
from sm_lineage_magics import Lineage
lineage = Lineage.open(":memory:")
with lineage.track("copy") as outcome:
    frame = pd.read_csv("a.csv")
    frame.to_csv("c.csv")

answer = outcome().answer
print(sorted(e.label for e in answer), [gap.kind for gap in answer.gaps])
"""


@pytest.mark.parametrize("asked", ["-c", "-"])
def test_code_that_nobody_can_read_again_is_not_made_up(folder, asked):
    """Given on the command line, or piped in: what it did is recorded, and what is missing said.

    From Python 3.13 the code of `-c` can be read.
    """
    given = [PIPED] if asked == "-c" else []
    done = subprocess.run(
        [sys.executable, asked, *given], input=PIPED, capture_output=True, text=True
    )

    assert (done.returncode, done.stderr) == (0, "")
    if sys.version_info < (3, 13) or asked == "-":
        assert done.stdout == "['a.csv', 'c.csv'] ['not-recorded']\n"


def test_a_file_that_is_no_python_is_recorded_as_that_file(folder):
    """A program made from it ran; the file itself cannot be read as one."""
    source = "%matplotlib inline\n" + PIPED
    (folder / "made.ipy").write_text(source)
    namespace = {}
    exec(compile(PIPED, str(folder / "made.ipy"), "exec"), namespace)

    answer = namespace["outcome"]().answer
    assert sorted(e.label for e in answer) == ["a.csv", "c.csv", "made.ipy"]
    assert [gap.kind for gap in answer.gaps] == ["not-recorded"]
