"""What the first hundred bytes of a file say of it, read without touching it.

SQLite writes to a file it merely opens when a journal lies beside it, so whatever is not ours is
turned away before SQLite sees it.
"""

from __future__ import annotations

from pathlib import Path
from stat import S_ISDIR, S_ISREG
from struct import unpack_from
from typing import NamedTuple

from ....errors import DamagedStore, NewerStore, NotALineageStore, ReadOnlyStore, StoreError
from .schema import APPLICATION_ID, VERSION

_MAGIC = b"SQLite format 3\0"


class Header(NamedTuple):
    """What a store's file says of itself.

    Attributes:
        version: the version of its tables.
        logged: whether it is kept with a write-ahead log.
    """

    version: int
    logged: bool


def examine(path: Path) -> Header | None:
    """The header of the store at `path`; None when there is none yet.

    Raises:
        StoreError: of the kind that says why what is there is not a store we can open.
    """
    if not _is_there(path):
        return None
    head = _head(path)
    if not head:
        return None
    if len(head) < 100 or not head.startswith(_MAGIC):
        raise _not_ours(path)
    _check_owner(path, head)
    _check_length(path, head)
    (version,) = unpack_from(">I", head, 60)
    return Header(version, logged=head[18] == 2)


def _is_there(path: Path) -> bool:
    """Whether there is a file; a folder, a pipe or a device is refused before it is opened."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return False
    except OSError as error:
        raise _unreadable(path, error) from error
    if S_ISDIR(mode):
        raise StoreError(f"{path} is a folder. Expected a file, for example {path / 'lineage.db'}.")
    if not S_ISREG(mode):
        # A pipe would be waited for, a device like /dev/null written into.
        raise StoreError(f"{path} is a pipe or a device. Expected a file.")
    return True


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(100)
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> ReadOnlyStore:
    return ReadOnlyStore(f"Cannot read {path}: {error.strerror}. Expected a file you may read.")


def _check_owner(path: Path, head: bytes) -> None:
    (version,) = unpack_from(">I", head, 60)
    (application,) = unpack_from(">I", head, 68)
    if application != APPLICATION_ID:
        raise _not_ours(path)
    check_version(path, version)


def check_version(path: Path | str, version: int) -> None:
    """Refuse a file of a version that does not exist yet.

    Raises:
        NewerStore: when it was written by a newer version of this package.
    """
    if version > VERSION:
        raise NewerStore(
            f"{path} has version {version}; this package knows versions up to {VERSION}. It is "
            "left untouched: upgrade with %pip install -U sm_lineage_magics, or name another file."
        )


def _check_length(path: Path, head: bytes) -> None:
    pages, changed, counted_at = (unpack_from(">I", head, at)[0] for at in (28, 24, 92))
    (size,) = unpack_from(">H", head, 16)
    # SQLite itself trusts the number of pages only where both counters agree. With a journal or
    # log beside the file it may rightly be shorter: whoever was moving pages into it was killed.
    moving = any(Path(f"{path}{suffix}").exists() for suffix in ("-journal", "-wal"))
    trusted = changed == counted_at and not moving
    expected = pages * (65536 if size == 1 else size)
    if trusted and path.stat().st_size < expected:
        raise DamagedStore(
            f"{path} is cut short: {path.stat().st_size} of {expected} bytes. It is left "
            "untouched: restore a copy, or move it away to start anew."
        )


def _not_ours(path: Path) -> NotALineageStore:
    return NotALineageStore(
        f"{path} is not a lineage store. It is left untouched: name another file."
    )
