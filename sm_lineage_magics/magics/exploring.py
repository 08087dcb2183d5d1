"""When and how the live explorer is shown, and when it is let go of.

>>> Explorers(session).obstacle
'No notebook is connected: this is a terminal or a run without a screen.'
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..model import Answer, Mark
    from .session import Session

# Each explorer holds a few widgets per entity; the oldest gives way when there are so many.
MOST = 20


class Explorers:
    """The live explorers of one shell: one for each cell at most, and not too many."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._live: dict[str, list[Any]] = {}
        self._run = -1

    @property
    def obstacle(self) -> str:
        """Why no explorer can be shown; empty when one can."""
        wanted = self.session.settings.explorer
        if wanted == "off":
            return "It is switched off; %lineage config explorer=auto switches it on."
        for module in ("ipywidgets", "ipycytoscape", "sm_lineage_widgets"):
            if find_spec(module) is None:
                return f"{module} is not installed; pip install sm_lineage_magics brings it."
        if getattr(self.session.shell, "kernel", None) is None:
            return "This shell has no notebook to show widgets in."
        if wanted == "auto" and not self._has_a_screen:
            return "No notebook is connected: this is a terminal or a run without a screen."
        return ""

    def show(self, answer: Answer, marks: Mapping[str, Mark] | None = None) -> bool:
        """Show an explorer of an answer, if one can be; whether it was."""
        if self.obstacle or len(answer.graph) == 0:
            return False
        from IPython.display import display
        from sm_lineage_widgets.explorer import Explorer

        self._make_room()
        backend = self.session.lineage.backend
        explorer = Explorer(
            answer, lambda arn, way: backend.traverse([arn], way, max_depth=1), marks=marks
        )
        self._live.setdefault(self._cell, []).append(explorer)
        display(explorer)  # type: ignore[no-untyped-call]  # IPython's has no annotations
        return True

    def close(self) -> None:
        """Let go of all of them."""
        for cell in list(self._live):
            self._close(cell)

    def _make_room(self) -> None:
        """Close what the same cell showed when it was run before, and the oldest of too many."""
        if self.session.shell.execution_count != self._run:
            self._run = self.session.shell.execution_count
            self._close(self._cell)
        while sum(map(len, self._live.values())) >= MOST:
            self._close(next(iter(self._live)))

    def _close(self, cell: str) -> None:
        for explorer in self._live.pop(cell, ()):
            explorer.close()

    @property
    def _cell(self) -> str:
        """The cell that is running: by the front end's id for it, else by what is written in it."""
        message: Mapping[str, Any] = getattr(self.session.shell, "get_parent", dict)() or {}
        cell = (message.get("metadata") or {}).get("cellId")
        history = self.session.shell.user_ns.get("In") or [""]
        return str(cell or history[-1])

    @property
    def _has_a_screen(self) -> bool:
        # jupyter_server names the session of every kernel it starts; VS Code names the notebook.
        # nbclient and papermill do neither: what they run is for reading later.
        in_vs_code = "__vsc_ipynb_file__" in self.session.shell.user_ns
        return "JPY_SESSION_NAME" in os.environ or in_vs_code
