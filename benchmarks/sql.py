"""Columns of a join traced: one walk for all, against one `sqlglot.lineage()` call per column.

python benchmarks/sql.py
"""

from __future__ import annotations

import time
from collections.abc import Callable

from sqlglot.lineage import lineage

from sm_lineage_magics.tracking.sql import TableSchema, read_query

QUERY = "SELECT * FROM d.a JOIN d.b ON a.a0 = b.b0 JOIN d.c ON b.b0 = c.c0 WHERE a.a1 > 3"


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def compare(columns: int, sampled: int) -> None:
    tables = [
        TableSchema(f"d.{t}", tuple(f"{t}{n}" for n in range(columns // 3)), t) for t in "abc"
    ]
    schema = {"d": {t.name[2:]: dict.fromkeys(t.columns, "VARCHAR") for t in tables}}
    names = [column for table in tables for column in table.columns]
    step = max(1, len(names) // sampled)
    ours = min(seconds(lambda: read_query(QUERY, tables)) for _ in range(3))
    few = names[::step]
    theirs = seconds(lambda: [lineage(n, QUERY, schema=schema, dialect="athena") for n in few])
    theirs *= len(names) / len(few)
    print(
        f"{len(names):>5} columns: one walk {ours:.3f} s, "
        f"a call per column {theirs:.1f} s (from {len(few)} of them), ratio {theirs / ours:.0f}"
    )


def main() -> None:
    for columns, sampled in ((30, 30), (300, 30), (999, 10)):
        compare(columns, sampled)
    text = "SELECT " + ", ".join(f"a0 AS x{n}" for n in range(80_000)) + " FROM d.a"
    took = seconds(lambda: read_query(text))
    print(f"{len(text):,} characters: {took:.3f} s")


if __name__ == "__main__":
    main()
