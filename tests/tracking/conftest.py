"""Cells run as a tracked cell runs, with nothing of the notebook around them."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

import pytest

from sm_lineage_magics import load_ipython_extension, unload_ipython_extension
from sm_lineage_magics.tracking.cell import Cell
from sm_lineage_magics.tracking.code.scripts import code_of_cell
from sm_lineage_magics.tracking.facts import Facts
from sm_lineage_magics.tracking.flow.chains import chains
from sm_lineage_magics.tracking.flow.memory import Memory
from sm_lineage_magics.tracking.watching.crew import Crew
from sm_lineage_magics.tracking.watching.events import Log
from sm_lineage_magics.tracking.watching.sighting import Sighting
from sm_lineage_magics.tracking.watching.watchers.files import Files


class Notebook:
    """Runs cells one after the other in one namespace, and says what was seen of each."""

    def __init__(self) -> None:
        self.namespace: dict[str, Any] = {}
        self.memory = Memory()
        self._count = 0

    def __call__(self, source: str, title: str = "", model: str = "") -> Facts:
        self._count += 1
        cell = Cell(source, ast.parse("\n" + source), f"<cell {self._count}>")
        log = Log(cell.anchor)
        with Files(log, Crew()).watching(self.namespace):
            exec(compile(cell.tree, cell.filename, "exec"), self.namespace)
        values = {k: v for k, v in self.namespace.items() if not k.startswith("__")}
        seen = Sighting(cell.tree, code_of_cell(source), tuple(log.events), values, title, model)
        return chains(seen, self.memory)


@pytest.fixture
def notebook(tmp_path, monkeypatch) -> Notebook:
    """An empty notebook in an empty folder with two small tables in it."""
    monkeypatch.chdir(tmp_path)
    for name in ("a", "b"):
        (tmp_path / f"{name}.csv").write_text("age,churned\n20,0\n30,1\n40,0\n50,1\n")
    return Notebook()


Edges = set[tuple[str, str, str]]


@pytest.fixture
def edges() -> Callable[[Facts], Edges]:
    """The edges between data, jobs and models, by label; the code's own are left out."""

    def of(facts: Facts) -> Edges:
        names = {entity.arn: _short(entity.label) for entity in facts.entities}
        return {
            (names[e.source], str(e.type), names[e.destination])
            for e in (link.association for link in facts.links)
            if not names[e.source].startswith("cell-")
        }

    return of


def _short(label: str) -> str:
    # The digest at the end of a job's name is left out.
    return label[:-9] if label[-9:-8] == "-" and label.startswith("fit-") else label


@pytest.fixture
def shell(tmp_path, monkeypatch):
    """A shell in an empty folder with two small tables, the magics loaded, its own store."""
    # Not every environment of the SDK's has IPython.
    from IPython.core.interactiveshell import InteractiveShell

    monkeypatch.setenv("SM_LINEAGE_STORE", str(tmp_path / "lineage.db"))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    for name in ("a", "b"):
        (folder / f"{name}.csv").write_text("age,churned\n20,0\n30,1\n40,0\n50,1\n")
    shell = InteractiveShell()
    load_ipython_extension(shell)
    shell.folder = folder
    shell.lineage = shell.magics_manager.registry["LineageMagics"].session.lineage
    yield shell
    unload_ipython_extension(shell)
    shell.history_manager.end_session()
