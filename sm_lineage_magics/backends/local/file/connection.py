"""A connection that knows the texts a store keeps once, by their numbers."""

from __future__ import annotations

import sqlite3
from typing import Any


class Malformed(sqlite3.DatabaseError):
    """A row says what no row of a store can: SQLite could read it, but the file is damaged."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} is malformed")


class Connection(sqlite3.Connection):
    """SQLite's connection, and the words of its store; a word never changes its number."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._texts: dict[int, str] = {}
        self._numbers: dict[str, int] = {}

    def forget(self) -> None:
        """Know no words: those that a transaction added are gone when it is undone."""
        self._texts = {}
        self._numbers = {}

    def text(self, number: int | None) -> str:
        """The word of a number; empty for none.

        Raises:
            Malformed: when there is no such word.
        """
        if number is None:
            return ""
        if number not in self._texts:
            self._learn()
        try:
            return self._texts[number]
        except KeyError as error:
            raise Malformed(f"word {number!r}") from error

    def words(self) -> dict[int, str]:
        """Every word there is, by its number."""
        self._learn()
        return self._texts

    def known(self, text: str) -> int | None:
        """The number of a word; None when the store does not have it."""
        if text not in self._numbers:
            self._learn()
        return self._numbers.get(text)

    def number(self, text: str | None) -> int | None:
        """The number of a word, new when the store did not have it; None for None."""
        if text is None:
            return None
        known = self._numbers.get(text)
        if known is not None:
            return known
        self.execute("INSERT INTO word (text) VALUES (?) ON CONFLICT DO NOTHING", (text,))
        self._learn()
        return self._numbers[text]

    def _learn(self) -> None:
        self._texts = dict(self.execute("SELECT id, text FROM word").fetchall())
        self._numbers = {text: number for number, text in self._texts.items()}
