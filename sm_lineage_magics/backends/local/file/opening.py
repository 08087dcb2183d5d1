"""How a store's file is opened: where it is, what it must be, and how SQLite is to treat it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from ....errors import ConfigError, DamagedStore, ReadOnlyStore, StoreError, WriteRefused
from .connection import Connection
from .filesystem import MOUNTS, Journal, journal_for
from .header import Header, check_version, examine
from .presence import log_of
from .queue import WritersQueue
from .schema import VERSION, migrate, version_of

MEMORY = ":memory:"
STORE_VARIABLE = "SM_LINEAGE_STORE"
JOURNAL_VARIABLE = "SM_LINEAGE_JOURNAL"

_PATIENCE = 30.0  # seconds SQLite waits for writers that do not queue
_CACHE = 64 * 1024  # KiB of pages: with SQLite's own 2 MB, a write at 4e6 entities costs 5 x more


class Opening(NamedTuple):
    """A decision how to open one store; `connect` carries it out.

    Attributes:
        path: the file; None for a store in memory.
        read_only: whether nothing may be written.
        journal: the journal that is safe there.
    """

    path: Path | None
    read_only: bool = False
    journal: Journal = "WAL"

    @classmethod
    def of(
        cls,
        target: str | os.PathLike[str] | None,
        *,
        read_only: bool = False,
        mounts: Path = MOUNTS,
    ) -> Opening:
        """Decide for a path, `:memory:`, or None: the variable SM_LINEAGE_STORE or the usual file.

        The variable SM_LINEAGE_JOURNAL, `WAL` or `DELETE`, decides on the journal where it is set.

        Args:
            target: where the store is to be.
            read_only: whether writes are refused.
            mounts: where Linux tells which file system a path is on.

        Raises:
            StoreError: when it can be no file.
            ConfigError: when SM_LINEAGE_JOURNAL names no journal.
        """
        target = target if target is not None else os.environ.get(STORE_VARIABLE) or usual_path()
        if str(target) == MEMORY:
            return cls(None, read_only)
        if "://" in str(target) or "\0" in str(target):
            raise StoreError(f"{str(target)!r} is no file on this machine. Expected a path.")
        path = Path(os.path.realpath(Path(target).expanduser()))
        return cls(path, read_only, _wanted_journal() or journal_for(path, mounts))

    @property
    def where(self) -> str:
        """The path, or `:memory:`."""
        return MEMORY if self.path is None else str(self.path)

    def check_writable(self) -> None:
        """Refuse a write to a store that was opened for asking only.

        Raises:
            WriteRefused: when it was.
        """
        if self.read_only:
            raise WriteRefused(
                f"The lineage store {self.where} is open for reading only. "
                "To write, open it without read_only; in a notebook: "
                "%lineage config read_only=false."
            )

    def connect(self, queue: WritersQueue) -> Connection:
        """Open the file, made or brought up to date where need be, in its turn.

        Raises:
            StoreError: of the kind that says why it cannot be opened; it is left untouched.
        """
        if self.path is None:
            return _prepared(_connection("file::memory:"))
        try:
            return self._of_file(self.path, queue)
        except UnicodeDecodeError as error:  # SQLite quotes what should be the tables' names
            raise DamagedStore(
                f"The lineage store {self.path} is damaged: its tables cannot be read. "
                "Restore a copy, or move it away to start anew."
            ) from error

    def _of_file(self, path: Path, queue: WritersQueue) -> Connection:
        header = examine(path)
        alone = header is not None and header.logged and not log_of(path).exists()
        if alone:
            _check_readable(path)
        if self.read_only:
            return _to_read(path, header, alone=alone)
        _check_permissions(path, there=header is not None)
        return self._to_write(path, queue)

    def _to_write(self, path: Path, queue: WritersQueue) -> Connection:
        connection = _connection(path.as_uri())
        with _closed_on_error(connection):
            if not self._ready(connection):
                with queue.turn():
                    _prepared(connection)
                    self._set_journal(connection)
            connection.execute("PRAGMA synchronous = FULL")
        return connection

    def _ready(self, connection: Connection) -> bool:
        check_version(self.where, version_of(connection))
        return version_of(connection) == VERSION and _journal_of(connection) == self.journal

    def _set_journal(self, connection: Connection) -> None:
        if _journal_of(connection) == self.journal:
            return
        try:
            (now,) = connection.execute(f"PRAGMA journal_mode = {self.journal}").fetchone()
        except sqlite3.OperationalError:
            now = "WAL"  # somebody has it open with the log
        # To stay without a log where one would do is slower, and safe.
        if now.upper() != self.journal == "DELETE":
            raise StoreError(
                f"The lineage store {self.where} is kept with a write-ahead log, which is not "
                "safe on the file system it is on. Close the other notebooks that have it open "
                f"and try again, or set {JOURNAL_VARIABLE}=WAL if you know better."
            )


def usual_path() -> Path:
    """The store's usual file, in the user's data folder of this platform."""
    from platformdirs import user_data_path

    return user_data_path("sm_lineage_magics", appauthor=False) / "lineage.db"


def _wanted_journal() -> Journal | None:
    wanted = os.environ.get(JOURNAL_VARIABLE, "").upper()
    if wanted not in ("", "WAL", "DELETE"):
        raise ConfigError(f"{JOURNAL_VARIABLE} is {wanted!r}. Expected WAL or DELETE.")
    return "WAL" if wanted == "WAL" else "DELETE" if wanted == "DELETE" else None


def _connection(uri: str) -> Connection:
    connection = sqlite3.connect(
        uri,
        factory=Connection,
        timeout=_PATIENCE,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
        uri=True,
    )
    with _closed_on_error(connection):
        connection.execute(f"PRAGMA cache_size = -{_CACHE}")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("PRAGMA mmap_size = 0")
    return connection


def _prepared(connection: Connection) -> Connection:
    if version_of(connection) < VERSION:
        connection.execute("BEGIN IMMEDIATE")
        migrate(connection)  # counts from the version it finds now, in its turn
        connection.execute("COMMIT")
    return connection


def _check_readable(path: Path) -> None:
    """Refuse what cannot be read before anything is made beside it."""
    connection = _connection(f"{path.as_uri()}?immutable=1")
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        version = version_of(connection)
    finally:
        connection.close()
    check_version(path, version)


def _writable(path: Path) -> bool:
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def _check_permissions(path: Path, *, there: bool) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ReadOnlyStore(
            f"Cannot make the folder {path.parent}: {error.strerror}. "
            "Expected a path in a folder that can be written."
        ) from error
    for each in (path, path.parent) if there else (path.parent,):
        if not _writable(each):
            raise ReadOnlyStore(
                f"{each} cannot be written. Expected a store that can; "
                "open it with read_only=True to ask it only, in a notebook: "
                "%lineage config read_only=true."
            )


def _to_read(path: Path, header: Header | None, *, alone: bool) -> Connection:
    if header is None:
        raise StoreError(
            f"There is no lineage store {path}. Expected a file to read; without read_only, in a "
            "notebook %lineage config read_only=false, one is made."
        )
    if header.version < VERSION:
        raise StoreError(
            f"{path} is of an older version. Open it once without read_only to bring it up to date."
        )
    connection = _connection(path.as_uri() + _reading_mode(path, alone=alone))
    with _closed_on_error(connection):
        connection.execute("PRAGMA query_only = ON")
    return connection


@contextmanager
def _closed_on_error(connection: Connection) -> Iterator[None]:
    try:
        yield
    except BaseException:
        connection.close()
        raise


def _reading_mode(path: Path, *, alone: bool) -> str:
    if alone and not (_writable(path) and _writable(path.parent)):
        # SQLite would make files beside one with a write-ahead log, and cannot. But nobody has
        # it open, so the file alone is the whole truth.
        return "?immutable=1"
    # Whoever may write there also tidies up there.
    return "" if _writable(path) else "?mode=ro"


def _journal_of(connection: Connection) -> str:
    (journal,) = connection.execute("PRAGMA journal_mode").fetchone()
    return str(journal).upper()
