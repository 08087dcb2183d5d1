"""Where on this machine the memory of an account is kept.

>>> memory_file(Home("us-east-1", "123456789012")).name
'sagemaker-123456789012-us-east-1.db'
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..model import Home

_APART: list[Path] = []


def memory_file(home: Home) -> Path:
    """The file of one account and region; its folder is made if there is none.

    It is an ordinary embedded store, so that it can be opened and asked without the account.
    """
    return _folder() / f"sagemaker-{home.account}-{home.region}.db"


def journal_file() -> Path | None:
    """Where recordings in accounts are noted: apart for emulated ones, else the embedded store."""
    return _APART[-1] / "journal.db" if _APART else None


@contextmanager
def remembered_apart() -> Iterator[None]:
    """Remember accounts elsewhere until the block is left, and then no more; for emulated ones.

    They share their numbers with accounts emulated before, and with real ones. In all threads; of
    several at once the latest counts.
    """
    with tempfile.TemporaryDirectory(
        prefix="sm-lineage-memory-", ignore_cleanup_errors=True
    ) as name:
        folder = Path(name)
        _APART.append(folder)
        try:
            yield
        finally:
            _APART.remove(folder)


def _folder() -> Path:
    if _APART:
        return _APART[-1]
    from platformdirs import user_data_path

    return user_data_path("sm_lineage_magics", appauthor=False, ensure_exists=True)
