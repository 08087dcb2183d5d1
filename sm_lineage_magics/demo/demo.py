"""What a demo is: raw tables, and the lineage of everything built from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from ..model import LineageGraph
from .table import Table

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Demo:
    """One business: its raw data and its lineage.

    Attributes:
        name: as `%lineage demo` takes it.
        raw: the raw tables as plain rows.
        graph: from the raw files to the endpoints.
        questions: references worth asking about, the first ones first.
    """

    name: str
    raw: Mapping[str, Table] = field(hash=False, repr=False)
    graph: LineageGraph = field(hash=False, repr=False)
    questions: tuple[str, ...] = ()

    @cached_property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """The raw tables as DataFrames."""
        return MappingProxyType({name: table.df for name, table in self.raw.items()})

    def save(self, folder: str | Path) -> list[Path]:
        """Write the raw tables as CSV files into `folder`, which is made where it is missing."""
        Path(folder).mkdir(parents=True, exist_ok=True)
        paths = {Path(folder) / f"{name}.csv": table for name, table in self.raw.items()}
        for path, table in paths.items():
            path.write_text(table.csv, encoding="utf-8", newline="\n")
        return list(paths)
