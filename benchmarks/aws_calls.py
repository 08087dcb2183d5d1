"""What questions cost on AWS: calls, time and rows, beside the seed's helper and the SDK.

    python benchmarks/aws_calls.py                                    # ours alone
    python benchmarks/aws_calls.py --seed PATH --models 2 101         # with ml-lineage-helper

The account is the emulator's, every call of every client takes 50 ms longer, and the seed's
worked example is in it, for several models that share two feature groups. `--seed` names a folder
that holds the package `ml_lineage_helper`, which is not part of this repository; it and the SDK's
`LineageQuery` need an environment with sagemaker 2. Calls are counted beneath boto3, for all alike.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib.util
import io
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

os.environ.update(
    AWS_ACCESS_KEY_ID="emulated",
    AWS_SECRET_ACCESS_KEY="emulated",
    AWS_DEFAULT_REGION="us-east-1",
    AWS_EC2_METADATA_DISABLED="true",
)

# The SDK reports its use over the network, which is neither wanted nor to be measured.
_QUIET = "SchemaVersion: '1.0'\nSageMaker: {PythonSDK: {Modules: {TelemetryOptOut: true}}}\n"
_SETTINGS = Path(tempfile.mkdtemp()) / "config.yaml"
_SETTINGS.write_text(_QUIET)
os.environ["SAGEMAKER_USER_CONFIG_OVERRIDE"] = str(_SETTINGS)

from sm_lineage_magics import emulator  # noqa: E402
from sm_lineage_magics.backends.sagemaker import SageMakerBackend  # noqa: E402
from sm_lineage_magics.backends.sagemaker.client import config_of  # noqa: E402
from sm_lineage_magics.model import EntityFilter, LineageGraph, Plan, Reference  # noqa: E402

Row = tuple[str, str, int, float, str]


def load_world() -> Any:
    """The builder of the seed's worked example, which the tests use too."""
    path = ROOT / "tests" / "backends" / "sagemaker" / "world.py"
    spec = importlib.util.spec_from_file_location("world", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Latency:
    """Every SageMaker call of the process: counted, delayed, and answered by a world."""

    def __init__(self, world: Any, seconds: float) -> None:
        self._world, self._seconds = world, seconds
        self.calls: Counter[str] = Counter()

    @contextlib.contextmanager
    def beneath(self) -> Iterator[Latency]:
        from botocore.client import BaseClient

        whole = BaseClient._make_api_call

        def call(client: Any, operation: str, request: dict[str, Any]) -> Any:
            if client.meta.service_model.service_name != "sagemaker":
                raise RuntimeError(f"{operation} would leave this machine")
            self.calls[operation] += 1
            time.sleep(self._seconds)
            found = self._world.resources(operation, request)
            return found if found is not None else whole(client, operation, request)

        BaseClient._make_api_call = call
        try:
            with emulator.emulate(self._world.store):
                yield self
        finally:
            BaseClient._make_api_call = whole


def measured(world: Any, latency: float, work: Callable[[], Any]) -> tuple[int, float, Any]:
    with Latency(world, latency).beneath() as beneath:
        began = time.perf_counter()
        answer = work()
        return sum(beneath.calls.values()), time.perf_counter() - began, answer


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


def theirs(world: Any, complete: bool) -> dict[str, Callable[[], Any]]:
    """The seed's calls; with its own depth of five entities, or with one that is enough."""
    import boto3
    import sagemaker
    from ml_lineage_helper import MLLineageHelper
    from ml_lineage_helper.query_lineage import QueryLineage

    client = boto3.client("sagemaker")
    session = SimpleNamespace(
        session=sagemaker.Session(sagemaker_client=client, default_bucket="bucket"),
        region="us-east-1",
    )
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
    import boto3
    import sagemaker
    from sagemaker.lineage.query import (
        LineageEntityEnum,
        LineageFilter,
        LineageQuery,
        LineageQueryDirectionEnum,
        LineageSourceEnum,
    )

    session = sagemaker.Session(sagemaker_client=boto3.client("sagemaker"), default_bucket="bucket")
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


def recorded(world: Any, latency: float) -> Row:
    """Recording the worked example where SageMaker recorded the training job alone."""
    graph = LineageGraph.of(world.entities.values(), world.links)
    alone = load_world().World(0)
    kept = ("fraud-0", "fraud-0/train", "fraud-0/test", "train-fraud-0")
    alone.store.drop([one.arn for one in alone.entities.values()])
    alone.store.unlink([edge.pair for edge in alone.links])
    alone.store.put([world.entities[key] for key in kept])
    backend = SageMakerBackend.open(client=our_client())

    def record() -> Any:
        known = backend.existing([world.entities[key] for key in kept])
        return backend.apply(Plan.of(graph, known))

    calls, seconds, receipt = measured(alone, latency, record)
    rows = f"{len(receipt.created)} entities, {len(receipt.linked)} associations"
    return ("record the worked example", "ours", calls, seconds, rows)


def asked_of_us(world: Any, latency: float, question: str) -> Iterator[Row]:
    ask = ours(world)[question]
    backend = SageMakerBackend.open(client=our_client())
    for how in ("ours, cold", "ours, warm"):
        calls, seconds, answer = measured(world, latency, lambda: ask(backend))
        rows = f"{len(answer)}" + ("" if answer.complete else f", {len(answer.gaps)} gaps")
        yield (question, how, calls, seconds, rows)
    backend.close()


def asked_of_seed(world: Any, latency: float, question: str) -> Iterator[Row]:
    for complete, how in ((False, "seed, as it is"), (True, "seed, complete")):
        if complete and question == "lineage of a model":
            continue

        # Importing the SDK and making its session takes seconds, which are not counted.
        with contextlib.redirect_stdout(io.StringIO()):
            calls, seconds, answer = measured(world, latency, theirs(world, complete)[question])
        yield (question, how, calls, seconds, str(len(answer)))


def throttled(world: Any, latency: float) -> Row:
    """Twenty calls a second and forty at once: no error, no missing row."""
    faults = emulator.Faults(rate=20, burst=40, latency=latency)
    client, calls = world.client(faults=faults, config=config_of())
    backend = SageMakerBackend.open(client=client)
    began = time.perf_counter()
    answer = ours(world)["models of a feature group"](backend)
    seconds = time.perf_counter() - began
    rows = f"{len(answer)}" + ("" if answer.complete else f", {len(answer.gaps)} gaps")
    limit = sum(calls.values()) / 20
    return (f"throttled to 20 a second (least {limit:.1f} s)", "ours", calls.total(), seconds, rows)


def shown(title: str, rows: Iterator[Row]) -> None:
    print(f"\n### {title}\n\n| question | who | calls | seconds | rows |\n|---|---|---|---|---|")
    for question, who, calls, seconds, found in rows:
        print(f"| {question} | {who} | {calls} | {seconds:.2f} | {found} |", flush=True)


def rows_of(world: Any, latency: float, *, with_seed: bool, with_sdk: bool) -> Iterator[Row]:
    yield recorded(load_world().World(1), latency)
    if len(world.models) > 50:
        yield throttled(world, latency)
    if with_sdk:
        calls, seconds, found = measured(world, latency, sdk_query(world))
        yield ("models of a feature group", "SDK LineageQuery", calls, seconds, str(len(found)))
    for question in ours(world):
        yield from asked_of_us(world, latency, question)
        if with_seed:
            yield from asked_of_seed(world, latency, question)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seed", type=Path, help="folder that holds ml_lineage_helper")
    parser.add_argument("--models", type=int, nargs="+", default=[2, 101])
    parser.add_argument("--latency", type=float, default=0.05, help="seconds a call takes longer")
    options = parser.parse_args()
    with_sdk = importlib.util.find_spec("sagemaker") is not None
    if options.seed is None:
        print("The seed's helper is left out: --seed names no folder that holds it.")
    else:
        sys.path.insert(0, str(options.seed))
    if not with_sdk:
        print("The SDK's LineageQuery is left out: sagemaker 2 is not installed here.")
    for models in options.models:
        world = load_world().World(models)
        rows = rows_of(
            world, options.latency, with_seed=options.seed is not None, with_sdk=with_sdk
        )
        shown(f"{models} models", rows)


if __name__ == "__main__":
    main()
