"""How a store's file is opened: where it is, what it must be, and how SQLite is to treat it."""

from __future__ import annotations

import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from ...errors import ReadOnlyStore, StoreError, WriteRefused
from .connection import Connection
from .filesystem import MOUNTS, Journal, journal_for
from .header import check_version, examine
from .schema import VERSION, migrate, version_of

MEMORY = ":memory:"
STORE_VARIABLE = "SM_LINEAGE_STORE"
JOURNAL_VARIABLE = "SM_LINEAGE_JOURNAL"

_PATIENCE = 30.0  # seconds SQLite waits for writers that do not queue
_CACHE = 64 * 1024  # KiB of pages: with SQLite's own 2 MB, a write at 4e6 entities costs 5 x more


@dataclass(frozen=True)
class Opening:
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
        read_only: bool = False,
        mounts: Path = MOUNTS,
    ) -> Opening:
        """Decide for a path, `:memory:`, or None: the variable SM_LINEAGE_STORE or the usual file.

        The variable SM_LINEAGE_JOURNAL, `WAL` or `DELETE`, decides on the journal where it is set.
        """
        target = target if target is not None else os.environ.get(STORE_VARIABLE) or usual_path()
        if str(target) == MEMORY:
            return cls(None, read_only)
        path = Path(os.path.realpath(Path(target).expanduser()))
        return cls(path, read_only, _wanted_journal() or journal_for(path, mounts))

    @property
    def where(self) -> str:
        """The path, or `:memory:`."""
        return MEMORY if self.path is None else str(self.path)

    def check_writable(self) -> None:
        """Refuse a write to a store that was opened for asking only."""
        if self.read_only:
            raise WriteRefused(
                f"The lineage store {self.where} is open for reading only. "
                "Open it without read_only to write."
            )

    def connect(self) -> Connection:
        """Open the file, made or brought up to date where need be.

        Raises:
            StoreError: of the kind that says why it cannot be opened; it is left untouched.
        """
        if self.path is None:
            return _prepared(_connection(MEMORY))
        there = examine(self.path)
        if self.read_only:
            return self._to_read(self.path, there)
        _check_permissions(self.path, there)
        connection = _connection(str(self.path))
        try:
            return self._to_write(connection)
        except BaseException:
            connection.close()
            raise

    def _to_write(self, connection: Connection) -> Connection:
        _prepared(connection)
        _set_journal(connection, self.journal, self.where)
        connection.execute("PRAGMA synchronous = FULL")
        return connection

    def _to_read(self, path: Path, there: bool) -> Connection:
        if not there:
            raise StoreError(f"There is no lineage store {path}. Expected a file to read.")
        connection = _connection(f"{path.as_uri()}?mode=ro", uri=True)
        try:
            check_version(path, version_of(connection))
        except sqlite3.OperationalError:
            # A write-ahead log cannot be read where no shared memory can be made beside it;
            # the file alone is the whole truth when no log is left.
            connection.close()
            if _log_of(path).exists():
                raise
            connection = _connection(f"{path.as_uri()}?immutable=1", uri=True)
        return connection


def usual_path() -> Path:
    """The store's usual file, in the user's data folder of this platform."""
    from platformdirs import user_data_path

    return user_data_path("sm_lineage_magics", appauthor=False) / "lineage.db"


def _wanted_journal() -> Journal | None:
    wanted = os.environ.get(JOURNAL_VARIABLE, "").upper()
    if wanted not in ("", "WAL", "DELETE"):
        raise StoreError(f"{JOURNAL_VARIABLE} is {wanted!r}. Expected WAL or DELETE.")
    return "WAL" if wanted == "WAL" else "DELETE" if wanted == "DELETE" else None


def _connection(name: str, uri: bool = False) -> Connection:
    connection = sqlite3.connect(
        name,
        factory=Connection,
        timeout=_PATIENCE,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
        uri=uri,
    )
    connection.create_function("digest", 1, bytes.fromhex, deterministic=True)
    connection.create_function("holds", 3, _holds, deterministic=True)
    connection.execute(f"PRAGMA cache_size = -{_CACHE}")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA mmap_size = 0")
    return connection


def _holds(name: str, source: str, folded: str) -> bool:
    # Python folds the case of every script; SQLite's LIKE that of ASCII only.
    return folded in name.casefold() or folded in source.casefold()


def _prepared(connection: Connection) -> Connection:
    if version_of(connection) < VERSION:
        connection.execute("BEGIN IMMEDIATE")
        migrate(connection)
        connection.execute("COMMIT")
    return connection


def _check_permissions(path: Path, there: bool) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ReadOnlyStore(
            f"Cannot make the folder {path.parent}: {error.strerror}. "
            "Expected a path in a folder that can be written."
        ) from error
    for each in (path, path.parent) if there else (path.parent,):
        if not os.access(each, os.W_OK):
            raise ReadOnlyStore(
                f"{each} cannot be written. Expected a store that can; "
                "open it with read_only=True to ask it only."
            )


def _set_journal(connection: Connection, journal: Journal, where: str) -> None:
    (now,) = connection.execute("PRAGMA journal_mode").fetchone()
    if now.upper() == journal:
        return
    try:
        (now,) = connection.execute(f"PRAGMA journal_mode = {journal}").fetchone()
    except sqlite3.OperationalError:
        now = "locked"
    if now.upper() != journal:
        raise StoreError(
            f"The lineage store {where} cannot change to the journal that is safe there "
            f"({journal}; it answered {now}). Close the other notebooks that have it open and try "
            f"again, or set {JOURNAL_VARIABLE}."
        )


def _log_of(path: Path) -> Path:
    return Path(f"{path}-wal")
