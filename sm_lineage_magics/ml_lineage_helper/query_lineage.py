"""The four questions of ml-lineage-helper, as tables.

>>> QueryLineage().get_feature_groups_from_model("fraud")["Feature Group Name"].tolist()
['claims', 'customers']
"""

from __future__ import annotations

from typing import Any

from ..model import Answer, Entity, LineageGraph, role_of
from ..model.vocabulary import MODEL_NAME
from ..query.traverse import descendants
from .named import by_uri, meant, model_meant
from .offline import offline_stores, resource_name
from .sessions import account_of
from .tables import DATA_SOURCES, FEATURE_GROUPS, MODELS, Table, table


class QueryLineage:
    """Questions about feature groups, the data they came from and the models they went into.

    Every question takes `max_depth`, in levels of the graph; None goes all the way.

    Args:
        sagemaker_session: as `MLLineageHelper` takes it.
    """

    def __init__(self, sagemaker_session: Any = None) -> None:
        self._account = account_of(sagemaker_session)
        self._lineage = self._account.lineage

    def get_feature_groups_from_data_source(
        self, artifact_arn_or_s3_uri: str, max_depth: int | None = None
    ) -> Table:
        """The feature groups made from a data source, an S3 URI or the ARN of its artifact."""
        start = meant(self._lineage, by_uri(artifact_arn_or_s3_uri))
        return self._feature_groups(self._lineage.downstream(start, depth=max_depth))

    def get_data_sources_from_feature_group(
        self, artifact_or_fg_arn: str, max_depth: int | None = None
    ) -> Table:
        """The data a feature group was made from that nothing else produced."""
        start = meant(self._lineage, by_uri(artifact_or_fg_arn))
        answer = self._lineage.sources(start, depth=max_depth)
        return table(DATA_SOURCES, ((e.label, e.arn, e.source_uri) for e in answer), answer)

    def get_models_from_feature_group(
        self, artifact_or_fg_arn: str, max_depth: int | None = None
    ) -> Table:
        """The models that depend on a feature group, and the endpoints that serve them."""
        start = meant(self._lineage, by_uri(artifact_or_fg_arn))
        answer = self._lineage.downstream(start, depth=max_depth)
        models = (entity for entity in answer if role_of(entity) == "model")
        return table(MODELS, (_model_row(model, answer.graph) for model in models), answer)

    def get_feature_groups_from_model(
        self, artifact_arn_or_model_name: str, max_depth: int | None = None
    ) -> Table:
        """The feature groups a model depends on: its name, its data's S3 URI, or an ARN."""
        start = model_meant(self._lineage, artifact_arn_or_model_name)
        return self._feature_groups(self._lineage.upstream(start, depth=max_depth))

    def _feature_groups(self, answer: Answer) -> Table:
        groups = [entity for entity in answer if role_of(entity) == "feature-group"]
        stores, gaps = offline_stores(groups, self._account.clients)
        rows = ((resource_name(e), e.arn, e.source_uri, *stores[e.arn]) for e in groups)
        return table(FEATURE_GROUPS, rows, answer.with_gaps(gaps))


def _model_row(model: Entity, graph: LineageGraph) -> tuple[str | None, str, str | None, str]:
    served = descendants(graph, [model.arn])
    endpoints = sorted(resource_name(e) for e in served if role_of(e) == "endpoint")
    name = model.properties.get(MODEL_NAME) or None
    return name, model.source_uri, model.created_by, ", ".join(endpoints)
