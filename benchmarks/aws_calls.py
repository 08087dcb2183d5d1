"""What questions cost on AWS: calls, time and rows, beside ml-lineage-helper and the SDK.

    python benchmarks/aws_calls.py                                    # ours alone
    python benchmarks/aws_calls.py --helper PATH --models 2 101         # with ml-lineage-helper

The account is the emulator's, every call of every client takes 50 ms longer, and the helper's
worked example is in it, for several models that share two feature groups. `--helper` names a folder
that holds the package `ml_lineage_helper`, which is not part of this repository; it and the SDK's
`LineageQuery` need an environment with sagemaker 2. Calls are counted beneath boto3, for all alike.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib.util
import io
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from aws_endpoint import Measured, load_world, measured

from sm_lineage_magics import Lineage, emulator
from sm_lineage_magics.backends.sagemaker import SageMakerBackend
from sm_lineage_magics.backends.sagemaker.calls.client import config_of
from sm_lineage_magics.model import EntityFilter, Home, Receipt, Reference
from sm_lineage_magics.tracking.facts import Facts, Link

# The question, who was asked and how, what it cost, and what came of it.
Row = tuple[str, str, Measured, str]


def our_client() -> Any:
    import boto3

    return boto3.client("sagemaker", config=config_of())


def roles(*names: Any) -> EntityFilter:
    return EntityFilter(roles=names)


def ours(world: Any) -> dict[str, Callable[[Any], Any]]:
    group = world.entities["claims"].source_uri

    def named(backend: Any, text: str) -> list[str]:
        return [entity.arn for entity in backend.resolve(Reference.parse(text))]

    return {
        "lineage of a model": lambda b: b.traverse(named(b, "model:fraud-0"), "upstream"),
        "models of a feature group": lambda b: b.traverse(
            named(b, group), "downstream", only=roles("model")
        ),
        "feature groups of a model": lambda b: b.traverse(
            named(b, "model:fraud-0"), "upstream", only=roles("feature-group")
        ),
        "sources of a feature group": lambda b: b.traverse(
            named(b, group), "upstream", only=roles("dataset")
        ),
        "feature groups of a source": lambda b: b.traverse(
            named(b, "s3://bucket/raw/claims.csv"), "downstream", only=roles("feature-group")
        ),
    }


def sdk_session() -> Any:
    """As ml-lineage-helper wants one."""
    import boto3
    import sagemaker

    client = boto3.client("sagemaker")
    session = sagemaker.Session(sagemaker_client=client, default_bucket="bucket")
    return SimpleNamespace(session=session, region="us-east-1")


def theirs(world: Any, complete: bool) -> dict[str, Callable[[], Any]]:
    """The helper's calls; with its own depth of five entities, or with one that is enough."""
    from ml_lineage_helper import MLLineageHelper
    from ml_lineage_helper.query_lineage import QueryLineage

    session = sdk_session()
    asked = QueryLineage(session)
    depth = {"max_depth": 100_000} if complete else {}
    group = world.entities["claims"].source_uri
    helper = MLLineageHelper(session)

    def lineage() -> Any:
        helper.sagemaker_model_name_or_model_s3_uri = "fraud-0"
        return helper.get_ml_lineage()

    return {
        "lineage of a model": lineage,
        "models of a feature group": lambda: asked.get_models_from_feature_group(group, **depth),
        "feature groups of a model": lambda: asked.get_feature_groups_from_model(
            "fraud-0", **depth
        ),
        "sources of a feature group": lambda: asked.get_data_sources_from_feature_group(
            group, **depth
        ),
        "feature groups of a source": lambda: asked.get_feature_groups_from_data_source(
            "s3://bucket/raw/claims.csv", **depth
        ),
    }


def sdk_query(world: Any) -> Callable[[], Any]:
    from sagemaker.lineage.query import (
        LineageEntityEnum,
        LineageFilter,
        LineageQuery,
        LineageQueryDirectionEnum,
        LineageSourceEnum,
    )

    session = sdk_session().session
    return lambda: (
        LineageQuery(session)
        .query(
            start_arns=[world.arn("claims")],
            direction=LineageQueryDirectionEnum.DESCENDANTS,
            query_filter=LineageFilter(
                entities=[LineageEntityEnum.ARTIFACT], sources=[LineageSourceEnum.MODEL]
            ),
            include_edges=False,
        )
        .vertices
    )


def before_recording() -> Any:
    """An account in which SageMaker has recorded one training job, and nobody anything else."""
    world = load_world().World(1)
    kept = {world.arn(key) for key in ("fraud-0", "fraud-0/train", "fraud-0/test", "train-fraud-0")}
    world.store.drop([one.arn for one in world.entities.values() if one.arn not in kept])
    world.store.unlink([edge.pair for edge in world.links if not set(edge.pair) <= kept])
    return world


def written(latency: float) -> Iterator[Row]:
    """The worked example as it is known: what is there is looked up, the rest written."""
    world = before_recording()
    facts = told(world)
    backend = SageMakerBackend.open(client=our_client())
    lineage = Lineage(backend)
    for how in ("ours", "ours, again"):
        cost = measured(world, latency, lambda: lineage.tracker.record(facts, "train-fraud-0"))
        made = cost.answer.run.receipt if cost.answer.run else Receipt()
        yield ("record it", how, cost, f"{len(made.created)} + {len(made.linked)}")
    backend.close()


def told(world: Any) -> Facts:
    """The worked example as whoever records it knows it: with no ARNs of the account."""
    ours = {
        one.arn: Home().arn(*one.arn.split(":")[5].split("/", 1)) for one in world.entities.values()
    }
    entities = (replace(one, arn=ours[one.arn]) for one in world.entities.values())
    links = (one.placed(ours) for one in world.links)
    return Facts(
        tuple(entities), tuple(Link(one, "named by the benchmark", "named") for one in links)
    )


def created(latency: float, who: str, helper: Callable[[], Any]) -> Iterator[Row]:
    """`create_ml_lineage` of ml-lineage-helper, or of what stands in for it here."""
    world = before_recording()

    def create() -> Any:
        return helper().create_ml_lineage(
            "train-fraud-0",
            model_name="fraud-0",
            query="SELECT * FROM customers JOIN claims ON customers.age = claims.age",
            feature_group_names=["customers", "claims"],
            sagemaker_processing_job_description=world.processing_job(),
            repo_links=[
                (f"{kind}_code", f"https://h/{kind}") for kind in ("training", "processing")
            ],
        )

    for how in (who, f"{who}, again"):
        with contextlib.redirect_stdout(io.StringIO()):
            cost = measured(world, latency, create)
        yield ("create_ml_lineage", how, cost, f"{len(cost.answer)} associations")


def recording(latency: float, *, with_helper: bool) -> Iterator[Row]:
    """Recording the worked example, then reading it, as ml-lineage-helper does."""
    import boto3

    from sm_lineage_magics.ml_lineage_helper import MLLineageHelper as StandIn

    yield from written(latency)
    session = SimpleNamespace(boto_session=boto3.Session(), sagemaker_client=our_client())
    stand_in = StandIn(session)
    yield from created(latency, "ours, by the helper's names", lambda: stand_in)
    if with_helper:
        from ml_lineage_helper import MLLineageHelper

        yield from created(latency, "helper", lambda: MLLineageHelper(sdk_session()))


def asked_of_us(world: Any, latency: float, question: str) -> Iterator[Row]:
    ask = ours(world)[question]
    backend = SageMakerBackend.open(client=our_client())
    for how in ("ours, cold", "ours, warm"):
        cost = measured(world, latency, lambda: ask(backend))
        yield (question, how, cost, rows_in(cost.answer))
    backend.close()


def rows_in(answer: Any) -> str:
    return f"{len(answer)}" + ("" if answer.complete else f", {len(answer.gaps)} gaps")


def asked_of_seed(world: Any, latency: float, question: str) -> Iterator[Row]:
    for complete, how in ((False, "helper, as it is"), (True, "helper, complete")):
        if complete and question == "lineage of a model":
            continue

        # Importing the SDK and making its session takes seconds, which are not counted.
        ask = theirs(world, complete)[question]
        with contextlib.redirect_stdout(io.StringIO()):
            cost = measured(world, latency, ask)
        yield (question, how, cost, str(len(cost.answer)))


def throttled(world: Any, latency: float) -> Row:
    """Twenty calls a second after forty at once, five times: no error, no missing row."""
    costs = sorted((refused_often(world, latency) for _ in range(5)), key=lambda c: c.seconds)
    slowest, median = costs[-1], costs[2]
    limit = (median.calls - 40) / 20
    what = f"the models at 20 calls a second (least {limit:.1f} s, slowest {slowest.seconds:.1f} s)"
    return (what, "ours", median, rows_in(median.answer))


def refused_often(world: Any, latency: float) -> Measured:
    faults = emulator.Faults(rate=20, burst=40, latency=latency)
    client, calls = world.client(faults=faults, config=config_of())
    backend = SageMakerBackend.open(client=client)
    began = time.perf_counter()
    answer = ours(world)["models of a feature group"](backend)
    return Measured(calls.total(), 0, time.perf_counter() - began, answer)


def shown(title: str, rows: Iterator[Row]) -> None:
    print(f"\n### {title}\n\n| question | who | calls | rounds | seconds | rows |")
    print("|---|---|--:|--:|--:|---|")
    for question, who, cost, found in rows:
        figures = f"{cost.calls} | {cost.rounds or ''} | {cost.seconds:.2f}"
        print(f"| {question} | {who} | {figures} | {found} |", flush=True)


def rows_of(world: Any, latency: float, *, with_helper: bool, with_sdk: bool) -> Iterator[Row]:
    if len(world.models) > 50:
        yield throttled(world, latency)
    for question in ours(world):
        yield from asked_of_us(world, latency, question)
        if with_helper:
            yield from asked_of_seed(world, latency, question)
        if with_sdk and question == "models of a feature group":
            cost = measured(world, latency, sdk_query(world))
            yield (question, "SDK LineageQuery", cost, str(len(cost.answer)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--helper", type=Path, help="folder that holds ml_lineage_helper")
    parser.add_argument("--models", type=int, nargs="+", default=[2, 101])
    parser.add_argument("--latency", type=float, default=0.05, help="seconds a call takes longer")
    options = parser.parse_args()
    with_sdk = importlib.util.find_spec("sagemaker") is not None
    if options.helper is None:
        print("ml-lineage-helper is left out: --helper names no folder that holds it.")
    else:
        sys.path.insert(0, str(options.helper))
    if not with_sdk:
        print("The SDK's LineageQuery is left out: sagemaker 2 is not installed here.")
    shown("Recording", recording(options.latency, with_helper=options.helper is not None))
    for models in options.models:
        world = load_world().World(models)
        rows = rows_of(
            world, options.latency, with_helper=options.helper is not None, with_sdk=with_sdk
        )
        shown(f"{models} models", rows)


if __name__ == "__main__":
    main()
