"""What a lineage lacks: data, features, a training, anything at all."""

from __future__ import annotations

from ..inspected import Inspected, is_training
from .rule import Broken


def model_without_data(lineage: Inspected) -> Broken:
    """Models with nothing upstream that they could have learnt from."""
    fed = lineage.fed_by("dataset", "feature-group")
    for model in lineage.of("model"):
        if model.arn not in fed:
            yield model, "No data set and no feature group is recorded upstream of this model."


def model_without_features(lineage: Inspected) -> Broken:
    """Models trained on data that no feature group led to."""
    groups = lineage.fed_by("feature-group")
    data = lineage.fed_by("dataset")
    for model in lineage.of("model"):
        if model.arn in data and model.arn not in groups:
            yield model, "It was trained on data, but no feature group is recorded upstream of it."


def data_without_origin(lineage: Inspected) -> Broken:
    """Training data that nothing is known to have written."""
    for data in lineage.of("dataset"):
        trains = any(is_training(job) for job in lineage.downstream(data))
        if trains and not lineage.graph.upstream_of([data.arn]):
            yield data, "A model was trained on it, and nothing tells where it came from."


def endpoint_without_lineage(lineage: Inspected) -> Broken:
    """Endpoints that serve something of which no making is recorded."""
    fed = lineage.fed_by("job", "dataset", "feature-group")
    for endpoint in lineage.of("endpoint"):
        if endpoint.arn not in fed:
            yield endpoint, "It serves a model of which no training is recorded."


def orphan(lineage: Inspected) -> Broken:
    """Entities without any association."""
    graph = lineage.graph
    for entity in graph.entities.values():
        if not graph.incoming.get(entity.arn) and not graph.outgoing.get(entity.arn):
            yield entity, "Nothing leads to it and nothing comes from it."
