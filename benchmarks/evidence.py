"""What the questions of evidence cost: impact, diff, why and lint, beside the plain answer.

`python benchmarks/evidence.py 1000 100000` — on the embedded store, and on an account of the
emulator with 50 ms added to every call. Ratios are to `upstream` of the same model in the same run.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from workload import lineage

from sm_lineage_magics import Lineage, emulator
from sm_lineage_magics.backends.sagemaker import SageMakerBackend
from sm_lineage_magics.backends.sagemaker.calls.service import Service
from sm_lineage_magics.model import LineageGraph, role_of

LATENCY = 0.05

Questions = Mapping[str, Callable[[Lineage], object]]


def questions(graph: LineageGraph) -> Questions:
    """The questions, asked of the two newest models and the feature group of the first one."""
    models = [arn for arn, entity in graph.entities.items() if role_of(entity) == "model"][-2:]
    groups = [arn for arn, entity in graph.entities.items() if role_of(entity) == "feature-group"]
    return {
        "upstream": lambda asked: asked.upstream(models[1]),
        "why": lambda asked: asked.why(models[1]),
        "diff": lambda asked: asked.diff(*models),
        "lint of a model": lambda asked: asked.lint(models[1]),
        "impact": lambda asked: asked.impact(groups[-1]),
        "lint of all": lambda asked: asked.lint(),
    }


def embedded(size: int) -> None:
    """Milliseconds of each question, and their ratio to `upstream`."""
    graph = lineage(size)
    with Lineage.open(":memory:") as asked:
        asked.load(graph)
        _print(f"embedded store, {len(graph.entities):,} entities", asked, questions(graph))


def account(size: int) -> None:
    """The same on an account where each call takes 50 ms, with the number of calls."""
    graph = lineage(size)
    client = emulator.client()
    with Lineage.open("sagemaker", client=client) as asked:
        asked.load(graph)
        receipt = {e.source_uri: e.arn for e in asked.backend.find()}
    models = [e for e in graph.entities.values() if role_of(e) == "model"][-2:]
    arns = [receipt[e.source_uri] for e in models]
    group = [e for e in graph.entities.values() if role_of(e) == "feature-group"][-1].source_uri
    folder = Path(tempfile.mkdtemp())
    asks: Questions = {
        "upstream": lambda asked: asked.upstream(arns[1]),
        "why": lambda asked: asked.why(arns[1]),
        "diff": lambda asked: asked.diff(*arns),
        "lint of a model": lambda asked: asked.lint(arns[1]),
        "impact": lambda asked: asked.impact(receipt[group]),
        "features": lambda asked: asked.features(arns[1]),
        "path": lambda asked: asked.path(receipt[group], arns[1]),
        "reproduce": lambda asked: asked.reproduce(arns[1], folder / "again.ipynb"),
        "lint of all": lambda asked: asked.lint(),
    }
    print(f"account, {len(graph.entities):,} entities, {LATENCY * 1000:.0f} ms a call")
    plain = 0.0
    # The first answer of a process pays for imports, which are not to be measured here.
    with Lineage(SageMakerBackend.open(client=client)) as first:
        for ask in asks.values():
            ask(first)
        (folder / "again.ipynb").unlink()
    for name, ask in asks.items():
        backend = SageMakerBackend.open(client=client)
        calls = _slowed(backend.service)
        with Lineage(backend) as asked:
            seconds = _timed(lambda ask=ask, asked=asked: ask(asked))
        plain = plain or seconds
        print(f"| {name} | {seconds * 1000:,.0f} ms | {seconds / plain:.1f} | {len(calls)} calls |")


def _slowed(service: Service) -> list[str]:
    """Have each call of a backend take longer; gives the calls it made, as it makes them."""
    calls: list[str] = []
    call = service.call

    def slow(operation: str, **request: Any) -> Any:
        calls.append(operation)
        time.sleep(LATENCY)
        return call(operation, **request)

    service.call = slow  # type: ignore[method-assign]
    return calls


def _print(title: str, asked: Lineage, asks: Questions) -> None:
    print(title)
    plain = 0.0
    for name, ask in asks.items():
        seconds = min(_timed(lambda ask=ask: ask(asked)) for _ in range(2))
        plain = plain or seconds
        print(f"| {name} | {seconds * 1000:,.0f} ms | {seconds / plain:.1f} |")


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    for given in sys.argv[1:] or ("1000", "100000"):
        embedded(int(given))
    account(300)
