"""The size of the file, and the import against arrival order and against SQLite alone."""

from __future__ import annotations

import sqlite3
import statistics
import tempfile
from collections.abc import Callable
from contextlib import closing
from itertools import islice
from pathlib import Path

import workload
from measure import seconds, table

from sm_lineage_magics.backends.local import Store
from sm_lineage_magics.backends.local.bulk import load
from sm_lineage_magics.model import Association, LineageGraph

_TABLES = ("word", "entity", "edge", "lookup", "tally")


def imports(folder: Path, sizes: list[int]) -> None:
    """Print the bytes an entity takes, and the rows a second of each way to bring them in."""
    graph = workload.lineage(min(sizes[-1], 100_000))
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        files = [Path(scratch) / f"{number}.db" for number in range(3)]
        importing = statistics.median(_filled(path, _imported(graph)) for path in files)
        rows = _rows(files[0])
        bare = statistics.median(
            _filled(path.with_suffix(".bare"), _inserted(rows)) for path in files
        )
        arriving = _filled(Path(scratch) / "arrival.db", _arrived(graph))
        size = files[0].stat().st_size
    measured = [*_sizes(graph, size), *_speeds(graph, importing, bare, arriving)]
    table(f"Size and import of {len(graph.entities):,} entities", ("what", "measured"), measured)


def _sizes(graph: LineageGraph, size: int) -> list[tuple[str, str]]:
    entities = len(graph.entities)
    return [
        ("bytes an entity, edges included (goal: 270)", f"{size / entities:.0f}"),
        ("associations an entity", f"{len(graph.associations) / entities:.2f}"),
        ("file / payload (goal: at most 1.8)", f"{size / _payload(graph):.2f}"),
    ]


def _speeds(
    graph: LineageGraph, importing: float, bare: float, arriving: float
) -> list[tuple[str, str]]:
    rows = len(graph.entities) + len(graph.associations)
    return [
        ("import", f"{rows / importing:,.0f} rows/s"),
        ("the same rows, ready in memory, by executemany", f"{rows / bare:,.0f} rows/s"),
        ("import / executemany alone", f"{importing / bare:.1f}"),
        ("arrival order, a transaction a track", f"{rows / arriving:,.0f} rows/s"),
        ("ratio to arrival order (goal: at least 2)", f"{arriving / importing:.1f}"),
    ]


def _payload(graph: LineageGraph) -> int:
    """Bytes to be kept: texts, 16 for an id, 8 for a time, 9 for ends and type of an edge."""
    details = sum(len(str(dict(e.details))) for e in graph.entities.values() if e.details)
    texts = sum(
        len(text.encode())
        for e in graph.entities.values()
        for text in (e.source_uri, e.name, *e.properties, *e.properties.values())
    )
    return details + texts + 24 * len(graph.entities) + 17 * len(graph.associations)


def _filled(path: Path, fill: Callable[[Store], None]) -> float:
    """The seconds it takes to fill an empty store."""
    with closing(Store.open(path)) as store:
        return seconds(lambda: fill(store))


def _imported(graph: LineageGraph) -> Callable[[Store], None]:
    """As an import brings lineage in."""
    return lambda store: load(store, graph.entities.values(), graph.associations)


def _rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """The rows of a store, by their table."""
    with closing(sqlite3.connect(path)) as source:
        return {name: source.execute(f"SELECT * FROM {name}").fetchall() for name in _TABLES}


def _inserted(tables: dict[str, list[tuple[object, ...]]]) -> Callable[[Store], None]:
    """As SQLite alone takes the rows of a store, in order and in one transaction."""

    def fill(store: Store) -> None:
        with store.writing() as connection:
            for name, rows in tables.items():
                places = ", ".join("?" * len(rows[0]))
                connection.executemany(f"INSERT INTO {name} VALUES ({places})", rows)

    return fill


def _arrived(graph: LineageGraph) -> Callable[[Store], None]:
    """As lineage comes from notebooks: a transaction for every fifteen entities."""
    arriving: dict[str, list[Association]] = {}
    for association in graph.associations:
        arriving.setdefault(association.destination, []).append(association)

    def fill(store: Store) -> None:
        entities = iter(graph.entities.values())
        while some := list(islice(entities, 15)):
            with store.writing():
                store.put(some)
                store.link(edge for entity in some for edge in arriving.get(entity.arn, ()))

    return fill
