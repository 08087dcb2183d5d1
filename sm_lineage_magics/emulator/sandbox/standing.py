"""A sandbox that stays open until it is told to close, for notebooks.

>>> STANDING.open().role
'arn:aws:iam::123456789012:role/sandbox'
>>> STANDING.close()
True
"""

from __future__ import annotations

import atexit
from contextlib import ExitStack
from typing import Any

from . import sandbox
from .box import Sandbox


class Standing:
    """At most one sandbox of the process, open over many cells."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self.box: Sandbox | None = None

    def open(self, **options: Any) -> Sandbox:
        """The sandbox that is open, opened with these options of `sandbox` if none is."""
        if self.box is None:
            self.box = self._stack.enter_context(sandbox(**options))
        return self.box

    def close(self) -> bool:
        """Close it; whether one was open."""
        was_open, self.box = self.box is not None, None
        self._stack.close()
        return was_open


STANDING = Standing()
atexit.register(STANDING.close)
