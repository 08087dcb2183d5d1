"""Tables of the Glue catalog: what they are called, where they lie, how they are written.

>>> catalog.make(Table("shop", "orders", "s3://bucket/orders", {"id": "BIGINT"}))
>>> catalog.find("shop", "orders").columns
{'id': 'BIGINT'}
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from botocore.exceptions import ClientError

PARQUET = "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe"
CSV = "org.apache.hadoop.hive.serde2.OpenCSVSerde"


@dataclass(frozen=True)
class Table:
    """One table.

    Attributes:
        database: its database.
        name: its name.
        location: the S3 prefix its files are under.
        columns: name → DuckDB type, without the partitions'.
        serde: the library that reads its files.
        partitions: columns that stand in the paths of files, all of them text.
        options: of the library and the table: separators, header lines.
    """

    database: str
    name: str
    location: str
    columns: Mapping[str, str]
    serde: str = PARQUET
    partitions: Sequence[str] = ()
    options: Mapping[str, str] = field(default_factory=dict)

    @property
    def format(self) -> str:
        """parquet, json or csv."""
        said = f"{self.serde} {self.options.get('classification', '')}".lower()
        return next((one for one in ("parquet", "json") if one in said), "csv")


class Catalog:
    """The Glue catalog of the sandbox."""

    def __init__(self, glue: Any) -> None:
        self._glue = glue

    def make(self, table: Table) -> None:
        """Make a table, and its database when there is none."""
        self.make_database(table.database)
        self._glue.create_table(DatabaseName=table.database, TableInput=_input(table))

    def change(self, table: Table) -> None:
        """Change what there is of a table."""
        self._glue.update_table(DatabaseName=table.database, TableInput=_input(table))

    def put(self, table: Table) -> None:
        """Make a table, or change it when there is one."""
        if self.find(table.database, table.name) is None:
            self.make(table)
        else:
            self.change(table)

    def make_database(self, name: str) -> None:
        """Make a database unless there is one."""
        try:
            self._glue.create_database(DatabaseInput={"Name": name})
        except self._glue.exceptions.AlreadyExistsException:
            return

    def find(self, database: str, name: str) -> Table | None:
        """The table of a name, if there is one."""
        try:
            found = self._glue.get_table(DatabaseName=database.lower(), Name=name.lower())
        except ClientError as error:
            if error.response["Error"]["Code"] == "EntityNotFoundException":
                return None
            raise
        return _table(found["Table"], database.lower())

    def drop(self, database: str, name: str) -> None:
        """Delete a table; its files stay."""
        self._glue.delete_table(DatabaseName=database.lower(), Name=name.lower())


def _input(table: Table) -> dict[str, Any]:
    return {
        "Name": table.name.lower(),
        "TableType": "EXTERNAL_TABLE",
        "Parameters": {"EXTERNAL": "TRUE", **table.options},
        "PartitionKeys": [{"Name": name, "Type": "string"} for name in table.partitions],
        "StorageDescriptor": {
            "Columns": [
                {"Name": name.lower(), "Type": _in_hive(type_)}
                for name, type_ in table.columns.items()
            ],
            "Location": table.location,
            "SerdeInfo": {
                "SerializationLibrary": table.serde,
                "Parameters": dict(table.options),
            },
        },
    }


def _table(found: Mapping[str, Any], database: str) -> Table:
    storage = found["StorageDescriptor"]
    serde = storage.get("SerdeInfo", {})
    return Table(
        database,
        found["Name"],
        storage["Location"],
        {one["Name"]: in_duckdb(one["Type"]) for one in storage.get("Columns", ())},
        serde.get("SerializationLibrary", ""),
        [one["Name"] for one in found.get("PartitionKeys", ())],
        {**found.get("Parameters", {}), **serde.get("Parameters", {})},
    )


def in_duckdb(hive_type: str) -> str:
    """A type as Hive and Glue call it, as DuckDB calls it."""
    from sqlglot import exp

    return exp.DataType.build(hive_type, dialect="hive").sql("duckdb")


def _in_hive(duckdb_type: str) -> str:
    from sqlglot import exp

    return exp.DataType.build(duckdb_type, dialect="duckdb").sql("hive").lower()
