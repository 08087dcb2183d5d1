"""The tables and views that the names in a query may stand for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from .facts import TableSchema


@dataclass(frozen=True)
class Catalogue:
    """The tables and views a query may name.

    Attributes:
        tables: by `database.table`, lower case.
        database: the one meant where a query names none, lower case.
        views: `database.view`, lower case → the query that defines it.
    """

    tables: Mapping[str, TableSchema] = field(default_factory=dict)
    database: str = ""
    views: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(
        cls, schemas: Iterable[TableSchema], database: str, views: Mapping[str, str] | None
    ) -> Catalogue:
        """The catalogue of these; case does not matter in any name."""
        return cls(
            {schema.name.lower(): schema for schema in schemas},
            database.lower(),
            {name.lower(): query for name, query in (views or {}).items()},
        )

    @property
    def nested(self) -> dict[str, dict[str, dict[str, str]]]:
        """Database → table → column → type, for tables whose columns are known."""
        nested: dict[str, dict[str, dict[str, str]]] = {}
        for name, table in self.tables.items():
            database, _, short = name.rpartition(".")
            if table.columns:
                columns = {column.lower(): "VARCHAR" for column in table.columns}
                nested.setdefault(database, {})[short] = columns
        return nested

    def full(self, name: str) -> str:
        """`database.table` of a name with fewer parts or more."""
        parts = name.lower().split(".")
        if len(parts) == 1 and self.database:
            return f"{self.database}.{parts[0]}"
        return ".".join(parts[-2:])

    def called(self, table: str) -> str:
        """The feature group whose offline table this is, else the table itself."""
        return self._group(table) or table

    def spelled(self, table: str, column: str) -> str:
        """A column as its feature group spells it; Athena's own names are all lower case."""
        known = self.tables.get(table)
        return known.spelling.get(column, column) if known else column

    def groups(self, tables: Iterable[str]) -> tuple[str, ...]:
        """The feature groups among tables."""
        return tuple(dict.fromkeys(filter(None, map(self._group, tables))))

    def _group(self, table: str) -> str:
        known = self.tables.get(table)
        return known.feature_group if known else ""
