"""The same questions as ml-lineage-helper and version 2 of the SageMaker SDK answer them."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable, Iterator
from functools import partial
from types import SimpleNamespace
from typing import Any

from account.endpoint import measured
from account.rows import Row

Questions = dict[str, Callable[[], Any]]


def sdk_session() -> Any:
    """As ml-lineage-helper wants one."""
    import boto3
    import sagemaker

    client = boto3.client("sagemaker")
    session = sagemaker.Session(sagemaker_client=client, default_bucket="bucket")
    return SimpleNamespace(session=session, region="us-east-1")


def asked_of_helper(world: Any, latency: float, question: str) -> Iterator[Row]:
    """A question asked with the helper's own depth of five entities, and with enough of it."""
    for how, depth in (("as it is", {}), ("complete", {"max_depth": 100_000})):
        # Importing the SDK and making its session takes seconds, which are not counted.
        if ask := _questions(world, **depth).get(question):
            with contextlib.redirect_stdout(io.StringIO()):
                cost = measured(world, latency, ask)
            yield Row(question, f"helper, {how}", cost, str(len(cost.answer)))


def _questions(world: Any, **depth: int) -> Questions:
    """The helper's calls; the lineage of a model takes no depth."""
    from ml_lineage_helper import MLLineageHelper
    from ml_lineage_helper.query_lineage import QueryLineage

    session = sdk_session()
    asked, helper = QueryLineage(session), MLLineageHelper(session)
    group, source = world.entities["claims"].source_uri, "s3://bucket/raw/claims.csv"
    whole: Questions = {} if depth else {"lineage of a model": partial(_lineage, helper)}
    deep: Questions = {
        question: partial(ask, about, **depth)
        for question, ask, about in (
            ("models of a feature group", asked.get_models_from_feature_group, group),
            ("feature groups of a model", asked.get_feature_groups_from_model, "fraud-0"),
            ("sources of a feature group", asked.get_data_sources_from_feature_group, group),
            ("feature groups of a source", asked.get_feature_groups_from_data_source, source),
        )
    }
    return whole | deep


def _lineage(helper: Any) -> Any:
    helper.sagemaker_model_name_or_model_s3_uri = "fraud-0"
    return helper.get_ml_lineage()


def asked_of_sdk(world: Any, latency: float, question: str) -> Iterator[Row]:
    """The one question that the SDK's `LineageQuery` answers in one call."""
    if question == "models of a feature group":
        cost = measured(world, latency, _lineage_query(world))
        yield Row(question, "SDK LineageQuery", cost, str(len(cost.answer)))


def _lineage_query(world: Any) -> Callable[[], Any]:
    from sagemaker.lineage import query

    asked = query.LineageQuery(sdk_session().session)
    models = query.LineageFilter(
        entities=[query.LineageEntityEnum.ARTIFACT], sources=[query.LineageSourceEnum.MODEL]
    )
    return lambda: (
        asked.query(
            start_arns=[world.arn("claims")],
            direction=query.LineageQueryDirectionEnum.DESCENDANTS,
            query_filter=models,
            include_edges=False,
        ).vertices
    )
