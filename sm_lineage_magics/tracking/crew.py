"""The threads that belong to a cell: the one it runs on, and those it starts.

>>> crew = Crew()
>>> crew.here()
True
"""

from __future__ import annotations

import threading
import weakref
from typing import Any

from .patches import Patches, Wrapper


class Crew:
    """Which threads a recording listens to; all others pass it untouched."""

    def __init__(self) -> None:
        self._threads = weakref.WeakSet([threading.current_thread()])

    def here(self) -> bool:
        """Whether the running thread belongs to the cell."""
        return threading.current_thread() in self._threads

    def follow(self, patches: Patches) -> None:
        """Take in every thread that one of the crew starts."""
        patches.replace(threading.Thread, "start", self._starting)

    def _starting(self, start: Wrapper) -> Wrapper:
        def starting(thread: threading.Thread, *args: Any, **kwargs: Any) -> Any:
            __tracebackhide__ = True
            if self.here():
                self._threads.add(thread)
            return start(thread, *args, **kwargs)

        return starting
