"""The tables and views that the names in a query may stand for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from .facts import TableSchema

# Glue's own, where feature groups have their tables; lower case, as all names are here.
USUAL = "awsdatacatalog"


@dataclass(frozen=True)
class Catalogue:
    """The tables and views a query may name.

    A table of another data catalog than the usual one goes by three parts.

    Attributes:
        tables: by `database.table`, lower case.
        database: the one meant where a query names none, lower case.
        catalog: the data catalog meant where a query names none, lower case.
        views: `database.view`, lower case → the query that defines it.
    """

    tables: Mapping[str, TableSchema] = field(default_factory=dict)
    database: str = ""
    catalog: str = USUAL
    views: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        schemas: Iterable[TableSchema],
        database: str,
        catalog: str,
        views: Mapping[str, str] | None,
    ) -> Catalogue:
        """The catalogue of these; case does not matter in any name."""
        return cls(
            {schema.name.lower(): schema for schema in schemas},
            database.lower(),
            catalog.lower() or USUAL,
            {name.lower(): query for name, query in (views or {}).items()},
        )

    @property
    def nested(self) -> dict[str, dict[str, dict[str, dict[str, str]]]]:
        """Catalog → database → table → column → type, for tables whose columns are known."""
        databases: dict[str, dict[str, dict[str, str]]] = {}
        for name, table in self.tables.items():
            database, _, short = name.rpartition(".")
            if table.columns:
                columns = {column.lower(): "VARCHAR" for column in table.columns}
                databases.setdefault(database, {})[short] = columns
        return {USUAL: databases} if databases else {}

    def full(self, name: str) -> str:
        """`database.table` of a name, whatever parts it leaves out."""
        parts = name.lower().split(".")
        if len(parts) == 1 and self.database:
            parts = [self.database, *parts]
        if len(parts) == 2 and self.catalog != USUAL:
            parts = [self.catalog, *parts]
        return ".".join(parts[1:] if parts[0] == USUAL and len(parts) > 2 else parts)

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
