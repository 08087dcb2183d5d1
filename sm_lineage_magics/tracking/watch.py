"""Every cell of a notebook seen as it runs, for those who ask for it.

What is seen stays on this machine, in the journal, until `%lineage commit` writes it.

>>> watch = Watch(shell, lambda: lineage.tracker)
>>> watch.on()
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from contextlib import ExitStack
from types import FrameType
from typing import Any

from .cell import Shell
from .code.notebook import notebook_path
from .gathering import gather
from .named import without
from .recording.tracker import Tracker
from .tracked import Block
from .watching.block import Watched, watching

# Our own cells record themselves.
_OURS = ("%%lineage", "%lineage")


class Watch:
    """Sees the cells of one shell while it is on."""

    def __init__(self, shell: Shell, tracker: Callable[[], Tracker]) -> None:
        self._shell, self._tracker = shell, tracker
        self._running = ExitStack()
        self._seen: tuple[Block, Watched] | None = None
        self.is_on = False

    def on(self) -> None:
        """See every cell from the next one on."""
        if not self.is_on:
            self._shell.events.register("pre_run_cell", self._before)
            self._shell.events.register("post_run_cell", self._after)
            self.is_on = True

    def off(self) -> None:
        """See no more cells."""
        if self.is_on:
            self._shell.events.unregister("pre_run_cell", self._before)
            self._shell.events.unregister("post_run_cell", self._after)
            self._end()
            self.is_on = False

    def _before(self, info: Any = None) -> None:
        self._end()
        block = self._block(getattr(info, "raw_cell", None) or "")
        if block is not None:
            seen = watching(block.tree, block.anchor, self._shell.user_ns)
            self._seen = (block, self._running.enter_context(seen))

    def _after(self, result: Any = None) -> None:
        seen, self._seen = self._seen, None
        self._end()
        if seen is not None and getattr(result, "success", False):
            self._keep(*seen)

    def _end(self) -> None:
        self._running.close()
        self._seen = None

    def _block(self, source: str) -> Block | None:
        if not source.strip() or source.lstrip().startswith(_OURS):
            return None
        try:
            tree = ast.parse(self._shell.transform_cell(source))
        except SyntaxError:  # the shell itself says so
            return None
        return Block(source, tree, runs_a_cell, notebook_path(self._shell.user_ns))

    def _keep(self, block: Block, seen: Watched) -> None:
        tracker, code = self._tracker(), block.code
        facts = gather(seen.sighting(code), tracker.memory, tracker.describe)
        if len(facts.entities) == 1:  # a cell that touched no data is nobody's source
            facts = without(facts, code)
        if facts.entities or facts.gaps:
            tracker.wait(facts, code.label)


def runs_a_cell(frame: FrameType) -> bool:
    """Whether a frame runs a cell's own code; what its file is called no one knows before."""
    caller = frame.f_back
    return (
        frame.f_code.co_name == "<module>"
        and caller is not None
        and caller.f_code.co_name == "run_code"
    )
