"""DuckDB for the sandbox: files in, files out, nothing else reached.

>>> with Duck() as duck:
...     duck.parquet_of_rows([{"id": "c1"}], {"id": "VARCHAR"})
b'PAR1…'
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any

Row = Mapping[str, Any]


class Duck:
    """A database in memory, and a folder of its own for the files it reads and writes."""

    def __init__(self) -> None:
        import duckdb

        self._folder = TemporaryDirectory(prefix="sm-lineage-sandbox-")
        self.folder = Path(self._folder.name)
        self.connection = duckdb.connect(":memory:")

    def __enter__(self) -> Duck:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.connection.close()
        self._folder.cleanup()

    def parquet_of_rows(self, rows: Iterable[Row], columns: Mapping[str, str]) -> bytes:
        """Rows as one Parquet file; a column that a row lacks is null there."""
        lines = (json.dumps(dict(row), default=_text) for row in rows)
        given = self.folder / "rows.json"
        given.write_text("\n".join(lines), encoding="utf-8")
        types = ", ".join(f"{quoted(name)}: {literal(type_)}" for name, type_ in columns.items())
        return self.parquet_of(
            f"SELECT * FROM read_json({literal(str(given))}, "
            f"format='newline_delimited', columns={{{types}}})"
        )

    def parquet_of(self, query: str) -> bytes:
        """What a query finds, as one Parquet file."""
        made = self.folder / "made.parquet"
        self.connection.execute(f"COPY ({query}) TO {literal(str(made))} (FORMAT parquet)")
        return made.read_bytes()

    def types_of(self, query: str) -> dict[str, str]:
        """The columns of what a query finds, with DuckDB's names of their types."""
        return {row[0]: row[1] for row in self.connection.execute(f"DESCRIBE {query}").fetchall()}

    def shut(self) -> None:
        """Let no query read files or the network from now on."""
        self.connection.execute("SET enable_external_access = false")


def quoted(name: str) -> str:
    """An identifier, as SQL quotes it."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A string, as SQL quotes it."""
    return "'" + text.replace("'", "''") + "'"


def _text(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    raise TypeError(f"{type(value).__name__} cannot be stored in a table")
