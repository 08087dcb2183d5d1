"""Whether the file at a store's path is still the one that was opened.

SQLite goes on writing into a file that was deleted or replaced, and acknowledges what nobody will
ever read; the log it leaves then would be taken for that of the file that is there instead.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from ....errors import StoreError

Identity = tuple[int, int]


class Presence(NamedTuple):
    """What is at a path.

    Attributes:
        file: its device and inode; None when there is no file.
        size: its bytes.
    """

    file: Identity | None = None
    size: int = 0

    @classmethod
    def at(cls, path: Path) -> Presence:
        """What is there now.

        Raises:
            StoreError: when it cannot be told.
        """
        try:
            found = os.stat(path)
        except (FileNotFoundError, NotADirectoryError):
            return cls()
        except OSError as error:
            raise StoreError(f"{path} cannot be reached any more: {error.strerror}.") from error
        return cls((found.st_dev, found.st_ino), found.st_size)

    def continues(self, before: Presence) -> bool:
        """Whether it is the same file, no shorter than before; a store never becomes shorter."""
        return self.file == before.file and self.size >= before.size

    def check_same(self, before: Presence, path: Path) -> None:
        """Refuse to go on with a file that is no longer there.

        Raises:
            StoreError: when it was deleted or emptied, or another was put in its place.
        """
        if self.size and self.file == before.file:
            return
        what = "replaced by another file" if self.size else "deleted or emptied"
        raise StoreError(
            f"The lineage store {path} was {what} while it was open. What was being written is "
            "lost with it; ask again to go on with what is there now."
        )


def log_of(path: Path) -> Path:
    """Where SQLite keeps the write-ahead log of a file."""
    return Path(f"{path}-wal")
