"""The threads that belong to a cell: the one it runs on, and those it starts.

>>> crew = Crew()
>>> crew.here()
True
"""

from __future__ import annotations

import sys
import threading
import weakref
from typing import Any

from .events import Anchor, Site, site_of
from .patches import Patches, Wrapper


class Crew:
    """Which threads a recording listens to; all others pass it untouched."""

    def __init__(self) -> None:
        self._threads: weakref.WeakKeyDictionary[threading.Thread, Site | None]
        self._threads = weakref.WeakKeyDictionary({threading.current_thread(): None})

    def here(self) -> bool:
        """Whether the running thread belongs to the cell."""
        return threading.current_thread() in self._threads

    def begun_at(self) -> Site | None:
        """Where the cell stood when it started the running thread; None of its own thread."""
        return self._threads.get(threading.current_thread())

    def follow(self, patches: Patches, anchor: Anchor) -> None:
        """Take in every thread that one of the crew starts."""

        def following(start: Wrapper) -> Wrapper:
            def starting(thread: threading.Thread, *args: Any, **kwargs: Any) -> Any:
                __tracebackhide__ = True
                if self.here():
                    site = site_of(sys._getframe(1), anchor)
                    self._threads[thread] = site or self.begun_at()
                return start(thread, *args, **kwargs)

            return starting

        patches.replace(threading.Thread, "start", following)
