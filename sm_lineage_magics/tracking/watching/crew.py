"""The threads that belong to a cell: the one it runs on, those it starts, and pools at its work.

>>> crew = Crew()
>>> crew.here()
True
"""

from __future__ import annotations

import sys
import threading
import weakref
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import Any

from .events import Anchor, Site, site_of
from .own import by_own_code, caller
from .replacing.patches import Patches, Wrapper

# A pool's threads wait for work for ever: not they count, but what they were given to do. What
# pools of processes do is not seen in any case.
_POOLS = (
    "concurrent.futures.thread",
    "concurrent.futures.process",
    "multiprocessing.pool",
    "multiprocessing.queues",
)


# The recordings that what runs belongs to; a task of the event loop has those it was made under.
_RECORDINGS: ContextVar[tuple[Crew, ...]] = ContextVar("recordings", default=())


class Crew:
    """Which threads a recording listens to; all others pass it untouched."""

    def __init__(self) -> None:
        # Each with the place in the cell's code at which it was begun.
        self._threads: weakref.WeakKeyDictionary[threading.Thread, Site | None]
        self._threads = weakref.WeakKeyDictionary({threading.current_thread(): None})
        self._own = threading.get_ident()
        _RECORDINGS.set((*_RECORDINGS.get(), self))
        self._started = weakref.WeakSet[threading.Thread]()
        self._tasks = weakref.WeakSet[Future[Any]]()
        self._before = weakref.WeakSet(_of_the_loop())

    def here(self) -> bool:
        """Whether what runs belongs to the cell: on its own thread, or on one at its work.

        On its own thread tasks of the event loop take turns, other cells' among them.
        """
        if threading.get_ident() == self._own:
            return self in _RECORDINGS.get()
        return threading.current_thread() in self._threads

    def end(self) -> None:
        """Let what runs from here on belong to it no more."""
        _RECORDINGS.set(tuple(crew for crew in _RECORDINGS.get() if crew is not self))

    def begun_at(self) -> Site | None:
        """Where the cell stood when it began what runs here; None of its own thread."""
        return self._threads.get(threading.current_thread())

    def running(self) -> int:
        """How many threads, and tasks of pools and of the event loop, were begun and still run."""
        alive = sum(thread.is_alive() for thread in self._started)
        tasks = [*self._tasks, *(task for task in _of_the_loop() if task not in self._before)]
        return alive + sum(not task.done() for task in tasks)

    def follow(self, patches: Patches, anchor: Anchor) -> None:
        """Take in every thread that one of the crew starts, and what it gives pools to do."""
        patches.replace(threading.Thread, "start", partial(self._following, anchor))
        patches.replace(ThreadPoolExecutor, "submit", partial(self._sharing_out, anchor))

    def _following(self, anchor: Anchor, start: Wrapper) -> Wrapper:
        def starting(thread: threading.Thread, *args: Any, **kwargs: Any) -> Any:
            __tracebackhide__ = True
            if self.here():
                self._threads[thread] = self._site(anchor)
                self._count(self._started, thread)
            return start(thread, *args, **kwargs)

        return starting

    def _sharing_out(self, anchor: Anchor, submit: Wrapper) -> Wrapper:
        def submitting(pool: Any, work: Any, /, *args: Any, **kwargs: Any) -> Any:
            __tracebackhide__ = True
            if not self.here():
                return submit(pool, work, *args, **kwargs)
            task = submit(pool, partial(self._work, work, self._site(anchor)), *args, **kwargs)
            self._count(self._tasks, task)
            return task

        return submitting

    def _site(self, anchor: Anchor) -> Site | None:
        return site_of(sys._getframe(1), anchor) or self.begun_at()

    def _count(self, begun: weakref.WeakSet[Any], one: Any) -> None:
        """Count what the person's code begins; libraries keep threads of their own for ever."""
        frame = caller(sys._getframe(1))
        if by_own_code(frame) and frame and frame.f_globals.get("__name__") not in _POOLS:
            begun.add(one)

    def _work(self, work: Callable[..., Any], site: Site | None, *args: Any, **kwargs: Any) -> Any:
        """Do a task of a pool as one of the crew."""
        __tracebackhide__ = True
        with self._joined(threading.current_thread(), site):
            return work(*args, **kwargs)

    @contextmanager
    def _joined(self, thread: threading.Thread, site: Site | None) -> Iterator[None]:
        outside = thread not in self._threads
        before, self._threads[thread] = self._threads.get(thread), site
        try:
            yield
        finally:
            self._threads[thread] = before
            if outside:
                del self._threads[thread]


def _of_the_loop() -> set[Any]:
    """The tasks of the event loop this runs in, where it runs in one."""
    asyncio = sys.modules.get("asyncio")
    try:
        return asyncio.all_tasks() if asyncio else set()
    except RuntimeError:  # there is no loop
        return set()
