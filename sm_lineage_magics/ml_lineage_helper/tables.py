"""Answers as the tables ml-lineage-helper gave, and a warning where one is not complete.

>>> table(FEATURE_GROUPS, rows, answer).columns.tolist()[0]
'Feature Group Name'
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from typing import Any

import pandas as pd

from ..model import Answer

LINEAGE = (
    "Name/Source",
    "Association",
    "Name/Destination",
    "Artifact Source ARN",
    "Artifact Destination ARN",
    "Source URI",
    "Base64 Feature Store Query String",
    "Git URL",
)
FEATURE_GROUPS = (
    "Feature Group Name",
    "Feature Group Artifact ARN",
    "Feature Group ARN",
    "Feature Group S3 URI",
    "Feature Group Table Name",
)
DATA_SOURCES = ("Dataset Name", "Dataset Artifact ARN", "Dataset S3 URI")
MODELS = ("SageMaker Model Name", "Model S3 URI", "Created By", "Endpoints")

# A column ml-lineage-helper misspelt: code written for it asks for it so.
_MISSPELT = {"Datset Name": "Dataset Name"}


class IncompleteLineage(UserWarning):
    """A table that lacks what could not be seen; `table.attrs["gaps"]` says what and why."""


class Table(pd.DataFrame):
    """A DataFrame that also answers to the misspelt name of a column."""

    @property
    def _constructor(self) -> type[Table]:
        return Table

    def __getitem__(self, key: Any) -> Any:
        return super().__getitem__(_MISSPELT.get(key, key) if isinstance(key, str) else key)


def table(columns: tuple[str, ...], rows: Iterable[tuple[Any, ...]], answer: Answer) -> Table:
    """Rows under their columns; warns of the gaps of the answer they come from."""
    made = Table(list(dict.fromkeys(rows)), columns=list(columns), dtype=object)
    made.attrs["gaps"] = [str(gap) for gap in answer.gaps]
    for gap in made.attrs["gaps"]:
        warnings.warn(f"This table is not complete: {gap}", IncompleteLineage, stacklevel=3)
    return made
