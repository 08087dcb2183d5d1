"""`%load_ext` and the first answer, each in a fresh process, beside boto3: `door.py [TIMES]`.

A process stands for a kernel that has just started: what ipykernel imports is imported, a shell is
there, nothing else was run. Then one side is timed in it. The sides are taken turn by turn.
With `--graph-notebook PYTHON`, that interpreter loads the extension of graph-notebook as well.
Both sides have their bytecode at hand, as after an installation: the first turn writes it.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from measure import ms, table

ROOT = Path(__file__).parents[1]
HEAVY = ("boto3", "botocore", "pandas", "numpy", "ipywidgets", "ipycytoscape", "networkx")

KERNEL = """
import json, sys, time
import ipykernel.ipkernel
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config
shell = InteractiveShell.instance(config=Config(HistoryManager={"enabled": False}))
lineage = lambda line: shell.run_line_magic("lineage", line)
load = lambda name: shell.run_line_magic("load_ext", name)
shown = lambda value: shell.display_formatter.format(value)
before = set(sys.modules)
start = time.perf_counter()
"""

TOLD = """
took = time.perf_counter() - start
new = sorted({name.split(".")[0] for name in set(sys.modules) - before})
print(json.dumps([took, new]))
"""

LOAD = "load('sm_lineage_magics')\n"
QUESTION = "shown(lineage('models fg:grocery-customers'))\n"
SIDES = {
    "%load_ext": LOAD,
    "… and a first answer from a store's file, shown": LOAD + QUESTION,
    "… and `%lineage demo` in memory with an answer, both shown": (
        LOAD + "lineage('use :memory:')\nshown(lineage('demo'))\n" + QUESTION
    ),
    "import boto3, one client": (
        "import boto3\nboto3.client('sagemaker', region_name='us-east-1')\n"
    ),
}
PEER = "graph-notebook's %load_ext"
BASE = "import boto3, one client"


@dataclass(frozen=True)
class Sample:
    """One side in one process: how long it took, and the packages it brought in."""

    seconds: float
    packages: frozenset[str]

    @property
    def heavy(self) -> str:
        """The heavy packages among them, in words."""
        return ", ".join(sorted(self.packages.intersection(HEAVY))) or "none"


def sample(code: str, folder: Path, python: str = sys.executable) -> Sample:
    """Run one side in a process of its own; store and bytecode are kept in `folder`."""
    ran = subprocess.run(
        [python, "-c", KERNEL + code + TOLD],
        env=environment(folder),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    seconds, packages = json.loads(ran.stdout.splitlines()[-1])
    return Sample(seconds, frozenset(packages))


def environment(folder: Path) -> dict[str, str]:
    """What a process finds set: a store of its own, and bytecode written and read."""
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return kept | {
        "SM_LINEAGE_STORE": str(folder / "lineage.db"),
        "PYTHONPYCACHEPREFIX": str(folder / "bytecode"),
        "PYTHONPATH": str(ROOT),
    }


def samples(times: int, peer: str | None) -> dict[str, list[Sample]]:
    """So many samples of every side, turn by turn; a first round does not count."""
    taken: dict[str, list[Sample]] = {}
    with tempfile.TemporaryDirectory() as folder:
        sample(LOAD + "lineage('demo')\n", Path(folder))
        for turn in range(times + 1):
            for name, each in round_of(Path(folder), peer):
                taken.setdefault(name, []).extend([each] if turn else [])
    return taken


def round_of(folder: Path, peer: str | None) -> Iterable[tuple[str, Sample]]:
    """Every side once."""
    for name, code in SIDES.items():
        yield name, sample(code, folder)
    if peer:
        yield PEER, sample("load('graph_notebook.magics')\n", folder, peer)


def row(name: str, taken: list[Sample], base: float) -> list[Any]:
    """A line of the table: median, fastest, share of the base."""
    seconds = [each.seconds for each in taken]
    middle = statistics.median(seconds)
    return [name, ms(middle), ms(min(seconds)), f"1/{base / middle:.3g}", taken[-1].heavy]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("times", type=int, nargs="?", default=15)
    parser.add_argument("--graph-notebook", metavar="PYTHON")
    asked = parser.parse_args()
    taken = samples(asked.times, asked.graph_notebook)
    base = statistics.median(each.seconds for each in taken[BASE])
    head = ("in a kernel that has just started", "median", "fastest", "of boto3", "heavy packages")
    table("The notebook door", head, [row(name, each, base) for name, each in taken.items()])


if __name__ == "__main__":
    main()
