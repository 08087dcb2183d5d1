"""One SQLite file, its transactions, and the care it takes: threads, forks, writers' turns.

>>> database = Database.open(":memory:")
>>> with database.writing() as connection:
...     connection.execute("INSERT INTO note VALUES ('topic', 'key', 'text')")
"""

from __future__ import annotations

import os
import sqlite3
import threading
import weakref
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Literal

from .connection import Connection
from .header import check_version
from .opening import Opening
from .presence import Identity, Presence, log_of
from .queue import WritersQueue
from .refusals import translated
from .schema import version_of

Mode = Literal["", "reading", "writing"]


class Database:
    """A store's connection. One thread at a time is served; the others wait for it."""

    def __init__(self, opening: Opening) -> None:
        self.opening = opening
        self._queue = WritersQueue(opening.path)
        self._lock = threading.RLock()
        self._forking = False
        self._mode: Mode = ""
        self._connection: Connection | None = None
        self._present = Presence()
        self._log: Identity | None = None
        with translated(opening.where):
            self._live()
        _all.add(self)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction: kept whole at the end, undone whole when an exception leaves it.

        Within another one it is a part of it, which is undone alone.

        Raises:
            BusyStore: when another program holds the store for too long.
        """
        with self._lock, translated(self.opening.where):
            if self._mode == "reading":
                raise RuntimeError("A store cannot be written within a reading of it.")
            if self._mode == "writing":
                with self._part() as connection:
                    yield connection
                return
            with ExitStack() as stack:
                self.opening.check_writable()
                self._check_presence()
                self._live()  # makes the folder of the writers' queue, should it be gone
                stack.enter_context(self._queue.turn())
                yield stack.enter_context(self._transaction("writing", "BEGIN IMMEDIATE"))

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One view of the store that writers elsewhere do not change; or a part of another."""
        with self._lock, translated(self.opening.where):
            if self._mode:
                yield self._live()
                return
            with self._transaction("reading", "BEGIN") as connection:
                yield connection

    def close(self) -> None:
        """Let go of the file; asking again opens it again."""
        with self._lock, translated(self.opening.where):
            self._let_go()
            self._queue.close()

    @contextmanager
    def _transaction(self, mode: Mode, begin: str) -> Iterator[Connection]:
        self._check_presence()
        try:
            with self._begun(mode, begin) as connection:
                yield connection
        except sqlite3.Error:
            self._check_presence()  # a file that is gone explains itself better
            raise
        if mode == "writing":
            self._check_presence()

    @contextmanager
    def _begun(self, mode: Mode, begin: str) -> Iterator[Connection]:
        connection = self._live()
        if connection.in_transaction:  # a Ctrl-C came just after an earlier BEGIN
            connection.rollback()
        connection.execute(begin)
        self._mode = mode
        try:
            check_version(self.opening.where, version_of(connection))
            yield connection
            connection.execute("COMMIT")
        finally:
            self._mode = ""
            if connection.in_transaction:
                connection.rollback()
                connection.forget()

    @contextmanager
    def _part(self) -> Iterator[Connection]:
        connection = self._live()
        connection.execute("SAVEPOINT part")
        try:
            yield connection
        except BaseException:
            connection.execute("ROLLBACK TO part")
            connection.forget()
            raise
        finally:
            connection.execute("RELEASE part")

    def _live(self) -> Connection:
        if self._connection is None:
            self._connection = self.opening.connect(self._queue)
            # A store in memory lasts as long as it is held, and a notebook seldom closes one:
            # from Python 3.13 on SQLite warns of a connection that is dropped open. A finalizer
            # holds the connection until it is closed; of a garbage cycle, `__del__` may come late.
            self._dropped = weakref.finalize(self, self._connection.close)
            if self.opening.path is not None:
                version_of(self._connection)  # as SQLite first reads, it makes its log
                self._present = Presence.at(self.opening.path)
                self._log = Presence.at(log_of(self.opening.path)).file
        return self._connection

    def _check_presence(self) -> None:
        """Let go of a file that is no longer what was opened.

        Raises:
            StoreError: when it was deleted, or another was put in its place.
        """
        path = self.opening.path
        if self._connection is None or path is None:
            return
        before, self._present = self._present, Presence.at(path)
        if self._present.continues(before):
            return
        self._let_go()  # one that was cut short is looked at as it is opened again
        if self._present.file != before.file and Presence.at(log_of(path)).file == self._log:
            log_of(path).unlink(missing_ok=True)
        self._present.check_same(before, path)

    def _let_go(self) -> None:
        if self._connection is not None and self.opening.path is not None:
            self._dropped()
            self._connection = None

    def before_fork(self) -> None:
        """Let no other thread be at it, and let go of the file unless it is being written.

        What SQLite knows of a file's locks belongs to a process: a child would inherit locks that
        nobody gives back, and miss those that keep its log from being deleted.
        """
        self._forking = self._lock.acquire(timeout=_FORKS_WAIT)
        if self._forking and not self._mode:
            self._let_go()
            self._queue.close()

    def after_fork_in_parent(self) -> None:
        """Let other threads go on."""
        if self._forking:
            self._lock.release()

    def after_fork_in_child(self) -> None:
        """Begin anew: of what was open, nothing may be used or closed here."""
        self._lock = threading.RLock()
        self._mode = ""
        self._queue.close()
        if self._connection is not None and self.opening.path is not None:
            self._dropped.detach()
            _of_the_parent.append(self._connection)
            self._connection = None


_all: weakref.WeakSet[Database] = weakref.WeakSet()
_of_the_parent: list[Connection] = []

_FORKS_WAIT = 5.0  # seconds for a thread that is at the store while another forks


def _each(act: Callable[[Database], None]) -> Callable[[], None]:
    def on_each() -> None:
        for database in list(_all):
            act(database)

    return on_each


if hasattr(os, "register_at_fork"):
    os.register_at_fork(
        before=_each(Database.before_fork),
        after_in_parent=_each(Database.after_fork_in_parent),
        after_in_child=_each(Database.after_fork_in_child),
    )
