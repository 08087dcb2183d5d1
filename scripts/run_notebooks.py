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
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode

ROOT = Path(__file__).resolve().parent.parent
SKIPPED = "skip-execution"
SECONDS = 120

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
    before = dict(os.environ)
    # Short, of digits and letters: what views shorten or escape is not found in the outputs.
    home = Path(tempfile.gettempdir()) / f"notebook-{uuid.uuid4().hex[:8]}"
    home.mkdir()
    with tempfile.TemporaryDirectory(prefix="settings-") as settings:
        for variable in [each for each in os.environ if each.startswith("SM_LINEAGE_")]:
            del os.environ[variable]
        os.environ |= {
            "SM_LINEAGE_STORE": f"{home}/lineage.db",
            "IPYTHONDIR": f"{settings}/ipython",
            "JUPYTER_DATA_DIR": f"{settings}/jupyter",
            "XDG_CONFIG_HOME": f"{settings}/config",
            "XDG_DATA_HOME": f"{settings}/data",
        }
        try:
            yield home
        finally:
            shutil.rmtree(home)
            os.environ.clear()
            os.environ.update(before)


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


def main() -> int:
    """Carry out what the command line says; 1 when a cell fails or outputs have changed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="say where outputs have changed")
    parser.add_argument("--print", action="store_true", help="print code and answers")
    parser.add_argument("notebooks", nargs="*", type=Path, help="all of notebooks/ when none")
    arguments = parser.parse_args()
    changed = 0
    for path in arguments.notebooks or sorted((ROOT / "notebooks").glob("*.ipynb")):
        saved = nbformat.read(path, as_version=4)
        if lacks := missing(saved):
            print(f"{path}: left out, it needs {', '.join(lacks)}")
            continue
        try:
            notebook = executed(path)
        except CellExecutionError as error:
            print(f"{path}: {error}", file=sys.stderr)
            return 1
        if arguments.print:
            print(transcript(notebook))
        elif same(saved, notebook):
            print(f"{path}: as saved")
        elif arguments.check:
            changes = differences(saved, notebook)
            print(f"{path}: has changed" if changes else f"{path}: as saved but for pictures")
            print(changes, end="\n" if changes else "")
            changed += bool(changes)
        else:
            nbformat.write(notebook, path)
            print(f"{path}: saved")
    return 1 if changed else 0


if __name__ == "__main__":
    sys.exit(main())
