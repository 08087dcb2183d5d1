"""Tables of the catalog, brought into DuckDB from their files on S3.

>>> load(duck, table, objects)
"""

from __future__ import annotations

from pathlib import Path

from ..catalog import Table
from ..duck import Duck, literal, quoted
from ..s3 import Objects


def load(duck: Duck, table: Table, objects: Objects) -> int:
    """Make a table in DuckDB of the files it has on S3; the bytes that were read."""
    folder = duck.folder / table.database / table.name
    files = _fetched(table, objects, folder)
    duck.connection.execute(f"CREATE SCHEMA IF NOT EXISTS {quoted(table.database)}")
    name = f"{quoted(table.database)}.{quoted(table.name)}"
    duck.connection.execute(f"CREATE TABLE {name} AS {_select(duck, table, files)}")
    return sum(file.stat().st_size for file in files)


def _fetched(table: Table, objects: Objects, folder: Path) -> list[Path]:
    prefix = table.location.rstrip("/") + "/"
    files = []
    for uri in objects.under(prefix):
        file = folder / uri.removeprefix(prefix)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(objects.read(uri))
        # Athena passes over files that are empty or whose name begins with `_` or a dot.
        if file.stat().st_size and file.name[0] not in "_.":
            files.append(file)
    return files


def _select(duck: Duck, table: Table, files: list[Path]) -> str:
    columns = {**table.columns, **dict.fromkeys(table.partitions, "VARCHAR")}
    if not files:
        empty = ", ".join(f"CAST(NULL AS {type_}) AS {quoted(n)}" for n, type_ in columns.items())
        return f"SELECT {empty} WHERE false"
    source = _source(table, "[" + ", ".join(literal(str(file)) for file in files) + "]")
    if table.format == "csv":
        # DuckDB 2.0 moves casts into its reader, where even a TRY_CAST fails on a bad value.
        duck.connection.execute(f"CREATE OR REPLACE TEMP TABLE lines AS SELECT * FROM {source}")
        source = "lines"
    there = {name.lower(): name for name in duck.types_of(f"SELECT * FROM {source}")}
    chosen = ", ".join(
        f"{_cast(table, there.get(name.lower()), type_)} AS {quoted(name)}"
        for name, type_ in columns.items()
    )
    return f"SELECT {chosen} FROM {source}"


def _cast(table: Table, column: str | None, type_: str) -> str:
    if column is None:
        return f"CAST(NULL AS {type_})"
    # What a text file holds may not be what the table says; Athena gives null for it.
    cast = "CAST" if table.format == "parquet" else "TRY_CAST"
    return f"{cast}({quoted(column)} AS {type_})"


def _source(table: Table, files: str) -> str:
    hive = "true" if table.partitions else "false"
    if table.format == "parquet":
        return f"read_parquet({files}, hive_partitioning={hive}, union_by_name=true)"
    if table.format == "json":
        return f"read_json({files}, format='newline_delimited', union_by_name=true)"
    return _csv(table, files, hive)


def _csv(table: Table, files: str, hive: str) -> str:
    options = table.options
    separator = options.get("separatorChar") or options.get("field.delim") or ","
    types = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in table.columns)
    return (
        f"read_csv({files}, auto_detect=false, columns={{{types}}}, "
        f"delim={literal(_unescaped(separator))}, "
        f"quote={literal(_unescaped(options.get('quoteChar', chr(34))))}, "
        f"escape={literal(_unescaped(options.get('escapeChar', chr(34))))}, "
        f"skip={int(options.get('skip.header.line.count', '0'))}, header=false, "
        f"null_padding=true, hive_partitioning={hive})"
    )


def _unescaped(text: str) -> str:
    known = {"\\t": "\t", '\\"': '"', "\\\\": "\\", "\\,": ","}
    return known.get(text, text)
