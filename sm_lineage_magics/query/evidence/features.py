"""Lineage of single features: which of them a model depends on, and what depends on one.

>>> [(use.group, use.feature, use.how) for use in features_used(upstream_of_model)]
[('customers', 'age', 'direct'), ('customers', 'is_deleted', 'filter')]
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from ...errors import QuestionError
from ...model import (
    Answer,
    Association,
    ColumnSource,
    Entity,
    Gap,
    LineageGraph,
    Report,
    Section,
    aliases,
    columns_of,
    quoted,
    reference_of,
    role_of,
    walk,
)
from ...model.columns import How
from ...model.vocabulary import ADDED_OFFLINE, PARTITIONS_OFFLINE
from ...model.wording import counted, did_you_mean
from .called import typed
from .recorded import features_of, sources_of

# How a model depends on a feature.
Use = How | Literal["derived"]

COLUMNS = ("Feature group", "Feature", "How", "Columns", "Query")

_WORDS = {
    "direct": "directly",
    "filter": "indirectly: filters rows",
    "join": "indirectly: joins rows",
    "group": "indirectly: groups rows",
    "order": "indirectly: orders rows",
    "condition": "indirectly: decides a value",
    "derived": "through a feature group built from it",
}


@dataclass(frozen=True)
class FeatureUse:
    """One feature that something depends on.

    Attributes:
        group: name of the feature group.
        feature: name of the feature.
        how: `direct` when its value is in the data; indirectly as `filter`, `join`, `group`,
            `order` or `condition` when it decided which rows or values are; `derived` when it
            went into a feature group that was read in turn.
        column: the column it became.
        query: ARN of the query that read it.
    """

    group: str
    feature: str
    how: Use
    column: str
    query: str


def features_used(answer: Answer) -> tuple[FeatureUse, ...]:
    """The features of every query upstream of the focus, each use once, nearest query first."""
    near = _not_through_features(answer)
    uses = (
        FeatureUse(each.feature_group, each.column, _how(each, query, near), column, query.arn)
        for query in _queries(answer.graph)
        for column, sources in columns_of(query).items()
        for each in sources
    )
    return tuple(dict.fromkeys(uses))


def features_report(answer: Answer) -> Report:
    """The features a model depends on, as a report; queries without columns are gaps."""
    uses = features_used(answer)
    return Report(
        f"Features {' '.join(answer.question.subjects)} depends on",
        (
            _summary(uses) if uses or not answer.obscured else "No feature was seen.",
            *([] if uses else _own(answer)),
        ),
        _sections(uses, answer.graph),
        answer.with_gaps(_unresolved(_queries(answer.graph))),
        data={"features": [vars(use) for use in uses]},
    )


def _summary(uses: Iterable[FeatureUse]) -> str:
    features = {(use.group, use.feature) for use in uses}
    direct = {(use.group, use.feature) for use in uses if use.how == "direct"}
    told = f"{counted(len(features), 'feature')} of "
    told += counted(len({group for group, _ in features}), "feature group")
    return f"{told}, {len(direct)} directly." if features else "No feature is recorded."


def _own(answer: Answer) -> Iterator[str]:
    """Where to read the features that a feature group has itself."""
    for entity in map(answer.graph.entities.get, answer.focus):
        if entity is not None and role_of(entity) == "feature-group":
            yield f"%lineage show {quoted(typed(entity))} lists those it has itself."


def _sections(uses: tuple[FeatureUse, ...], graph: LineageGraph) -> tuple[Section, ...]:
    # What is in the data stands before what only decided which rows or values are.
    in_order = sorted(uses, key=lambda use: use.how != "direct")
    return (Section("Features", COLUMNS, tuple(_rows(in_order, graph))),) if uses else ()


def _rows(uses: Iterable[FeatureUse], graph: LineageGraph) -> Iterator[tuple[str, ...]]:
    """One row for each feature, way and query; the columns it became together in a cell."""
    columns: dict[tuple[str, str, str, str], list[str]] = {}
    for use in uses:
        columns.setdefault((use.group, use.feature, use.how, use.query), []).append(use.column)
    for (group, feature, how, query), became in columns.items():
        of_query = columns_of(graph.entities[query])
        told = "every column" if 1 < len(of_query) == len(became) else ", ".join(became)
        yield (group, feature, _WORDS.get(how, how), told, graph.entities[query].label)


def reached_by_feature(answer: Answer, feature: str) -> Answer:
    """Of what lies downstream of a feature group, what one of its features reaches.

    A query that is known not to read the feature ends its way; a query whose columns are not
    recorded, and a feature group built from what was read, count as reached, and are named.

    Raises:
        QuestionError: when the feature group has no such feature, and no query has read one.
    """
    unheard = tuple(unheard_of(feature, answer))

    def step(frontier: Iterable[str]) -> Iterator[tuple[str, None]]:
        for arn in frontier:
            wanted = feature if arn in answer.focus else None
            for edge in answer.graph.outgoing.get(arn, ()):
                if _may_read(answer.graph, edge, wanted):
                    yield edge.destination, None

    reached = {arn for _, nodes, _ in walk(answer.focus, step) for arn in nodes}
    graph = answer.graph.induced(arn for arn in answer.graph.entities if arn in reached)
    kept = Answer(graph, answer.focus, answer.question, answer.gaps)
    derived = (e for e in kept if role_of(e) == "feature-group" and e.kind == "Artifact")
    return kept.with_gaps((*unheard, *_unresolved(_queries(graph)), *map(_taken_whole, derived)))


def unheard_of(feature: str, answer: Answer) -> Iterator[Gap]:
    """A gap where nothing tells whether there is such a feature: else a typo breaks nothing.

    Raises:
        QuestionError: when the schema is recorded, and it is not there.
    """
    if feature in (*ADDED_OFFLINE, *PARTITIONS_OFFLINE):
        return
    groups = [e for arn in answer.focus if (e := answer.graph.entities.get(arn))]
    recorded = {feature for group in groups for feature in features_of(group)}
    known = recorded | {name for group in groups for name in _read_of(group, answer.graph)}
    names = [str(reference_of(group)) for group in groups]
    named = ", ".join(names)
    if recorded and feature not in known:
        shown = " or ".join(f"%lineage show {quoted(name)}" for name in names)
        hint = did_you_mean(feature, sorted(known), 3) or f"See {shown}."
        raise QuestionError(f"{named} has no feature {feature!r}. {hint}")
    if feature not in known:
        why = f"Whether {named} has such a feature is not recorded."
        yield Gap("not-recorded", f"{named}.{feature}", why)


def _read_of(group: Entity, graph: LineageGraph) -> Iterator[str]:
    names = aliases(group)
    uses = (use for query in _queries(graph) for use in sources_of(query))
    return (feature for of, feature in uses if of in names)


def _may_read(graph: LineageGraph, edge: Association, feature: str | None) -> bool:
    """Whether data crosses this edge: false for a query known not to read the feature."""
    group, query = graph.entities.get(edge.source), graph.entities.get(edge.destination)
    if group is None or not _is_group(group) or query is None or role_of(query) != "query":
        return True
    names = aliases(group)
    uses = sources_of(query)
    return not uses or any(of in names and feature in (None, read) for of, read in uses)


def _not_through_features(answer: Answer) -> frozenset[str]:
    """What the focus reaches upstream without passing through a feature group."""

    def step(frontier: Iterable[str]) -> Iterator[tuple[str, None]]:
        through = (a for a in frontier if not _is_group(answer.graph.entities.get(a)))
        return ((arn, None) for arn in answer.graph.upstream_of(through))

    return frozenset(arn for _, nodes, _ in walk(answer.focus, step) for arn in nodes)


def _how(source: ColumnSource, query: Entity, near: frozenset[str]) -> Use:
    return source.how if query.arn in near else "derived"


def _queries(graph: LineageGraph) -> Iterator[Entity]:
    return (entity for entity in graph.entities.values() if role_of(entity) == "query")


def _is_group(entity: Entity | None) -> bool:
    return entity is not None and role_of(entity) == "feature-group"


def _unresolved(queries: Iterable[Entity]) -> Iterator[Gap]:
    for query in queries:
        if not columns_of(query):
            yield Gap(
                "unresolved",
                query.label,
                "Its columns are not recorded, so every feature it could read is counted.",
            )


def _taken_whole(group: Entity) -> Gap:
    return Gap(
        "inferred",
        str(reference_of(group)),
        "Which of its features come from there is not recorded, so all of them are counted.",
    )
