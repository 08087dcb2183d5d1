"""Files that the person's own code opens, by `open` and by what the standard library has for it.

What passes through an open file nobody sees; that it was opened, and for what, says which file a
cell read or made. Files that libraries open are theirs, and so are those inside of Python.

>>> with Opening(log, Crew()).watching(namespace):
...     Path("notes.txt").write_text("checked")
>>> log.events
[Event('write', 'file:///home/me/notes.txt', 'open', …)]
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from ..crew import Crew
from ..events import Act, Event, Log, Place, Site
from ..own import by_own_code, owner_of
from ..replacing.functions import replacing
from ..replacing.patches import Patches, Wrapper

# The second is what a notebook's own `open` is.
_DOORS = {"builtins": "open", "IPython.core.interactiveshell": "_modified_open", "io": "open"}
_NO_DATA = ("/dev/", "/proc/", "/sys/", "/etc/")


class Opening:
    """Sees which files the person's code opens."""

    def __init__(self, log: Log, crew: Crew) -> None:
        self._log, self._crew = log, crew
        self._seen: set[tuple[Act, str, Place | Site | None]] = set()

    @contextmanager
    def watching(self, namespace: MutableMapping[str, Any]) -> Iterator[None]:
        """See every file opened inside the block.

        Args:
            namespace: a notebook's variables, of which `open` is one.
        """
        with replacing(_DOORS.keys(), self._open) as patches, patches.bound_in(namespace):
            yield

    def _open(self, module: ModuleType, patches: Patches) -> None:
        patches.replace(module, _DOORS[module.__name__], self._opening)
        # Later versions of Python look `io.open` up when a path is opened.
        if module.__name__ == "io" and sys.version_info < (3, 11):
            patches.replace(Path, "open", self._opening)

    def _opening(self, opens: Wrapper) -> Wrapper:
        def opening(file: Any, mode: str = "r", *args: Any, **kwargs: Any) -> Any:
            __tracebackhide__ = True
            if not (self._crew.here() and by_own_code(sys._getframe(1))):
                return opens(file, mode, *args, **kwargs)
            # A path means what it means before the call.
            path = _path(file)
            opened = opens(file, mode, *args, **kwargs)
            if path is not None and _is_data(str(path)):
                self._note(path.as_uri(), mode)
            return opened

        return opening

    def _note(self, uri: str, mode: str) -> None:
        """Note what was opened, once for each place in the code: some append line by line."""
        act: Act = "read" if set(mode).isdisjoint("wax+") else "write"
        seen = (act, uri, self._log.place() or self._crew.begun_at())
        if seen not in self._seen:
            self._seen.add(seen)
            self._log.add(Event(act, uri, "open", *self._log.now(), opened=True))


def _path(file: Any) -> Path | None:
    """The file that is named; None of one that is open already, by its number."""
    named = isinstance(file, (str, bytes, os.PathLike))
    return Path(os.fsdecode(file)).absolute() if named else None


def _is_data(path: str) -> bool:
    """Whether a file may hold the person's data, rather than the system's or Python's own."""
    return not path.startswith(_NO_DATA) and owner_of(path) == "person"
