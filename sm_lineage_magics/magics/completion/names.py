"""The names a line can be completed with, gathered beside the notebook's own work.

A key pressed must not wait: names are read from the store in a thread of their own, and the
first of them are there when the key is pressed again. The network is never asked.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from threading import Thread

from ...errors import LineageError
from ...lineage import Lineage

# Seconds a key press may wait for names, and for which names are good.
PATIENCE = 0.15
FRESH = 5.0
MOST = 20_000


class Names:
    """The names one store knows, as they were a moment ago."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._of: Lineage | None = None
        self._names: Sequence[str] = ()
        self._read_at = float("-inf")
        self._reader: Thread | None = None

    def of(self, lineage: Lineage) -> Sequence[str]:
        """What is known now; read anew, in the background, when that is too old."""
        if lineage is not self._of:
            self._of, self._names, self._read_at = lineage, (), float("-inf")
        reading = self._reader is not None and self._reader.is_alive()
        if not reading and self._clock() - self._read_at > FRESH:
            self._reader = Thread(target=self._read, args=(lineage,), daemon=True)
            self._reader.start()
            self._reader.join(PATIENCE)
        return self._names

    def wait(self) -> None:
        """Until the names that are being read are there."""
        if self._reader is not None:
            self._reader.join()

    def _read(self, lineage: Lineage) -> None:
        try:
            backend = lineage.backend
            names = (*backend.names("", MOST), *backend.names("arn:", MOST))
        except LineageError:
            names = ()  # the question itself will say what is wrong with the store
        if lineage is self._of:
            self._names, self._read_at = names, self._clock()
