"""What was written, line by line, in a file that forked processes write to as well.

>>> journal.write({"group": "customers"})
>>> journal.unread()
[{'group': 'customers'}]

The SDK's `ingest` puts records from processes of its own; what they remember is lost with them.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any


class Journal:
    """Entries in the order they were written, by this process and its forks."""

    def __init__(self) -> None:
        self._folder = TemporaryDirectory(prefix="sm-lineage-sandbox-")
        self._path = Path(self._folder.name) / "journal"
        # One write to the end is never torn, nor mixed with another process's.
        self._end = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        self._read = 0
        self._lock = threading.Lock()

    def write(self, entry: Mapping[str, Any]) -> None:
        """Add an entry."""
        os.write(self._end, json.dumps(entry).encode() + b"\n")

    def unread(self) -> list[dict[str, Any]]:
        """The entries that were not given before."""
        with self._lock, self._path.open("rb") as file:
            file.seek(self._read)
            lines = file.readlines()
            self._read = file.tell()
        return [json.loads(line) for line in lines]

    def close(self) -> None:
        """Let go of the file, and delete it."""
        os.close(self._end)
        self._folder.cleanup()
