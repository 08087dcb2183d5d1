"""What is said while an account takes its time to answer.

>>> backend.progress = Waiting(print)
Still asking: 61 calls in 2 s, the last one DescribeArtifact. Interrupt to see what was found.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..backends.sagemaker.calls.service import Progress


class Waiting:
    """Tells of each long question at 2, 4, 8 … seconds, so that the longest is a few lines.

    Args:
        say: shows one line; called from the thread that made the call.
    """

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._lock = threading.Lock()
        self._last = self._due = 0.0

    def __call__(self, progress: Progress) -> None:
        if self._is_due(progress.seconds):
            self._say(f"Still asking: {progress}. Interrupt to see what was found.")

    def _is_due(self, seconds: float) -> bool:
        with self._lock:
            # A clock that went back is another question's.
            self._due = self._due if seconds >= self._last else 0.0
            self._last = seconds
            due = seconds >= self._due
            self._due = 2 * seconds if due else self._due
            return due
