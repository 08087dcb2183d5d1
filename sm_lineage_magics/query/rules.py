"""The rules of `lint`: each a function from a lineage to what breaks it.

A rule is one function and one row of `RULES`. Ids are stable: people write them into pipelines.
"""

from __future__ import annotations

import base64
import binascii
import graphlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from ..model import Entity, LineageGraph, Role, aliases, role_of, vocabulary
from .recorded import commit_of, features_in, features_of, sources_of

Severity = Literal["error", "warning", "info"]

# What ml-lineage-helper writes; it cuts the text at 256 characters, which rarely decodes.
SEED_QUERY = "Base64FeatureStoreQueryString"
SEED_QUERY_CUT = 256


@dataclass(frozen=True)
class Lineage:
    """A graph under inspection, with what several rules need computed once.

    Attributes:
        graph: what is recorded.
        now: what look-ups said just now, by ARN: `ETag`, `Features`, …
    """

    graph: LineageGraph
    now: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @cached_property
    def by_role(self) -> Mapping[Role, tuple[Entity, ...]]:
        """All entities by the part they play."""
        groups: dict[Role, list[Entity]] = defaultdict(list)
        for entity in self.graph.entities.values():
            groups[role_of(entity)].append(entity)
        return {role: tuple(entities) for role, entities in groups.items()}

    def of(self, *roles: Role) -> Iterator[Entity]:
        """The entities that play one of these parts."""
        return (entity for role in roles for entity in self.by_role.get(role, ()))

    def fed_by(self, *roles: Role) -> frozenset[str]:
        """Everything downstream of an entity with one of these roles, and those themselves."""
        return frozenset(self.graph.distances((e.arn for e in self.of(*roles)), "downstream"))

    def upstream(self, entity: Entity) -> Iterator[Entity]:
        """What contributed to it directly."""
        arns = self.graph.upstream_of([entity.arn])
        return (self.graph.entities[arn] for arn in arns if arn in self.graph)

    def downstream(self, entity: Entity) -> Iterator[Entity]:
        """What it contributed to directly."""
        arns = self.graph.downstream_of([entity.arn])
        return (self.graph.entities[arn] for arn in arns if arn in self.graph)


Broken = Iterator[tuple[Entity, str]]


@dataclass(frozen=True)
class Rule:
    """One thing that makes a lineage less trustworthy.

    Attributes:
        id: stable, for configuration and pipelines.
        severity: `error` when answers may be wrong, `warning` when they cannot be proved.
        repair: what to type or do; `{name}` is the entity.
        check: from a lineage to pairs of an entity and what is wrong with it.
    """

    id: str
    severity: Severity
    repair: str
    check: Callable[[Lineage], Broken]


def _model_without_data(lineage: Lineage) -> Broken:
    fed = lineage.fed_by("dataset", "feature-group")
    for model in lineage.of("model"):
        if model.arn not in fed:
            yield model, "No data set and no feature group is recorded upstream of this model."


def _model_without_features(lineage: Lineage) -> Broken:
    groups = lineage.fed_by("feature-group")
    data = lineage.fed_by("dataset")
    for model in lineage.of("model"):
        if model.arn in data and model.arn not in groups:
            yield model, "It was trained on data, but no feature group is recorded upstream of it."


def _data_without_origin(lineage: Lineage) -> Broken:
    for data in lineage.of("dataset"):
        trains = any(_is_training(job) for job in lineage.downstream(data))
        if trains and not lineage.graph.upstream_of([data.arn]):
            yield data, "A model was trained on it, and nothing tells where it came from."


def _query_not_recorded(lineage: Lineage) -> Broken:
    for query in lineage.of("query"):
        if not query.properties.get(vocabulary.QUERY):
            yield query, "The query ran, but its SQL is not recorded."


def _query_truncated(lineage: Lineage) -> Broken:
    for query in lineage.of("query"):
        if length := query.properties.get(f"{vocabulary.QUERY}[of]"):
            yield query, f"Only the beginning of its {length} characters of SQL is recorded."
    for data in lineage.of("dataset"):
        text = data.properties.get(SEED_QUERY, "")
        if text and not _decodes(text):
            yield data, f"Its Base64 query was cut at {SEED_QUERY_CUT} characters."


def _data_overwritten(lineage: Lineage) -> Broken:
    for data in lineage.of("dataset"):
        trained = [job for job in lineage.downstream(data) if _is_training(job) and job.created]
        if any(_rewritten(lineage, data, job) for job in trained):
            yield data, "It was written again after a model was trained on it."


def _no_commit(lineage: Lineage) -> Broken:
    for code in lineage.of("code"):
        if not commit_of(code):
            yield code, "No commit is recorded for this code."


def _dirty_commit(lineage: Lineage) -> Broken:
    for code in lineage.of("code"):
        if code.properties.get(vocabulary.DIRTY) == "true":
            yield code, "It had changes that are not in the commit recorded."


def _orphan(lineage: Lineage) -> Broken:
    graph = lineage.graph
    for entity in graph.entities.values():
        if not graph.incoming.get(entity.arn) and not graph.outgoing.get(entity.arn):
            yield entity, "Nothing leads to it and nothing comes from it."


def _twin_feature_group(lineage: Lineage) -> Broken:
    groups: dict[str, list[Entity]] = defaultdict(list)
    for group in lineage.of("feature-group"):
        if group.kind == "Artifact":
            names = (name.removeprefix("fg-") for name in aliases(group))
            groups[min(names, default=group.arn)].append(group)
    for name, twins in groups.items():
        for twin in twins[1:]:
            yield twin, f"The feature group {name} has {len(twins)} artifacts; lineage is split."


def _schema_changed(lineage: Lineage) -> Broken:
    read = _features_read(lineage)
    for group in lineage.of("feature-group"):
        now = features_in(lineage.now.get(group.arn, {}).get(vocabulary.FEATURES, ""))
        present = now or features_of(group)
        names = set(aliases(group))
        gone = {f for name in names for f in read.get(name, ()) if present and f not in present}
        if gone:
            yield group, f"A query read {', '.join(sorted(gone))}, which its schema has no more."


def _endpoint_without_lineage(lineage: Lineage) -> Broken:
    fed = lineage.fed_by("job", "dataset", "feature-group")
    for endpoint in lineage.of("endpoint"):
        if endpoint.arn not in fed:
            yield endpoint, "It serves a model of which no training is recorded."


def _cycle(lineage: Lineage) -> Broken:
    before: dict[str, set[str]] = defaultdict(set)
    for edge in lineage.graph.associations:
        if edge.type != "SameAs":
            before[edge.destination].add(edge.source)
    for cycle in _cycles(before):
        labels = [e.label for arn in cycle if (e := lineage.graph.entities.get(arn))]
        first = next((e for arn in cycle if (e := lineage.graph.entities.get(arn))), None)
        if first is not None:
            yield first, f"Data would flow in a circle: {' → '.join(labels)}."


RULES: tuple[Rule, ...] = (
    Rule(
        "model-without-data",
        "error",
        "%%lineage track the cell that trains {name}, or %lineage link DATA {name}",
        _model_without_data,
    ),
    Rule(
        "endpoint-without-lineage",
        "error",
        "%lineage backfill, then %lineage upstream {name}",
        _endpoint_without_lineage,
    ),
    Rule(
        "query-not-recorded",
        "error",
        "%%lineage track the cell that runs the query",
        _query_not_recorded,
    ),
    Rule(
        "query-truncated",
        "error",
        "%%lineage track the cell that runs the query; the whole SQL is kept",
        _query_truncated,
    ),
    Rule(
        "data-overwritten",
        "error",
        "write each training set to a path of its own, and train on that",
        _data_overwritten,
    ),
    Rule("cycle", "error", "%lineage forget the entity that should not be there", _cycle),
    Rule(
        "twin-feature-group",
        "error",
        "%lineage forget {name}, after linking what is at it to its twin",
        _twin_feature_group,
    ),
    Rule(
        "schema-changed",
        "warning",
        "%lineage features of the models concerned, and train them again",
        _schema_changed,
    ),
    Rule(
        "model-without-features",
        "warning",
        "%lineage link fg:NAME to the data set {name} was trained on",
        _model_without_features,
    ),
    Rule(
        "data-without-origin",
        "warning",
        "%%lineage track the cell that writes {name}, or %lineage link SOURCE {name}",
        _data_without_origin,
    ),
    Rule("no-commit", "warning", "commit the code, then track the cell again", _no_commit),
    Rule("dirty-commit", "warning", "commit the code, then track the cell again", _dirty_commit),
    Rule(
        "orphan", "info", "%lineage link it to what it belongs to, or %lineage forget it", _orphan
    ),
)


def _is_training(job: Entity) -> bool:
    return role_of(job) == "job" and "Training" in job.type


def _decodes(text: str) -> bool:
    try:
        base64.b64decode(text, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return False
    return True


def _rewritten(lineage: Lineage, data: Entity, job: Entity) -> bool:
    """Whether the data has another ETag now, or was produced again after the job began."""
    recorded = data.properties.get(vocabulary.ETAG)
    current = lineage.now.get(data.arn, {}).get(vocabulary.ETAG)
    if recorded and current and recorded != current:
        return True
    trained = job.created
    return trained is not None and any(
        each.created is not None and each.created > trained for each in lineage.upstream(data)
    )


def _features_read(lineage: Lineage) -> Mapping[str, set[str]]:
    read: dict[str, set[str]] = defaultdict(set)
    for query in lineage.of("query"):
        for group, feature in sources_of(query):
            read[group].add(feature)
    return read


def _cycles(before: Mapping[str, set[str]]) -> Iterator[list[str]]:
    """One cycle after the other, none sharing an entity with another."""
    left = dict(before)
    while True:
        try:
            graphlib.TopologicalSorter(left).prepare()
        except graphlib.CycleError as error:
            cycle: list[str] = error.args[1]
            yield cycle
            left = {arn: sources - {*cycle} for arn, sources in left.items() if arn not in cycle}
        else:
            return
