"""Run notebooks in a real kernel and keep what they showed, so that they read without one.

    scripts/notebooks                               run all of them and save their outputs
    scripts/notebooks --check notebooks/01-*.ipynb  run, and say where the outputs have changed
    scripts/notebooks --print notebooks/01-*.ipynb  run, and print code and answers

Each runs in a folder of its own, with a lineage store of its own there; nothing of this machine's
settings is used, and nothing is left behind. Cells tagged `skip-execution` are not run.

A notebook whose first cell installs more than is there, such as `[sandbox,sdk-v2]`, is left out;
scripts/notebooks has an environment for each.
"""

from __future__ import annotations

import argparse
import difflib
import os
import re
import shutil
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from unittest.mock import patch

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode

ROOT = Path(__file__).resolve().parent.parent
SKIPPED = "skip-execution"
SECONDS = 120

# Of a path, what is saved there and what it shows now; whether the two differ and should not.
Act = Callable[[Path, NotebookNode, NotebookNode], bool]

# A live widget is nothing without its kernel; the same bundle holds the picture.
_ALIVE = "application/vnd.jupyter.widget-view+json"
_KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


def executed(path: Path) -> NotebookNode:
    """The notebook as it is after running from top to bottom; errors of cells are raised."""
    notebook = nbformat.read(path, as_version=4)
    with _own_home() as home:
        client = NotebookClient(
            notebook,
            timeout=SECONDS,
            kernel_name="python3",
            extra_arguments=["--log-level=ERROR"],
            record_timing=False,
            # A kernel sends what is printed in pieces, as its clock has it.
            coalesce_streams=True,
            store_widget_state=False,
            resources={"metadata": {"path": str(home)}},
        )
        client.execute()
        return _lasting(notebook, str(home))


@contextmanager
def _own_home() -> Iterator[Path]:
    """An empty folder to run in, away from the settings and the store of whoever runs this."""
    # Short, of digits and letters: what views shorten or escape is not found in the outputs.
    home = Path(tempfile.gettempdir()) / f"notebook-{uuid.uuid4().hex[:8]}"
    home.mkdir()
    try:
        with (
            tempfile.TemporaryDirectory(prefix="settings-") as settings,
            patch.dict(os.environ, _environment(home, settings), clear=True),
        ):
            yield home
    finally:
        shutil.rmtree(home)


def _environment(home: Path, settings: str) -> dict[str, str]:
    """This process's environment with nothing of lineage in it but a store in the folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SM_LINEAGE_")}
    return kept | {
        "SM_LINEAGE_STORE": f"{home}/lineage.db",
        "IPYTHONDIR": f"{settings}/ipython",
        "JUPYTER_DATA_DIR": f"{settings}/jupyter",
        "XDG_CONFIG_HOME": f"{settings}/config",
        "XDG_DATA_HOME": f"{settings}/data",
    }


def _lasting(notebook: NotebookNode, home: str) -> NotebookNode:
    """Without what would differ the next time although nothing has changed."""
    notebook.metadata = nbformat.from_dict({"kernelspec": _KERNEL})
    for number, cell in enumerate(notebook.cells, 1):
        cell.id = f"cell-{number:02}"
        cell.metadata = nbformat.from_dict({k: v for k, v in cell.metadata.items() if k == "tags"})
        for output in cell.get("outputs", ()):
            _at_home(output, home)
    return notebook


def _at_home(output: NotebookNode, home: str) -> None:
    """The output with the folder it ran in called `~`, and without the live widget."""
    if "text" in output:
        output.text = output.text.replace(home, "~")
    data = output.get("data", {})
    data.pop(_ALIVE, None)
    for mime, value in data.items():
        if isinstance(value, str):
            data[mime] = value.replace(home, "~")


def needs(notebook: NotebookNode) -> frozenset[str]:
    """The extras that the notebook's own `%pip install` line names."""
    source = next((c.source for c in notebook.cells if c.cell_type == "code"), "")
    named = re.search(r"%pip install .*\[([\w,-]+)\]", source)
    return frozenset(named[1].split(",")) if named else frozenset()


def missing(notebook: NotebookNode) -> frozenset[str]:
    """The version of the SageMaker SDK the notebook needs, if this environment has it not."""
    wanted = {extra for extra in needs(notebook) if extra.startswith("sdk-")}
    return frozenset(wanted - {_sdk()})


def _sdk() -> str:
    """The SageMaker SDK at hand, as the extra that would bring it."""
    try:
        return f"sdk-v{version('sagemaker').partition('.')[0]}"
    except PackageNotFoundError:
        return ""


def transcript(notebook: NotebookNode) -> str:
    """Code and answers as plain text."""
    lines: list[str] = []
    for cell in notebook.cells:
        if cell.cell_type == "code" and SKIPPED not in cell.metadata.get("tags", ()):
            lines += (f">>> {line}" for line in cell.source.splitlines())
            lines += (*map(_text, cell.outputs), "")
    return "\n".join(lines)


def _text(output: NotebookNode) -> str:
    text = output.get("text") or output.get("data", {}).get("text/plain", "")
    return str(text).rstrip("\n")


def differences(saved: NotebookNode, now: NotebookNode) -> str:
    """What the notebook answers now that is not what it has saved."""
    before, after = (_settled(transcript(each)).splitlines() for each in (saved, now))
    return "\n".join(difflib.unified_diff(before, after, "saved", "now", lineterm=""))


def same(saved: NotebookNode, now: NotebookNode) -> bool:
    """Whether both show the same, pictures included."""
    before, after = (_settled(nbformat.writes(each)) for each in (saved, now))
    return before == after


def _settled(text: str) -> str:
    """The text without what is another in every run, nor the room that tables leave for it."""
    return re.sub(" {2,}", "  ", _VARIES.sub("…", text))


# What is another in every run: moments, and the ids of recordings, jobs and queries.
_VARIES = re.compile(
    r"\b20\d\d(?:-\d\d){5}-\d{3}\b"
    r"|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"
    r"|\b20\d\d-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|\+00:00| UTC)?)?"
    r"|\b20\d{6}-\d{6}-[0-9a-f]{4}\b"
    r"|(?<=[A-Za-z]-)[0-9a-f]{8}\b"
)


def save(path: Path, saved: NotebookNode, now: NotebookNode) -> bool:
    """Keep what it shows now; nothing is left changed."""
    if same(saved, now):
        print(f"{path}: as saved")
    else:
        nbformat.write(now, path)
        print(f"{path}: saved")
    return False


def check(path: Path, saved: NotebookNode, now: NotebookNode) -> bool:
    """Say what it answers otherwise than it has saved; whether there is any of that."""
    changes = differences(saved, now)
    if changes:
        print(f"{path}: has changed\n{changes}")
    else:
        print(f"{path}: as saved" if same(saved, now) else f"{path}: as saved but for pictures")
    return bool(changes)


def show(path: Path, saved: NotebookNode, now: NotebookNode) -> bool:
    """Print code and answers, whatever is saved."""
    print(transcript(now))
    return False


def carried_out(act: Act, path: Path) -> bool:
    """Run a notebook and do something with what it shows; whether it has changed."""
    saved = nbformat.read(path, as_version=4)
    if lacks := missing(saved):
        print(f"{path}: left out, it needs {', '.join(lacks)}")
        return False
    try:
        now = executed(path)
    except CellExecutionError as error:
        raise SystemExit(f"{path}: {error}") from error
    return act(path, saved, now)


def main() -> int:
    """Carry out what the command line says; 1 when a cell fails or outputs have changed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    acts = parser.add_mutually_exclusive_group()
    instead = partial(acts.add_argument, dest="act", action="store_const", default=save)
    instead("--check", const=check, help="say where outputs have changed")
    instead("--print", const=show, help="print code and answers")
    parser.add_argument("notebooks", nargs="*", type=Path, help="all of notebooks/ when none")
    arguments = parser.parse_args()
    paths = arguments.notebooks or sorted((ROOT / "notebooks").glob("*.ipynb"))
    changed = [carried_out(arguments.act, path) for path in paths]
    return int(any(changed))


if __name__ == "__main__":
    sys.exit(main())
