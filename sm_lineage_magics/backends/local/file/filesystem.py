"""Which journal is safe where a file lies: write-ahead on this machine's disks, rollback elsewhere.

>>> journal_for(Path("/mnt/efs/lineage.db"))
'DELETE'

A write-ahead log needs memory shared by all who have the file open. Two hosts on one NFS or EFS
folder share none, and SQLite does not notice: commits are lost in silence.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

Journal = Literal["WAL", "DELETE"]

MOUNTS = Path("/proc/self/mountinfo")

# Anything that is not known to be a local disk is taken for a network: slower, but safe.
_LOCAL = frozenset({"ext2", "ext3", "ext4", "xfs", "btrfs", "f2fs", "zfs", "overlay", "tmpfs"})


def journal_for(path: Path, mounts: Path = MOUNTS) -> Journal:
    """The journal that is safe for a file at `path`."""
    return "WAL" if filesystem_of(path, mounts) in _LOCAL else "DELETE"


def filesystem_of(path: Path, mounts: Path = MOUNTS) -> str:
    """The type of the file system that holds `path`, as Linux names it; `unknown` elsewhere."""
    real = os.path.realpath(path)
    holding = [mount for mount in _mounts(mounts) if _holds(mount[0], real)]
    # Of two mounts at one place the later one covers the earlier one.
    return max(reversed(holding), key=lambda mount: len(mount[0]), default=("", "unknown"))[1]


def _mounts(mounts: Path) -> Iterator[tuple[str, str]]:
    try:
        text = mounts.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:  # macOS and Windows have no such file
        return
    for line in text.splitlines():
        before, separator, after = line.partition(" - ")
        if separator:
            yield _unescaped(before.split(" ")[4]), after.split(" ")[0]


def _unescaped(text: str) -> str:
    # The kernel writes space, tab, newline and backslash as three octal digits.
    if "\\" not in text:
        return text
    return re.sub(r"\\([0-7]{3})", lambda match: chr(int(match.group(1), 8)), text)


def _holds(folder: str, path: str) -> bool:
    return path == folder or path.startswith(folder.rstrip("/") + "/")
