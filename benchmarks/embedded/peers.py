"""The same questions to the store, to networkx in memory and to DuckDB."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from build import built
from measure import interleaved, ms, seconds, table

from embedded.models import some_models
from sm_lineage_magics.backends.local import LocalBackend

_UPSTREAM = """
WITH RECURSIVE up(arn) AS (SELECT ? UNION SELECT source FROM edge JOIN up ON destination = arn)
SELECT arn FROM up
"""

Pairs = list[tuple[str, str]]
Counts = Callable[[], list[int]]


def peers(folder: Path, sizes: list[int]) -> None:
    """Print one answer's time of each engine, once all have been seen to answer alike."""
    size = sizes[min(1, len(sizes) - 1)]
    with closing(LocalBackend.open(built(folder, size))) as backend:
        models = some_models(backend)
        pairs = [association.pair for association in backend.store.associations()]
        by_networkx, loading = _by_networkx(pairs, models)
        runs: dict[str, Counts] = {
            "store": lambda: [len(backend.traverse([arn], "upstream")) for arn in models],
            "networkx, loaded": by_networkx,
            "DuckDB": _by_duckdb(pairs, models),
        }
        assert runs["store"]() == runs["networkx, loaded"]() == runs["DuckDB"]()
        taken = interleaved(runs, 7)
    rows = [(name, ms(t / 20), f"{t / taken['store']:.2g}") for name, t in taken.items()]
    rows.append(("networkx, edges into memory first", ms(loading), "once a process"))
    head = ("engine", "one answer", "ratio to the store")
    table(f"The same answers at {size:,} entities (peers give ids only)", head, rows)


def _by_networkx(pairs: Pairs, models: list[str]) -> tuple[Counts, float]:
    """A call that asks a graph in memory, and the seconds it took to load it."""
    import networkx

    graph: networkx.DiGraph = networkx.DiGraph()
    loading = seconds(lambda: graph.add_edges_from(pairs))
    return lambda: [len(networkx.ancestors(graph, arn)) for arn in models], loading


def _by_duckdb(pairs: Pairs, models: list[str]) -> Counts:
    """A call that asks a table in memory with a recursive query."""
    import duckdb

    connection = duckdb.connect()
    connection.execute("CREATE TABLE edge (source VARCHAR, destination VARCHAR)")
    columns = [list(column) for column in zip(*pairs, strict=True)]
    connection.execute("INSERT INTO edge SELECT unnest(?), unnest(?)", columns)
    return lambda: [len(connection.execute(_UPSTREAM, [arn]).fetchall()) - 1 for arn in models]
