"""The queue of writers: one after the other, in order of arrival, across processes.

SQLite's own waiting sleeps and tries again, so an unlucky writer starves for seconds. A lock on
a small file beside the store makes the kernel hand the turn on instead.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ....errors import BusyStore, ReadOnlyStore

try:
    import fcntl
except ImportError:  # Windows has no flock; SQLite's own waiting is left
    fcntl = None  # type: ignore[assignment]

SUFFIX = ".lock"


class WritersQueue:
    """Turns at one store's file.

    Args:
        store: the store's file; None for a store that only this process has.
        patience: seconds to wait for a turn.
    """

    def __init__(self, store: Path | None, patience: float = 30.0) -> None:
        queued = store is not None and fcntl is not None
        self._path = Path(f"{store}{SUFFIX}") if queued else None
        self._patience = patience
        self._file: int | None = None

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for the turn, and hand it on at the end.

        Raises:
            BusyStore: when it does not come in time.
        """
        if self._path is None:
            yield
            return
        file = self._take(self._path)
        try:
            yield
        finally:
            with suppress(OSError):
                fcntl.flock(file, fcntl.LOCK_UN)

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _take(self, path: Path) -> int:
        if self._file is not None and not _is_at(path, self._file):
            self.close()  # deleted by somebody who took it for a left-over: nobody queues there
        if self._file is None:
            self._file = _opened(path)
        if not _locked(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB):
            self._wait(self._file)
        return self._file

    def _wait(self, file: int) -> None:
        # flock waits without end, so another thread waits in our place and we wait for it.
        self._file = None
        if not _Waiting(file).over(self._patience):
            raise BusyStore(
                f"The lineage store {str(self._path)[: -len(SUFFIX)]} was held by another program "
                f"for more than {self._patience:g} seconds. Try again, or end that program."
            )
        self._file = file


class _Waiting:
    """A thread that waits for a lock, and gives it back when nobody wants it any more."""

    def __init__(self, file: int) -> None:
        self._file = file
        self._deciding = threading.Lock()
        self._locked = threading.Event()
        self._unwanted = False
        threading.Thread(target=self._run, daemon=True, name="lineage writers' queue").start()

    def over(self, patience: float) -> bool:
        """Whether the lock came in time; if it did not, or on Ctrl-C, it is given up."""
        came = False
        try:
            came = self._locked.wait(patience)
        finally:
            if not came:
                self._give_up()
        return came

    def _run(self) -> None:
        _locked(self._file, fcntl.LOCK_EX)
        with self._deciding:
            self._locked.set()
            if self._unwanted:
                os.close(self._file)

    def _give_up(self) -> None:
        with self._deciding:
            self._unwanted = True
            if self._locked.is_set():
                os.close(self._file)


def _opened(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o666)
    except OSError as error:
        raise ReadOnlyStore(
            f"Cannot write {path}: {error.strerror}. Expected a folder that can be written; "
            "open the store with read_only=True to ask it only, in a notebook: "
            "%lineage config read_only=true."
        ) from error


def _is_at(path: Path, file: int) -> bool:
    try:
        return os.path.samestat(os.stat(path), os.fstat(file))
    except OSError:
        return False


def _locked(file: int, how: int) -> bool:
    try:
        fcntl.flock(file, how)
    except BlockingIOError:
        return False
    except OSError:
        # Some network file systems have no locks for whole files: SQLite's waiting is left.
        return True
    return True
