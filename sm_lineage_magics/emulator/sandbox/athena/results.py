r"""Rows a query found, as Athena writes them: text, quoted, null for nothing at all.

>>> Result(("id", "name"), ("BIGINT", "VARCHAR"), ((1, None),)).csv
b'"id","name"\n"1",\n'
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from ...parsed import Parsed

Cell = str | None

_ATHENA_TYPES = {
    "HUGEINT": "decimal",
    "TEXT": "varchar",
    "TIMESTAMP WITH TIME ZONE": "timestamp with time zone",
    "BLOB": "varbinary",
}


@dataclass(frozen=True)
class Result:
    """What a query found."""

    names: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    rows: tuple[tuple[Any, ...], ...] = ()

    @classmethod
    def of(cls, cursor: Any) -> Result:
        """Everything a cursor has to give."""
        described = cursor.description
        names = tuple(column[0] for column in described)
        types = tuple(str(column[1]) for column in described)
        return cls(names, types, tuple(cursor.fetchall()))

    @property
    def text_rows(self) -> list[tuple[Cell, ...]]:
        """The names of the columns and then the rows, as text."""
        return [self.names, *(tuple(map(_text, row)) for row in self.rows)]

    @property
    def csv(self) -> bytes:
        """The file Athena leaves on S3."""
        lines = (",".join(map(_field, row)) for row in self.text_rows)
        return "".join(f"{line}\n" for line in lines).encode()


def wire_row(row: tuple[Cell, ...]) -> Parsed:
    """A row of GetQueryResults; a null has no value."""
    return {"Data": [{} if cell is None else {"VarCharValue": cell} for cell in row]}


def column_info(result: Result) -> list[Parsed]:
    """The columns of GetQueryResults, with Athena's names of their types."""
    return [
        {
            "CatalogName": "hive",
            "SchemaName": "",
            "TableName": "",
            "Name": name,
            "Label": name,
            "Type": _athena_type(type_),
            "Precision": 0,
            "Scale": 0,
            "Nullable": "UNKNOWN",
            "CaseSensitive": type_ == "VARCHAR",
        }
        for name, type_ in zip(result.names, result.types, strict=True)
    ]


def _athena_type(type_: str) -> str:
    if type_.endswith("]"):
        return "array"
    bare = type_.partition("(")[0]
    return _ATHENA_TYPES.get(bare, bare.lower())


def _field(cell: Cell) -> str:
    return "" if cell is None else '"' + cell.replace('"', '""') + '"'


def _text(value: Any) -> Cell:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="milliseconds")
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, list):
        return "[" + ", ".join(str(_text(one)) for one in value) + "]"
    return str(value)
