"""Which columns come from which features, as written on a query or a data set, and read back.

>>> write_columns({"age": [ColumnSource("customers", "age")]})
'{"age":[["customers","age","direct"]]}'
>>> columns_of(query)["age"]
(ColumnSource(feature_group='customers', column='age', how='direct'),)
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from .entity import Entity
from .packing import whole
from .vocabulary import COLUMNS

# How a feature gets into a column: its value does, or it decides which rows or which value do.
How = Literal["direct", "filter", "join", "group", "order", "condition"]

HOWS: tuple[How, ...] = get_args(How)

# What decides about all rows of a query stands under this name once, not under every column.
EVERY = "*"


@dataclass(frozen=True)
class ColumnSource:
    """One feature that a column comes from.

    Attributes:
        feature_group: its name; the `database.table` of a table that is none.
        column: the feature.
        how: `direct`, or what it decides: `filter`, `join`, `group`, `order`, `condition`.
    """

    feature_group: str
    column: str
    how: How = "direct"

    @property
    def direct(self) -> bool:
        """Whether the feature's value is in the column."""
        return self.how == "direct"


def write_columns(columns: Mapping[str, Iterable[ColumnSource]]) -> str:
    """Columns as the text of a property."""
    listed = {name: [_listed(source) for source in each] for name, each in columns.items()}
    return json.dumps(listed, ensure_ascii=False, separators=(",", ":"))


def columns_of(entity: Entity) -> dict[str, tuple[ColumnSource, ...]]:
    """The columns of a query or data set, with what decides about all rows under each of them.

    Empty when none were recorded, or when what stands there is not columns.
    """
    try:
        recorded = json.loads(whole(entity.properties).get(COLUMNS, "{}"))
        columns = {name: tuple(map(_source, each)) for name, each in recorded.items()}
    except (ValueError, TypeError, AttributeError, LookupError):
        return {}
    every = columns.pop(EVERY, ())
    return {name: tuple(dict.fromkeys((*each, *every))) for name, each in columns.items()}


def _listed(source: ColumnSource) -> list[str]:
    kind = "direct" if source.direct else "indirect"
    return [source.feature_group, source.column, kind] + ([] if source.direct else [source.how])


def _source(listed: Any) -> ColumnSource:
    group, column, kind, *how = listed
    known: How = next((each for each in HOWS if each in how), "condition")
    return ColumnSource(str(group), str(column), "direct" if kind == "direct" else known)
