"""A block of code watched while it runs, whoever runs it: a cell, a script, an event.

>>> with watching(cell.tree, cell.anchor, namespace) as seen:
...     run(cell, shell)
>>> sighting = seen.sighting(code)
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, MutableMapping
from contextlib import ExitStack, contextmanager
from typing import Any

from ...model import Entity, Gap
from .crew import Crew
from .events import Anchor, Log
from .legible import legible
from .names import Names
from .replacing.patches import Patches
from .sighting import Sighting
from .unseen import unseen
from .watchers.files import Files
from .watchers.opening import Opening
from .watchers.programs import Programs, commands_in
from .watchers.recorder import Recorder
from .watchers.transfers import Transfers


class Watched:
    """What is seen of a block; complete when the block has ended.

    Attributes:
        running: how many threads and tasks it left running.
        programs: names of the programs and processes it started.
    """

    def __init__(self, tree: ast.Module, log: Log, namespace: MutableMapping[str, Any]) -> None:
        self._tree, self._deep = legible(tree)
        self._log, self._namespace, self._before = log, namespace, Names(namespace)
        self.running, self.programs = 0, list(commands_in(tree))

    def sighting(self, code: Entity, title: str = "", model: str = "") -> Sighting:
        """Everything seen, with the variables as they are now."""
        values = self._before.touched(self._namespace, self._tree)
        events, calls = tuple(self._log.events), tuple(self._log.calls)
        gaps = (
            *_too_deep(code.label, self._deep),
            *unseen(code.label, self.running, self.programs),
        )
        return Sighting(self._tree, code, events, values, title, model, calls, gaps=gaps)


def _too_deep(label: str, lines: Iterable[int]) -> Iterator[Gap]:
    for line in lines:
        why = "is nested too deep to be read, so what flowed through it is not told."
        yield Gap("unresolved", label, f"The statement in line {line} {why}")


@contextmanager
def watching(
    tree: ast.Module, anchor: Anchor, namespace: MutableMapping[str, Any]
) -> Iterator[Watched]:
    """Watch everything the block does; nothing stays replaced when it ends, however it ends.

    Args:
        tree: the block's code.
        anchor: tells the frames that run it.
        namespace: the variables it works on.
    """
    crew, patches, log = Crew(), Patches(), Log(anchor)
    programs = Programs(crew)
    with ExitStack() as stack:
        stack.callback(patches.undo)
        stack.callback(crew.end)
        crew.follow(patches, anchor)
        stack.enter_context(Opening(log, crew).watching(namespace))
        stack.enter_context(Files(log, crew).watching(namespace))
        stack.enter_context(Transfers(log, crew).watching())
        stack.enter_context(Recorder(log, crew).watching())
        stack.enter_context(programs.watching())
        seen = Watched(tree, log, namespace)
        yield seen
        # Before anything is put back: from here on they are not seen.
        seen.running = crew.running()
        seen.programs += programs.started
