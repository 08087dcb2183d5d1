"""The offline store: records as Parquet on S3 behind a Glue table, as Feature Store keeps them.

>>> offline.add(group.offline, {"id": "c1", "write_time": now, "is_deleted": False})
>>> offline.flush_all()

Records wait in memory until somebody queries: the service too writes them minutes later.
"""

from __future__ import annotations

import threading
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from ..catalog import PARQUET, Catalog, Table
from ..duck import Duck
from ..s3 import Objects

Definition = Mapping[str, Any]

# What Feature Store adds to every row, with DuckDB's types.
ADDED = {"write_time": "TIMESTAMP", "api_invocation_time": "TIMESTAMP", "is_deleted": "BOOLEAN"}
PARTITIONS = ("year", "month", "day", "hour")

_TYPES = {"Integral": "BIGINT", "Fractional": "DOUBLE", "String": "VARCHAR"}


class OfflineStore:
    """The tables of the feature groups of one sandbox."""

    def __init__(self, catalog: Catalog, objects: Objects) -> None:
        self._catalog = catalog
        self._objects = objects
        self._columns: dict[str, dict[str, str]] = {}
        self._waiting: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
        self._lock = threading.Lock()

    def make_table(self, config: Mapping[str, Any], features: Iterable[Definition]) -> None:
        """Make the table of a feature group, unless it is to have none."""
        columns = _columns(features)
        self._columns[_place(config)] = columns
        if not config.get("DisableGlueTableCreation"):
            self._catalog.make(_table(config, columns))

    def change_table(self, config: Mapping[str, Any], features: Iterable[Definition]) -> None:
        """Give the table the columns of these features."""
        self.flush(config)
        columns = _columns(features)
        self._columns[_place(config)] = columns
        if not config.get("DisableGlueTableCreation"):
            self._catalog.change(_table(config, columns))

    def add(self, config: Mapping[str, Any], row: dict[str, Any]) -> None:
        """Have a row written, some time."""
        with self._lock:
            self._waiting[_place(config)].append(row)

    def flush(self, config: Mapping[str, Any]) -> None:
        """Write the rows of one table that wait."""
        self._flush(_place(config))

    def flush_all(self) -> None:
        """Write every row that waits."""
        for place in list(self._waiting):
            self._flush(place)

    def _flush(self, place: str) -> None:
        with self._lock:
            rows = self._waiting.pop(place, [])
        by_hour: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in rows:
            by_hour[row["write_time"].strftime("year=%Y/month=%m/day=%d/hour=%H")].append(row)
        for hour, written in by_hour.items():
            name = f"{written[-1]['write_time']:%Y%m%dT%H%M%SZ}_{uuid.uuid4().hex[:16]}.parquet"
            with Duck() as duck:
                body = duck.parquet_of_rows(written, self._columns[place])
            self._objects.write(f"{place}/{hour}/{name}", body)


def _columns(features: Iterable[Definition]) -> dict[str, str]:
    types = {
        one["FeatureName"]: _TYPES[one["FeatureType"]] + ("[]" if one.get("CollectionType") else "")
        for one in features
    }
    return {**types, **ADDED}


def _place(config: Mapping[str, Any]) -> str:
    return str(config["S3StorageConfig"]["ResolvedOutputS3Uri"])


def _table(config: Mapping[str, Any], columns: Mapping[str, str]) -> Table:
    names = config["DataCatalogConfig"]
    return Table(
        names["Database"], names["TableName"], _place(config), columns, PARQUET, PARTITIONS
    )
