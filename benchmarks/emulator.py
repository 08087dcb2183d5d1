"""What the emulator costs beside botocore itself. `python benchmarks/emulator.py`

Ratios within one run; absolute times depend on the machine.

* first call: a fresh process that makes a client and asks once, against one that imports boto3
  and makes a client (goal: 1.3 times at most);
* QueryLineage of 50 vertices with edges through the client, against the same client handed a
  canned answer (goal: 4 times at most), and against one 50 ms round trip (goal: 1/30);
* the same question of a lineage ten times the size (goal: 1.3 times at most).
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

from sm_lineage_magics import emulator
from sm_lineage_magics.backends.local import Store
from sm_lineage_magics.emulator.parsed import Http
from sm_lineage_magics.model import Association, Entity, Home

HOME = Home("us-east-1", "123456789012")
KEYS = "aws_access_key_id='x', aws_secret_access_key='y', region_name='us-east-1'"
BARE = f"import boto3; boto3.client('sagemaker', {KEYS})"
OURS = "from sm_lineage_magics import emulator; emulator.client().list_contexts()"


def filled(size: int) -> tuple[Any, str]:
    """A client of a lineage of `size` artifacts in chains of 49 behind a hub, and its hub."""
    store = Store.open(":memory:")
    names = [f"s3://bucket/{number}" for number in range(size)]
    arns = [HOME.artifact(name) for name in names]
    entities = [
        Entity(arn, "Artifact", "DataSet", "", n) for arn, n in zip(arns, names, strict=True)
    ]
    edges = [
        Association(arns[first], arns[first + step], "ContributedTo")
        for first in range(0, size - 49, 50)
        for step in range(1, 50)
    ]
    with store.writing():
        store.put(entities)
        store.link(edges)
    return emulator.client(store, quotas=emulator.Quotas.none()), arns[(size // 100) * 50]


def asking(client: Any, start: str) -> Callable[[], Any]:
    def ask() -> Any:
        return client.query_lineage(
            StartArns=[start], Direction="Descendants", IncludeEdges=True, MaxResults=50
        )

    return ask


def canned(answer: Any) -> Callable[[], Any]:
    """The same call to a client that is handed its answer."""
    client = emulator.client()
    client.meta.events.register_first("before-call.sagemaker", lambda **_: (Http(200, {}), answer))
    return asking(client, "arn:aws:sagemaker:us-east-1:123456789012:artifact/x")


def milliseconds(*calls: Callable[[], Any], rounds: int = 300) -> list[float]:
    """The tenth percentile of each, taken in turns: what they take when nothing else runs."""
    taken: list[list[float]] = [[] for _ in calls]
    for _ in range(rounds):
        for kept, call in zip(taken, calls, strict=True):
            began = time.perf_counter()
            call()
            kept.append((time.perf_counter() - began) * 1000)
    return [sorted(kept)[len(kept) // 10] for kept in taken]


def process(code: str) -> Callable[[], Any]:
    return lambda: subprocess.run([sys.executable, "-c", code], check=True)


def main() -> None:
    bare, ours = milliseconds(process(BARE), process(OURS), rounds=7)
    print(f"first call           {ours:8.0f} ms = {ours / bare:.2f} x boto3 alone ({bare:.0f} ms)")
    small, large = (asking(*filled(size)) for size in (10_000, 100_000))
    answer = small()
    assert (len(answer["Vertices"]), len(answer["Edges"])) == (50, 49)
    given, at_small, at_large = milliseconds(canned(answer), small, large)
    print(
        f"QueryLineage(50)     {at_small:8.2f} ms = {at_small / given:.2f} x canned ({given:.2f})"
    )
    print(f"  of a 50 ms round trip       1/{50 / at_small:.0f}")
    print(f"  at ten times the size       {at_large / at_small:.2f} x")


if __name__ == "__main__":
    main()
