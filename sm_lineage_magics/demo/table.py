"""A small table as plain rows: a CSV file, its ETag, and a DataFrame when one is asked for.

>>> Table(("id", "age"), ((1, 34), (2, 51))).csv
'id,age\\n1,34\\n2,51\\n'
"""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Table:
    """Column names and rows."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...] = field(repr=False)

    @cached_property
    def csv(self) -> str:
        """The table as CSV with a header line."""
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows((self.columns, *self.rows))
        return text.getvalue()

    @property
    def etag(self) -> str:
        """What S3 calls this content: the MD5 digest of an object uploaded in one part."""
        return hashlib.md5(self.csv.encode(), usedforsecurity=False).hexdigest()

    @cached_property
    def df(self) -> pd.DataFrame:
        """The table as a DataFrame."""
        import pandas as pd

        return pd.DataFrame.from_records(self.rows, columns=list(self.columns))
