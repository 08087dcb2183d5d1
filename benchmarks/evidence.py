"""What the questions of evidence cost: impact, diff, why and lint, beside the plain answer.

`python benchmarks/evidence.py 1000 100000` — on the embedded store, and on an account of the
emulator with 50 ms added to every call. Ratios are to `upstream` of the same model in the same run.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from measure import seconds
from workload import lineage

from sm_lineage_magics import Lineage, emulator
from sm_lineage_magics.backends.sagemaker import SageMakerBackend
from sm_lineage_magics.backends.sagemaker.calls.service import Service
from sm_lineage_magics.model import Entity, LineageGraph, role_of

LATENCY = 0.05

Questions = dict[str, Callable[[Lineage], object]]

OF_ALL: Questions = {"lint of all": lambda asked: asked.lint()}


def questions(models: Sequence[str], group: str) -> Questions:
    """The questions, asked of two models and a feature group, by their ARNs."""
    return {
        "upstream": lambda asked: asked.upstream(models[1]),
        "why": lambda asked: asked.why(models[1]),
        "diff": lambda asked: asked.diff(*models),
        "lint of a model": lambda asked: asked.lint(models[1]),
        "impact": lambda asked: asked.impact(group),
    }


def more_questions(models: Sequence[str], group: str, folder: Path) -> Questions:
    """What is asked of an account besides; each notebook is written into a folder of its own."""
    return {
        "features": lambda asked: asked.features(models[1]),
        "path": lambda asked: asked.path(group, models[1]),
        "reproduce": lambda asked: asked.reproduce(
            models[1], Path(tempfile.mkdtemp(dir=folder)) / "again.ipynb"
        ),
    }


def subjects(graph: LineageGraph) -> tuple[list[Entity], Entity]:
    """The two newest models and the newest feature group."""
    by_role = {
        role: [entity for entity in graph.entities.values() if role_of(entity) == role]
        for role in ("model", "feature-group")
    }
    return by_role["model"][-2:], by_role["feature-group"][-1]


def embedded(size: int) -> None:
    """Milliseconds of each question, and their ratio to `upstream`."""
    graph = lineage(size)
    models, group = subjects(graph)
    asks = questions([each.arn for each in models], group.arn) | OF_ALL
    print(f"embedded store, {len(graph.entities):,} entities")
    with Lineage.open(":memory:") as asked:
        asked.load(graph)
        taken = {
            name: min(seconds(lambda ask=ask: ask(asked)) for _ in range(2))
            for name, ask in asks.items()
        }
    for name, spent in taken.items():
        print(f"| {name} | {spent * 1000:,.0f} ms | {spent / taken['upstream']:.1f} |")


def account(size: int) -> None:
    """The same on an account where each call takes 50 ms, with the number of calls."""
    graph = lineage(size)
    client = emulator.client()
    models, group = _recorded(client, graph)
    print(f"account, {len(graph.entities):,} entities, {LATENCY * 1000:.0f} ms a call")
    with tempfile.TemporaryDirectory() as folder:
        asks = questions(models, group) | more_questions(models, group, Path(folder)) | OF_ALL
        # The first answer of a process pays for imports, which are not to be measured here.
        with Lineage(SageMakerBackend.open(client=client)) as first:
            for ask in asks.values():
                ask(first)
        taken = {name: _cost(client, ask) for name, ask in asks.items()}
    plain, _ = taken["upstream"]
    for name, (spent, calls) in taken.items():
        print(f"| {name} | {spent * 1000:,.0f} ms | {spent / plain:.1f} | {calls} calls |")


def _recorded(client: Any, graph: LineageGraph) -> tuple[list[str], str]:
    """Record a lineage in an account; the ARNs that its subjects have there."""
    with Lineage.open("sagemaker", client=client) as asked:
        asked.load(graph)
        arns = {entity.source_uri: entity.arn for entity in asked.backend.find()}
    models, group = subjects(graph)
    return [arns[model.source_uri] for model in models], arns[group.source_uri]


def _cost(client: Any, ask: Callable[[Lineage], object]) -> tuple[float, int]:
    """The seconds and the calls of a question, the first that its backend is asked."""
    backend = SageMakerBackend.open(client=client)
    calls = _slowed(backend.service)
    with Lineage(backend) as asked:
        return seconds(lambda: ask(asked)), len(calls)


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


if __name__ == "__main__":
    for given in sys.argv[1:] or ("1000", "100000"):
        embedded(int(given))
    account(300)
