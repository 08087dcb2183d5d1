"""What one query is known to read and write."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from ...model import ColumnSource, Gap, write_columns
from ...model.columns import EVERY

Verb = Literal[
    "select", "unload", "create-table", "create-view", "insert", "change", "prepare", "other"
]


@dataclass(frozen=True)
class TableSchema:
    """A table as the catalogue has it; a feature group's offline table when that is named.

    Attributes:
        name: `database.table`; case does not matter, as it does not to Athena.
        columns: in the order of `SELECT *`; spelled as they are to be reported.
        feature_group: the name of the feature group this is the offline table of, or empty.
    """

    name: str
    columns: tuple[str, ...] = ()
    feature_group: str = ""

    @cached_property
    def spelling(self) -> Mapping[str, str]:
        """Column in lower case → as it is to be reported."""
        return {column.lower(): column for column in self.columns}


@dataclass(frozen=True)
class QueryFacts:
    """What a query reads and writes, as far as its text says.

    Attributes:
        text: the query, whole, as it was given.
        verb: what it does with the rows it selects.
        feature_groups: names of the feature groups read, in the order they are met.
        tables: every table read, `database.table`.
        columns: output column → the features in it and those that decide about its value. A name
            that comes twice is numbered as pandas does it: `id`, `id.1`.
        rows: the features that decide which rows there are.
        location: the S3 location the statement itself names for its output, or empty.
        writes: the table it creates or changes, or empty.
        parameters: how many values it is executed with.
        gaps: what could not be resolved.
    """

    text: str
    verb: Verb = "other"
    feature_groups: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    columns: Mapping[str, tuple[ColumnSource, ...]] = field(default_factory=dict, hash=False)
    rows: tuple[ColumnSource, ...] = ()
    location: str = ""
    writes: str = ""
    parameters: int = 0
    gaps: tuple[Gap, ...] = ()

    @property
    def written_columns(self) -> str:
        """The columns as the text of the property that keeps them; empty when none are known."""
        if not self.columns:
            return ""
        return write_columns({**self.columns, EVERY: self.rows} if self.rows else self.columns)

    def unresolved(self, where: str, why: str) -> QueryFacts:
        """The same facts, with one more thing that could not be resolved."""
        return replace(self, gaps=(*self.gaps, Gap("unresolved", where, why)))
