"""SQLite's errors as ours, translated once: what is wrong, and what to do next."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from ....errors import (
    BusyStore,
    DamagedStore,
    FormatError,
    NotALineageStore,
    ReadOnlyStore,
    StoreError,
)

_DAMAGED = "It is damaged. Restore a copy, or move it away to start anew."

_ELSEWHERE = ", or keep lineage in another file: %lineage use FILE."

# By what SQLite's message holds; Python 3.10 does not tell the error's code.
_REFUSALS: tuple[tuple[str, type[StoreError], str], ...] = (
    ("locked", BusyStore, "Another program is writing to it for too long. Try again."),
    ("readonly", ReadOnlyStore, f"It cannot be written. Open it with read_only=True{_ELSEWHERE}"),
    ("unable to open", ReadOnlyStore, f"It or its folder cannot be opened{_ELSEWHERE}"),
    ("is full", StoreError, "The disk is full. Make room; nothing of this write was kept."),
    ("malformed", DamagedStore, _DAMAGED),
    ("no such", DamagedStore, _DAMAGED),
    ("decode to UTF-8", DamagedStore, _DAMAGED),
    ("not a database", NotALineageStore, "It is no lineage store. Name another file."),
    ("disk I/O error", StoreError, "The disk does not answer. Nothing of this write was kept."),
)


@contextmanager
def translated(where: str) -> Iterator[None]:
    """Raise SQLite's errors as `StoreError`s about the store at `where`.

    Raises:
        StoreError: of the kind that says what is wrong.
        FormatError: for text that cannot be stored.
    """
    try:
        yield
    except sqlite3.Error as error:
        raise refusal(where, error) from error
    except UnicodeEncodeError as error:
        raise FormatError(
            f"{error.object!r} is not text that can be stored. Expected Unicode without halves "
            "of surrogate pairs, such as a file name in another encoding leaves behind."
        ) from error


def refusal(where: str, error: sqlite3.Error) -> StoreError:
    """The error of ours that one of SQLite's is."""
    for part, kind, advice in _REFUSALS:
        if part in str(error):
            return kind(f"The lineage store {where}: {error}. {advice}")
    if not str(error):
        # Python 3.10 has no words for what it cannot place, which damage alone brings about.
        return DamagedStore(f"The lineage store {where}: {_DAMAGED}")
    return StoreError(f"The lineage store {where}: {error}.")
