"""What is asked of a backend while the kernel goes on with other cells.

>>> asking = Asking(expand, arrived=..., failed=...)
>>> asking.ask(model.arn, "upstream")
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from sm_lineage_magics.errors import LineageError
from sm_lineage_magics.model import Answer, Direction

from .state import Step

Expand = Callable[[str, Direction], Answer]

# Seconds in which the page has most pictures drawn; what is sent meanwhile, it would read first.
DRAWN = 0.15


class Asking:
    """One question after the other, in a thread; answers arrive where they were asked for."""

    def __init__(
        self,
        expand: Expand,
        arrived: Callable[[str, Direction, Answer], None],
        failed: Callable[[str], None],
    ) -> None:
        """Nothing is asked yet.

        Args:
            expand: asks a backend for what lies directly beyond an ARN.
            arrived: is told what was asked, and the answer.
            failed: is told why there is none.
        """
        self._waiting: list[Step] = []
        self._expand = expand
        self._arrived = arrived
        self._failed = failed
        self._closed = False
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="lineage-explorer")

    @property
    def waiting(self) -> tuple[Step, ...]:
        """What was asked and not answered yet, in its order."""
        return tuple(self._waiting)

    def ask(self, arn: str, way: Direction) -> None:
        """Ask, unless that has just been asked."""
        if (arn, way) in self._waiting:
            return
        self._waiting.append((arn, way))
        asked = self._thread.submit(self._expand, arn, way)
        asked.add_done_callback(in_the_loop(lambda done: self._answered(done, arn, way)))

    def close(self) -> None:
        """Ask nothing more; what comes later is dropped."""
        self._thread.shutdown(wait=False, cancel_futures=True)
        self._closed = True

    def _answered(self, asked: Future[Answer], arn: str, way: Direction) -> None:
        if self._closed:
            return
        self._waiting.remove((arn, way))
        error = asked.exception()
        if error is None:
            self._arrived(arn, way, asked.result())
        elif isinstance(error, LineageError):
            self._failed(str(error))
        else:
            # Nobody would see what is raised between two cells.
            self._failed(f"{type(error).__name__}: {error}")


def in_the_loop(handle: Callable[[Future[Answer]], None]) -> Callable[[Future[Answer]], None]:
    """`handle`, called where the kernel runs cells, between two of them."""
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        return lambda done: None if done.cancelled() else handle(done)

    def hand_over(done: Future[Answer]) -> None:
        if done.cancelled():
            return
        if loop.is_closed():
            # JupyterLab ends the thread that it was asked in when it closes a notebook.
            handle(done)
        else:
            loop.call_soon_threadsafe(handle, done)

    return hand_over


def soon(act: Callable[[], None]) -> None:
    """Call this once the cell has run and been drawn; at once where nothing runs cells."""
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        act()
    else:
        loop.call_later(DRAWN, act)
