"""A part of a name or source, whatever the case: a function that SQLite asks of each row.

>>> with searching(connection, "CHURN"):
...     connection.execute("SELECT id FROM entity WHERE holds(name, source)").fetchall()
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from .file.connection import Connection, Malformed


@contextmanager
def searching(connection: Connection, text: str) -> Iterator[None]:
    """Make `holds(name, source)` a function of SQL that looks for this text.

    Raises:
        Malformed: when a name or source is no text.
        KeyboardInterrupt: on Ctrl-C, which SQLite takes for a failure of the function.
    """
    holds = _Holds(text)
    connection.create_function("holds", 2, holds, deterministic=True)
    try:
        yield
    except sqlite3.OperationalError as error:
        if "user-defined function" not in str(error):
            raise
        raise Malformed("a name or source") if holds.failed else KeyboardInterrupt from error


class _Holds:
    """Whether a name or source holds a text, and whether one was met that is no text itself."""

    def __init__(self, text: str) -> None:
        # Python folds the case of every script; SQLite's LIKE that of ASCII only.
        self._folded = text.casefold()
        self.failed = False

    def __call__(self, name: str, source: str) -> bool:
        try:
            return self._folded in name.casefold() or self._folded in source.casefold()
        except AttributeError:
            self.failed = True
            raise
