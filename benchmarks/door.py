"""`%load_ext` and the first answer, each in a fresh kernel, beside boto3: `door.py [TIMES]`.

Every sample is a Jupyter kernel of its own, in which one side is timed and nothing else was run;
the sides are taken turn by turn. Processor time is what is compared, since a machine that is shared
stretches seconds. With `--graph-notebook PYTHON`, a shell of that interpreter loads the extension
of graph-notebook as well. All have their bytecode at hand, as after an installation: the first
turn, which does not count, writes it.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jupyter_client.manager import start_new_kernel
from measure import ms, table

ROOT = Path(__file__).parents[1]
HEAVY = ("boto3", "botocore", "pandas", "numpy", "ipywidgets", "ipycytoscape", "networkx")

BEGIN = """
import json, sys, time
shell = get_ipython()
lineage = lambda line: shell.run_line_magic("lineage", line)
load = lambda name: shell.run_line_magic("load_ext", name)
shown = lambda value: shell.display_formatter.format(value)
before = set(sys.modules)
"""

START = "start = time.perf_counter(), time.process_time()\n"

END = """
took = time.perf_counter() - start[0], time.process_time() - start[1]
new = sorted({name.split(".")[0] for name in set(sys.modules) - before})
print(json.dumps([*took, new]))
"""

LOAD = "load('sm_lineage_magics')\n"
ASK = "lineage('models fg:grocery-customers')"
QUESTION = f"shown({ASK})\n"
BASE = "`import boto3`, one client"
SIDES = {
    "`%load_ext`": START + LOAD,
    "then a first answer from a store's file": LOAD + START + ASK + "\n",
    "… and shown": LOAD + START + QUESTION,
    "both together, shown": START + LOAD + QUESTION,
    "… with `%lineage demo` into memory and its picture before it": (
        START + LOAD + "lineage('use :memory:')\nshown(lineage('demo'))\n" + QUESTION
    ),
    BASE: START + "import boto3\nboto3.client('sagemaker', region_name='us-east-1')\n",
}


@dataclass(frozen=True)
class Sample:
    """One side in one kernel: seconds, seconds of the processor, packages brought in."""

    seconds: float
    cpu: float
    packages: frozenset[str]

    @property
    def heavy(self) -> str:
        """The heavy packages among them, in words."""
        return ", ".join(sorted(self.packages.intersection(HEAVY))) or "none"


def sample(code: str, folder: Path) -> Sample:
    """Run one side in a kernel of its own; store and bytecode are kept in `folder`."""
    manager, client = start_new_kernel(env=environment(folder), cwd=str(folder))
    printed: list[str] = []

    def hear(message: dict[str, Any]) -> None:
        printed.append(message["content"].get("text", ""))

    try:
        reply = client.execute_interactive(BEGIN + code + END, output_hook=hear, timeout=60)
        assert reply["content"]["status"] == "ok", reply["content"]
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    return told("".join(printed))


def peer_sample(python: str, folder: Path) -> Sample:
    """The extension of graph-notebook, loaded in a shell of an interpreter that has it."""
    shell = "from IPython.core.interactiveshell import InteractiveShell\n"
    shell += "get_ipython = InteractiveShell.instance\n"
    ran = subprocess.run(
        [python, "-c", shell + BEGIN + START + "load('graph_notebook.magics')" + END],
        env=environment(folder),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return told(ran.stdout)


def told(printed: str) -> Sample:
    """What a side printed last."""
    seconds, cpu, packages = json.loads(printed.splitlines()[-1])
    return Sample(seconds, cpu, frozenset(packages))


def environment(folder: Path) -> dict[str, str]:
    """What a kernel finds set: a store of its own, and bytecode written and read."""
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
        sample(START + LOAD + "lineage('demo')\n", Path(folder))
        for turn in range(times + 1):
            for name, each in turn_of(Path(folder), peer):
                taken.setdefault(name, []).extend([each] if turn else [])
    return taken


def turn_of(folder: Path, peer: str | None) -> Iterator[tuple[str, Sample]]:
    """Every side once."""
    for name, code in SIDES.items():
        yield name, sample(code, folder)
    if peer:
        yield "graph-notebook's `%load_ext`", peer_sample(peer, folder)


def row(name: str, taken: list[Sample], base: float) -> list[Any]:
    """A line of the table: medians, and the share of the base."""
    cpu = statistics.median(each.cpu for each in taken)
    seconds = statistics.median(each.seconds for each in taken)
    return [name, ms(cpu), ms(seconds), f"1/{base / cpu:.3g}", taken[-1].heavy]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("times", type=int, nargs="?", default=15)
    parser.add_argument("--graph-notebook", metavar="PYTHON")
    asked = parser.parse_args()
    taken = samples(asked.times, asked.graph_notebook)
    base = statistics.median(each.cpu for each in taken[BASE])
    head = ("in a fresh kernel", "processor", "wall", "of boto3", "heavy packages")
    table("The notebook door", head, [row(name, each, base) for name, each in taken.items()])


if __name__ == "__main__":
    main()
