"""A block of code watched while it runs, whoever runs it: a cell, a script, an event.

>>> with watching(cell.tree, cell.anchor, namespace) as seen:
...     run(cell, shell)
>>> sighting = seen.sighting(code)
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, MutableMapping
from contextlib import ExitStack, contextmanager
from typing import Any

from ...model import Entity
from .crew import Crew
from .events import Anchor, Log
from .files import Files
from .names import Names
from .patches import Patches
from .recorder import Recorder
from .sighting import Sighting
from .transfers import Transfers


class Watched:
    """What is seen of a block; complete when the block has ended."""

    def __init__(self, tree: ast.Module, log: Log, namespace: MutableMapping[str, Any]) -> None:
        self._tree, self._log, self._namespace = tree, log, namespace
        self._before = Names(namespace)

    def sighting(self, code: Entity, title: str = "", model: str = "") -> Sighting:
        """Everything seen, with the variables as they are now."""
        values = self._before.touched(self._namespace, self._tree)
        events, calls = tuple(self._log.events), tuple(self._log.calls)
        return Sighting(self._tree, code, events, values, title, model, calls)


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
    with ExitStack() as stack:
        stack.callback(patches.undo)
        crew.follow(patches, anchor)
        stack.enter_context(Files(log, crew).watching(namespace))
        stack.enter_context(Transfers(log, crew).watching())
        stack.enter_context(Recorder(log, crew).watching())
        yield Watched(tree, log, namespace)
