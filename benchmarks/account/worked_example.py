"""Recording ml-lineage-helper's worked example, when SageMaker has recorded the training job."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from account.endpoint import measured, world_of
from account.ours import our_client
from account.rows import Row
from account.theirs import sdk_session
from sm_lineage_magics import Lineage
from sm_lineage_magics.backends.sagemaker import SageMakerBackend
from sm_lineage_magics.ml_lineage_helper import MLLineageHelper as StandIn
from sm_lineage_magics.model import Home, Receipt
from sm_lineage_magics.tracking.facts import Facts, Link


def recorded_by_us(latency: float) -> Iterator[Row]:
    """As it is known: what is there is looked up, the rest written."""
    world = _before_recording()
    facts = _told(world)
    with Lineage(SageMakerBackend.open(client=our_client())) as lineage:
        for how in ("ours", "ours, again"):
            cost = measured(world, latency, lambda: lineage.tracker.record(facts, "train-fraud-0"))
            made = cost.answer.run.receipt if cost.answer.run else Receipt()
            yield Row("record it", how, cost, f"{len(made.created)} + {len(made.linked)}")


def recorded_by_stand_in(latency: float) -> Iterator[Row]:
    """By the helper's own calls, answered by what stands in for it here."""
    import boto3

    session = SimpleNamespace(boto_session=boto3.Session(), sagemaker_client=our_client())
    stand_in = StandIn(session)
    yield from _created(latency, "ours, by the helper's names", lambda: stand_in)


def recorded_by_helper(latency: float) -> Iterator[Row]:
    """By the helper, made anew for each time."""
    from ml_lineage_helper import MLLineageHelper

    yield from _created(latency, "helper", lambda: MLLineageHelper(sdk_session()))


def _before_recording() -> Any:
    """An account in which SageMaker has recorded one training job, and nobody anything else."""
    world = world_of(1)
    kept = {world.arn(key) for key in ("fraud-0", "fraud-0/train", "fraud-0/test", "train-fraud-0")}
    world.store.drop([one.arn for one in world.entities.values() if one.arn not in kept])
    world.store.unlink([edge.pair for edge in world.links if not set(edge.pair) <= kept])
    return world


def _told(world: Any) -> Facts:
    """The worked example as whoever records it knows it: with no ARNs of the account."""
    ours = {
        one.arn: Home().arn(*one.arn.split(":")[5].split("/", 1)) for one in world.entities.values()
    }
    entities = (replace(one, arn=ours[one.arn]) for one in world.entities.values())
    links = (one.placed(ours) for one in world.links)
    return Facts(
        tuple(entities), tuple(Link(one, "named by the benchmark", "named") for one in links)
    )


def _created(latency: float, who: str, helper: Callable[[], Any]) -> Iterator[Row]:
    """`create_ml_lineage`, twice; making the helper is counted, as its constructor makes calls."""
    world = _before_recording()
    for how in (who, f"{who}, again"):
        with contextlib.redirect_stdout(io.StringIO()):
            cost = measured(world, latency, lambda: _create(helper(), world))
        yield Row("create_ml_lineage", how, cost, f"{len(cost.answer)} associations")


def _create(helper: Any, world: Any) -> Any:
    return helper.create_ml_lineage(
        "train-fraud-0",
        model_name="fraud-0",
        query="SELECT * FROM customers JOIN claims ON customers.age = claims.age",
        feature_group_names=["customers", "claims"],
        sagemaker_processing_job_description=world.processing_job(),
        repo_links=[(f"{kind}_code", f"https://h/{kind}") for kind in ("training", "processing")],
    )
