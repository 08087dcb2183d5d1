"""The questions as this project answers them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

from account.endpoint import Measured, measured
from account.rows import Row
from sm_lineage_magics import emulator
from sm_lineage_magics.backends.sagemaker import SageMakerBackend
from sm_lineage_magics.backends.sagemaker.calls.client import config_of
from sm_lineage_magics.model import Answer, Direction, EntityFilter, Reference, Role

Ask = Callable[[SageMakerBackend], Answer]


def our_client() -> Any:
    """A boto3 client as this project makes its own."""
    import boto3

    return boto3.client("sagemaker", config=config_of())


def questions(world: Any) -> dict[str, Ask]:
    """Each question and how it is asked of a backend."""
    group = world.entities["claims"].source_uri
    return {
        "lineage of a model": _asking("model:fraud-0", "upstream"),
        "models of a feature group": _asking(group, "downstream", "model"),
        "feature groups of a model": _asking("model:fraud-0", "upstream", "feature-group"),
        "sources of a feature group": _asking(group, "upstream", "dataset"),
        "feature groups of a source": _asking(
            "s3://bucket/raw/claims.csv", "downstream", "feature-group"
        ),
    }


def _asking(start: str, direction: Direction, *roles: Role) -> Ask:
    """From what a name means, one way; only entities of these roles, if any are named."""
    only = EntityFilter(roles=roles) if roles else None

    def ask(backend: SageMakerBackend) -> Answer:
        arns = [entity.arn for entity in backend.resolve(Reference.parse(start))]
        return backend.traverse(arns, direction, only=only)

    return ask


def asked_of_us(world: Any, latency: float, question: str) -> Iterator[Row]:
    """A question asked twice of one backend."""
    ask = questions(world)[question]
    backend = SageMakerBackend.open(client=our_client())
    for how in ("ours, cold", "ours, warm"):
        cost = measured(world, latency, lambda: ask(backend))
        yield Row(question, how, cost, _found(cost.answer))
    backend.close()


def _found(answer: Answer) -> str:
    return f"{len(answer)}" + ("" if answer.complete else f", {len(answer.gaps)} gaps")


def throttled(world: Any, latency: float) -> Row:
    """Twenty calls a second after forty at once, five times: no error, no missing row."""
    costs = sorted((_refused_often(world, latency) for _ in range(5)), key=lambda c: c.seconds)
    slowest, median = costs[-1], costs[2]
    limit = (median.calls - 40) / 20
    what = f"the models at 20 calls a second (least {limit:.1f} s, slowest {slowest.seconds:.1f} s)"
    return Row(what, "ours", median, _found(median.answer))


def _refused_often(world: Any, latency: float) -> Measured:
    faults = emulator.Faults(rate=20, burst=40, latency=latency)
    client, calls = world.client(faults=faults, config=config_of())
    backend = SageMakerBackend.open(client=client)
    began = time.perf_counter()
    answer = questions(world)["models of a feature group"](backend)
    return Measured(calls.total(), 0, time.perf_counter() - began, answer)
