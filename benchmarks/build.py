"""Make stores of the workload once, for the benchmarks that ask them: `build.py FOLDER SIZE …`."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from workload import lineage

from sm_lineage_magics.backends.local import Store
from sm_lineage_magics.backends.local.bulk import load


def built(folder: Path, size: int) -> Path:
    """The store of a size, made if it is not there; an interrupted build goes on."""
    path = folder / f"lineage-{size}.db"
    done = folder / f"lineage-{size}.done"
    if not done.exists():
        graph = lineage(size)
        store = Store.open(path)
        start = time.perf_counter()
        load(store, graph.entities.values(), graph.associations, name="build")
        rows = len(graph.entities) + len(graph.associations)
        print(f"{path}: {rows / (time.perf_counter() - start):,.0f} rows/s")
        store.close()
        done.touch()
    return path


if __name__ == "__main__":
    for size in sys.argv[2:]:
        built(Path(sys.argv[1]), int(size))
