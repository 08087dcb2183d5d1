"""The embedded store against its goals, networkx and DuckDB: `store.py FOLDER SIZE [SIZE]`.

The stores of the sizes are made in FOLDER if they are not there (see `build.py`). Each section
prints one table; `--only walks,tracks` runs some of them.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

import workload
from build import built
from measure import interleaved, median, ms, seconds, table

from sm_lineage_magics.backends.local import LocalBackend, Store
from sm_lineage_magics.backends.local.bulk import load
from sm_lineage_magics.model import (
    Association,
    Entity,
    EntityFilter,
    Home,
    LineageGraph,
    Plan,
    crossings,
    walk,
)

MODELS = EntityFilter(types=("Model",))
ROOT = Path(__file__).parents[1]


def some_models(backend: LocalBackend, smallest: int = 35, largest: int = 80) -> list[str]:
    """Models whose upstream is about fifty entities."""
    dice = random.Random(7)
    models = [e.arn for e in islice(backend.find(only=MODELS), 400)]
    dice.shuffle(models)
    sized = ((arn, len(backend.traverse([arn], "upstream", max_depth=10))) for arn in models)
    return list(islice((arn for arn, size in sized if smallest <= size <= largest), 20))


def walks(folder: Path, sizes: list[int]) -> None:
    """Upstream of about fifty entities, names and edges included, at each size."""
    backends = {size: LocalBackend.open(built(folder, size)) for size in sizes}
    runs: dict[str, Callable[[], object]] = {}
    for size, backend in backends.items():
        models = some_models(backend)
        runs[f"{size:,} entities"] = asking(backend, models)
    taken = interleaved(runs, 25)
    base = next(iter(taken.values()))
    rows = [(name, ms(t / 20), f"{t / base:.2f}") for name, t in taken.items()]
    table("Upstream of about 50 (goal: within 1.3)", ("store", "one answer", "ratio"), rows)
    for backend in backends.values():
        backend.close()


def asking(backend: LocalBackend, models: list[str]) -> Callable[[], object]:
    def ask() -> None:
        for arn in models:
            backend.traverse([arn], "upstream", max_depth=10)

    return ask


def peers(folder: Path, sizes: list[int]) -> None:
    """The same questions to networkx in memory and to DuckDB."""
    import duckdb
    import networkx

    size = sizes[min(1, len(sizes) - 1)]
    backend = LocalBackend.open(built(folder, size))
    models = some_models(backend)
    edges = [a.pair for a in backend.store.associations()]
    graph: Any = networkx.DiGraph()
    loading = seconds(lambda: graph.add_edges_from(edges))
    connection = duckdb.connect()
    connection.execute("CREATE TABLE edge (source VARCHAR, destination VARCHAR)")
    sources, destinations = zip(*edges, strict=True)
    connection.execute(
        "INSERT INTO edge SELECT unnest(?), unnest(?)", [list(sources), list(destinations)]
    )
    statement = (
        "WITH RECURSIVE up(arn) AS (SELECT ? UNION SELECT source FROM edge JOIN up ON"
        " destination = arn) SELECT arn FROM up"
    )

    def by_networkx() -> list[int]:
        return [len(networkx.ancestors(graph, arn)) for arn in models]

    def by_duckdb() -> list[int]:
        return [len(connection.execute(statement, [arn]).fetchall()) - 1 for arn in models]

    def by_us() -> list[int]:
        return [len(backend.traverse([arn], "upstream")) for arn in models]

    assert by_us() == by_networkx() == by_duckdb()
    runs = {"store": by_us, "networkx, loaded": by_networkx, "DuckDB": by_duckdb}
    taken = interleaved(runs, 7)
    rows = [(name, ms(t / 20), f"{t / taken['store']:.2g}") for name, t in taken.items()]
    rows.append(("networkx, edges into memory first", ms(loading), "once a process"))
    table(f"The same answers at {size:,} entities (peers give ids only)", HEAD, rows)
    backend.close()


HEAD = ("engine", "one answer", "ratio to the store")


def whole_walk(store: Store, arn: str) -> int:
    """Every ARN and association downstream, without the entities' details."""
    with store.reading():
        return sum(len(nodes) for _, nodes, _ in walk([arn], store.step("downstream")))


def closures(folder: Path, sizes: list[int]) -> None:
    """First page and whole of closures of any size."""
    backend = LocalBackend.open(built(folder, sizes[-1]))
    groups = [e.arn for e in backend.find(only=EntityFilter(types=("FeatureGroup",)))]
    dice = random.Random(7)
    sized = {}
    for arn in [groups[-1], groups[-3], *dice.sample(groups, 60)]:
        sized[len(backend.traverse([arn], "downstream"))] = arn
    known = sorted(sized)
    picked = sorted({known[len(known) * part // 6] for part in range(1, 6)} | {known[-1]})
    rows = []
    base = 0.0
    for size in [each for each in picked if each > 50]:
        arn = sized[size]
        page = median(lambda arn=arn: first_page(backend.store, arn), 25)
        base = base or page
        stored = median(lambda arn=arn: whole_walk(backend.store, arn), 3) / size
        whole = median(lambda arn=arn: backend.traverse([arn], "downstream"), 3) / size
        rows.append(
            (
                f"{size:,}",
                ms(page),
                f"{page / base:.2f}",
                f"{stored * 1e6:.1f} µs",
                f"{whole * 1e6:.1f} µs",
            )
        )
    head = ("closure", "first 50 with details", "ratio", "walk in the store", "whole answer, each")
    table("Pages and closures downstream (goals: first page within 2; 12 µs)", head, rows)
    backend.close()


def first_page(store: Store, arn: str) -> dict[str, Entity]:
    new = (node for _, node, _, new in crossings([arn], store.step("downstream")) if new)
    return store.get(islice(new, 50))


def track(number: int) -> Plan:
    """Fifteen entities and twenty associations."""
    home = Home()
    uris = [f"s3://track/{number}/{each}" for each in range(15)]
    entities = [Entity(home.artifact(uri), "Artifact", "DataSet", "", uri) for uri in uris]
    pairs = [(a, b) for a in range(4) for b in range(5, 10)]
    links = [Association(entities[a].arn, entities[b].arn, "ContributedTo") for a, b in pairs]
    return Plan.of(LineageGraph.of(entities, links))


def tracks(folder: Path, sizes: list[int]) -> None:
    """A durable track against one append and fdatasync on the same disk."""
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        backend = LocalBackend.open(Path(scratch) / "lineage.db")
        numbers = iter(range(10**6))
        log = os.open(Path(scratch) / "log", os.O_CREAT | os.O_WRONLY | os.O_APPEND)

        def append() -> None:
            os.write(log, b"x" * 4096)
            os.fdatasync(log)

        plans = iter([track(next(numbers)) for _ in range(500)])
        taken = interleaved({"append": append, "track": lambda: backend.apply(next(plans))}, 200)
        memory = LocalBackend.open(":memory:")
        plans = iter([track(next(numbers)) for _ in range(500)])
        in_memory = median(lambda: memory.apply(next(plans)), 200)
        ratio = taken["track"] / taken["append"]
        rows = [
            ("append 4 KiB + fdatasync", ms(taken["append"]), "1"),
            ("track of 15 + 20, durable", ms(taken["track"]), f"{ratio:.2f}"),
            (
                "the same in memory: Python and SQL",
                ms(in_memory),
                f"{in_memory / taken['append']:.2f}",
            ),
        ]
        table("One track (goal: at most 4)", ("what", "median", "ratio"), rows)
        backend.close()
        os.close(log)
        table("System calls of 50 tracks", ("call", "each track"), syncs(Path(scratch)))


COUNTED = """
import sys
sys.path.insert(0, "benchmarks")
from store import LocalBackend, track
backend = LocalBackend.open(sys.argv[1])
for number in range(int(sys.argv[2])):
    backend.apply(track(number))
backend.close()
"""


def syncs(folder: Path) -> list[tuple[str, str]]:
    """How often the file is synced for each track, counted by strace."""
    if shutil.which("strace") is None:
        return [("fdatasync", "strace is not installed")]
    return [
        (call, f"{(traced(folder, call, 51) - traced(folder, call, 1)) / 50:.2f}")
        for call in ("fdatasync", "fsync", "flock")
    ]


def traced(folder: Path, call: str, count: int) -> int:
    out = folder / "trace"
    store = folder / f"{call}-{count}.db"
    command = ["strace", "-f", "-qq", "-e", f"trace={call}", "-o", str(out)]
    command += [sys.executable, "-c", COUNTED, str(store), str(count)]
    subprocess.run(command, check=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})
    return len(re.findall(rf"{call}\(", out.read_text()))


WRITING = """
import sys, time, json
sys.path.insert(0, "benchmarks")
from store import LocalBackend, track
backend = LocalBackend.open(sys.argv[1])
first = int(sys.argv[2]) * 10**6
until, waits = time.time() + float(sys.argv[3]), []
while time.time() < until:
    start = time.perf_counter()
    backend.apply(track(first + len(waits)))
    waits.append(time.perf_counter() - start)
backend.close()
print(json.dumps(waits))
"""


def writers(folder: Path, sizes: list[int]) -> None:
    """Eight processes that write as fast as they can, for ten seconds."""
    import json

    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        path = Path(scratch) / "lineage.db"
        Store.open(path).close()
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        running = [
            subprocess.Popen(
                [sys.executable, "-c", WRITING, str(path), str(each), "10"],
                stdout=subprocess.PIPE,
                cwd=ROOT,
                env=environment,
            )
            for each in range(8)
        ]
        waits = [json.loads(process.communicate()[0]) for process in running]
        store = Store.open(path)
        lost = sum(map(len, waits)) * 15 - store.count()
        store.close()
        (whole,) = sqlite3.connect(path).execute("PRAGMA integrity_check").fetchone()
    every = sorted(wait for each in waits for wait in each)
    middle = statistics.median(every)
    counts = sorted(map(len, waits))
    rows = [
        ("tracks", len(every)),
        ("entities lost", lost),
        ("integrity_check", whole),
        ("median wait", ms(middle)),
        ("slowest / median (goal: at most 20)", f"{every[-1] / middle:.1f}"),
        ("fewest / most of a writer (goal: at least 0.8)", f"{counts[0] / counts[-1]:.2f}"),
    ]
    table("Eight writers for ten seconds", ("what", "measured"), rows)


COLD = """
import sys, time
start = time.perf_counter()
if len(sys.argv) > 1:
    from sm_lineage_magics.backends.local import LocalBackend
    backend = LocalBackend.open(sys.argv[1])
    assert len(backend.traverse([sys.argv[2]], "upstream", max_depth=10)) > 30
spent = (time.perf_counter() - start) * 1000
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(spent, peak.split()[1])
"""


def cold(folder: Path, sizes: list[int]) -> None:
    """A fresh process: imports, open, the first answer of about fifty."""
    path = built(folder, sizes[-1])
    backend = LocalBackend.open(path)
    arn = some_models(backend)[0]
    backend.close()
    spent, memory = in_a_process(COLD, str(path), arn)
    _, bare = in_a_process(COLD)
    boto, _ = in_a_process(BOTO)
    rows = [
        ("open and first answer", f"{spent:.0f} ms", f"{(memory - bare) / 1024:.1f} MB"),
        ("import boto3, one client", f"{boto:.0f} ms", ""),
        ("ratio (goal: at most 1/5)", f"1/{boto / spent:.1f}", ""),
    ]
    table(f"Cold at {sizes[-1]:,} entities", ("what", "in process", "over bare Python"), rows)


BOTO = """
import time
start = time.perf_counter()
import boto3
boto3.client("sagemaker", region_name="us-east-1")
print((time.perf_counter() - start) * 1000, 0)
"""


def in_a_process(code: str, *arguments: str) -> tuple[float, float]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    runs = []
    for _ in range(7):
        ran = subprocess.run(
            [sys.executable, "-c", code, *arguments],
            check=True,
            capture_output=True,
            text=True,
            env=environment,
        )
        runs.append(tuple(map(float, ran.stdout.split())))
    return statistics.median(r[0] for r in runs), statistics.median(r[1] for r in runs)


def payload(graph: LineageGraph) -> int:
    """Bytes to be kept: texts, 16 for an id, 8 for a time, 9 for ends and type of an edge."""
    details = sum(len(str(dict(e.details))) for e in graph.entities.values() if e.details)
    texts = sum(
        len(text.encode())
        for e in graph.entities.values()
        for text in (e.source_uri, e.name, *e.properties, *e.properties.values())
    )
    return details + texts + 24 * len(graph.entities) + 17 * len(graph.associations)


def imports(folder: Path, sizes: list[int]) -> None:
    """Size of the file, and the import against arrival order and against SQLite alone."""
    graph = workload.lineage(min(sizes[-1], 100_000))
    rows = len(graph.entities) + len(graph.associations)
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        stores = [Path(scratch) / f"{number}.db" for number in range(3)]
        taken = [bulk(path, graph) for path in stores]
        size = stores[0].stat().st_size
        limits = [bare(stores[0], Path(scratch) / f"bare-{number}.db") for number in range(3)]
        store = Store.open(Path(scratch) / "arrival.db")
        arrival = seconds(lambda: one_by_one(store, graph))
        store.close()
    load_time, limit = statistics.median(taken), statistics.median(limits)
    sized = [
        ("bytes an entity, edges included (goal: 270)", f"{size / len(graph.entities):.0f}"),
        ("associations an entity", f"{len(graph.associations) / len(graph.entities):.2f}"),
        ("file / payload (goal: at most 1.8)", f"{size / payload(graph):.2f}"),
        ("import", f"{rows / load_time:,.0f} rows/s"),
        ("the same rows, ready in memory, by executemany", f"{rows / limit:,.0f} rows/s"),
        ("import / executemany alone", f"{load_time / limit:.1f}"),
        ("arrival order, a transaction a track", f"{rows / arrival:,.0f} rows/s"),
        ("ratio to arrival order (goal: at least 2)", f"{arrival / load_time:.1f}"),
    ]
    table(f"Size and import of {len(graph.entities):,} entities", ("what", "measured"), sized)


def bulk(path: Path, graph: LineageGraph) -> float:
    """The seconds an import into an empty store takes."""
    store = Store.open(path)
    taken = seconds(lambda: load(store, graph.entities.values(), graph.associations))
    store.close()
    return taken


def bare(made: Path, path: Path) -> float:
    """The seconds SQLite takes for the rows of a store alone, in order and in one transaction."""
    with closing(sqlite3.connect(made)) as source:
        names = ("word", "entity", "edge", "lookup", "tally")
        tables = {name: source.execute(f"SELECT * FROM {name}").fetchall() for name in names}
    store = Store.open(path)

    def fill() -> None:
        with store.writing() as connection:
            for name, rows in tables.items():
                places = ", ".join("?" * len(rows[0]))
                connection.executemany(f"INSERT INTO {name} VALUES ({places})", rows)

    taken = seconds(fill)
    store.close()
    return taken


def one_by_one(store: Store, graph: LineageGraph) -> None:
    arriving: dict[str, list[Association]] = {}
    for association in graph.associations:
        arriving.setdefault(association.destination, []).append(association)
    entities = iter(graph.entities.values())
    while some := list(islice(entities, 15)):
        with store.writing():
            store.put(some)
            store.link(edge for entity in some for edge in arriving.get(entity.arn, ()))


def shapes(folder: Path, sizes: list[int]) -> None:
    """Shapes that defeat naive walks, at one and ten times the size."""
    made: dict[str, Callable[[int], LineageGraph]] = {
        "chain": workload.chain,
        "hub": lambda n: workload.hub(10 * n),
        "ladder 2 wide": lambda n: workload.ladder(2, n // 2),
        "ladder 32 wide": lambda n: workload.ladder(32, n // 32),
        "skip chain": workload.skip_chain,
        "ring": workload.ring,
    }
    rows = []
    for name, make in made.items():
        small, large = walked(make(1_000)), walked(make(10_000))
        rows.append(
            (name, f"{small * 1e6:.1f} µs", f"{large * 1e6:.1f} µs", f"{large / small:.2f}")
        )
    head = ("shape", "per node and edge", "at ten times the size", "ratio")
    table("Shapes (goal: at most 1.5)", head, rows)


def walked(graph: LineageGraph) -> float:
    backend = LocalBackend.open(":memory:")
    load(backend.store, graph.entities.values(), graph.associations)
    start = next(iter(graph.entities))
    answer = backend.traverse([start], "downstream")
    assert set(answer.graph.entities) == set(graph.distances([start], "downstream"))
    taken = median(lambda: backend.traverse([start], "downstream"), 3)
    backend.close()
    return taken / (len(graph.entities) + len(graph.associations))


SECTIONS: dict[str, Callable[[Path, list[int]], None]] = {
    each.__name__: each for each in (walks, peers, closures, tracks, writers, cold, imports, shapes)
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("sizes", type=int, nargs="+")
    parser.add_argument("--only", default=",".join(SECTIONS), help="sections, parted by commas")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    for name in asked.only.split(","):
        start = time.perf_counter()
        SECTIONS[name](asked.folder, asked.sizes)
        print(f"\n({name}: {time.perf_counter() - start:.0f} s)", file=sys.stderr)


if __name__ == "__main__":
    main()
