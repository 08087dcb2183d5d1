"""The grocer's lineage with faults planted in it, one for each rule of `lint`.

>>> lint(FAULTS["cycle"](grocery().graph))
(Finding(rule=Rule(id='cycle', …), …),)

Each fault is one that real accounts have, and a function from a graph to a graph, so that a lesson
can plant one, or a few, or all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import reduce

from ..errors import QuestionError
from ..model import Association, Entity, LineageGraph, Reference, vocabulary
from .data import code, compact, data_set, feature_group
from .demo import Demo
from .grocery import ANA, BEN, FEATURES, SHOP, grocery
from .jobs import flow, job, link
from .registry import deployed, model, package_group, registered

Fault = Callable[[LineageGraph], LineageGraph]


def broken(names: Iterable[str] | None = None) -> Demo:
    """The grocer's demo with these faults in it, all of them when none is named.

    Raises:
        QuestionError: when there is no such fault.
    """
    demo = grocery()
    wanted = tuple(FAULTS if names is None else names)
    for unknown in (name for name in wanted if name not in FAULTS):
        raise QuestionError(f"No fault {unknown!r}. Expected some of: {', '.join(FAULTS)}.")
    chosen = (FAULTS[name] for name in wanted)
    return replace(demo, graph=reduce(lambda graph, fault: fault(graph), chosen, demo.graph))


def _model_without_data(graph: LineageGraph) -> LineageGraph:
    """A model that somebody copied into the bucket."""
    copied = model(SHOP, "grocery/basket/model.tar.gz", "basket", BEN)
    group = package_group(SHOP, "basket", BEN)
    return graph | registered(SHOP, group, 1, (copied,), BEN).graph


def _endpoint_without_lineage(graph: LineageGraph) -> LineageGraph:
    """An endpoint of a package that was made in another account."""
    group = package_group(SHOP, "substitutes", BEN)
    package = registered(SHOP, group, 1, (), BEN)
    return graph | package.graph | deployed(SHOP, package.entity, "substitutes", BEN)


def _query_not_recorded(graph: LineageGraph) -> LineageGraph:
    """A query of which only the execution is known."""
    query = _named(graph, "query:churn-features")
    kept = {k: v for k, v in query.properties.items() if k != vocabulary.QUERY}
    return _with(graph, replace(query, properties=kept))


def _query_truncated(graph: LineageGraph) -> LineageGraph:
    """A query too long for the service even compressed: only its beginning is there."""
    query = _named(graph, "query:reorder-v1-features")
    sql = query.properties[vocabulary.QUERY]
    cut = {vocabulary.QUERY: sql[:200], f"{vocabulary.QUERY}[of]": "200000"}
    return _with(graph, _having(query, **cut))


def _data_overwritten(graph: LineageGraph) -> LineageGraph:
    """A training set that was written again, later, to the same place."""
    train = _named(graph, SHOP.s3("grocery/reorder-v1/train.csv"))
    raw = _named(graph, SHOP.s3("grocery/raw/orders.csv"))
    made = BEN.later(days=20)
    return graph | job(SHOP, "processing", "refresh-train", made, {"input": raw}, {"out": train})


def _cycle(graph: LineageGraph) -> LineageGraph:
    """A model said to have produced the job that produced it."""
    trained = _named(graph, "model:reorder-v2")
    (training,) = graph.upstream_of([trained.arn])
    return graph | LineageGraph.of((), (Association(trained.arn, training, "Produced"),))


def _twin_feature_group(graph: LineageGraph) -> LineageGraph:
    """A second artifact of one feature group, named as ml-lineage-helper names them."""
    raw = _named(graph, SHOP.s3("grocery/raw/products.csv"))
    group = feature_group(SHOP, "grocery-products", FEATURES["products"], ANA)
    told_apart = [("Custom", "written by hand")]
    twin = replace(
        group,
        arn=SHOP.home.artifact(group.source_uri, told_apart),
        name="fg-grocery-products",
        details={**group.details, "source_types": [list(pair) for pair in told_apart]},
    )
    return graph | job(SHOP, "processing", "ingest", ANA, {"input": raw}, {"features": twin})


def _schema_changed(graph: LineageGraph) -> LineageGraph:
    """A feature that a model was trained on and that its feature group has no more."""
    group = _named(graph, "fg:grocery-orders")
    gone = "n_days_since_last_purchase"
    kept = {name: type for name, type in FEATURES["orders"].items() if name != gone}
    return _with(graph, _having(group, **{vocabulary.FEATURES: compact(kept)}))


def _model_without_features(graph: LineageGraph) -> LineageGraph:
    """A model trained on a copy of the raw file, past the feature store."""
    raw = _named(graph, SHOP.s3("grocery/raw/products.csv"))
    copy = data_set(SHOP, "grocery/shelf/products.csv", BEN)
    result = model(SHOP, "grocery/shelf/output/model.tar.gz", "shelf", BEN)
    copied = LineageGraph.of((raw, copy), [link(raw, copy, "DerivedFrom")])
    return graph | copied | job(SHOP, "training", "shelf", BEN, {"train": copy}, {"model": result})


def _data_without_origin(graph: LineageGraph) -> LineageGraph:
    """A channel filled with a file that somebody uploaded."""
    (training,) = graph.upstream_of([_named(graph, "model:churn").arn])
    uploaded = data_set(SHOP, "grocery/churn/validation.csv", BEN)
    return graph | flow(graph.entities[training], [uploaded])


def _no_commit(graph: LineageGraph) -> LineageGraph:
    """A script that is in no repository."""
    (training,) = graph.upstream_of([_named(graph, "model:reorder-v1").arn])
    uri = SHOP.s3("grocery/code/reorder_evaluation.py")
    script = code(SHOP, "reorder_evaluation.py", "", BEN)
    bare = replace(script, arn=SHOP.home.artifact(uri), source_uri=uri, details={})
    return graph | flow(graph.entities[training], [bare])


def _dirty_commit(graph: LineageGraph) -> LineageGraph:
    """A script that had changes which were never committed."""
    script = next(e for e in graph.entities.values() if e.source_uri.endswith("training/churn.py"))
    return _with(graph, _having(script, **{vocabulary.DIRTY: "true"}))


def _orphan(graph: LineageGraph) -> LineageGraph:
    """A data set that nothing leads to and nothing comes from."""
    return graph | LineageGraph.of([data_set(SHOP, "grocery/scratch/orders_copy.csv", BEN)])


# By the id of the rule each one breaks.
FAULTS: Mapping[str, Fault] = {
    "model-without-data": _model_without_data,
    "endpoint-without-lineage": _endpoint_without_lineage,
    "query-not-recorded": _query_not_recorded,
    "query-truncated": _query_truncated,
    "data-overwritten": _data_overwritten,
    "cycle": _cycle,
    "twin-feature-group": _twin_feature_group,
    "schema-changed": _schema_changed,
    "model-without-features": _model_without_features,
    "data-without-origin": _data_without_origin,
    "no-commit": _no_commit,
    "dirty-commit": _dirty_commit,
    "orphan": _orphan,
}


def _named(graph: LineageGraph, text: str) -> Entity:
    reference = Reference.parse(text)
    return next(entity for entity in graph.entities.values() if reference.matches(entity))


def _with(graph: LineageGraph, changed: Entity) -> LineageGraph:
    """The graph with one of its entities changed."""
    return LineageGraph.of([changed]) | graph


def _having(entity: Entity, **properties: str) -> Entity:
    return replace(entity, properties={**entity.properties, **properties})
