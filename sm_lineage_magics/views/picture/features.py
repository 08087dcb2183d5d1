"""Single features as nodes of their own: between the group that has them and what reads them.

>>> [feature.names for feature in features_in(graph, {customers.arn: 2})]
[('age',), ('income',), ('region', 'tenure', …)]

They are columns, not entities: nothing records them one by one, so they are drawn on demand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from ...model import Association, LineageGraph, columns_of, role_of
from ...query.evidence.recorded import features_of

Pair = tuple[str, str]


@dataclass(frozen=True)
class Feature:
    """A node for one feature, or for all that are not drawn one by one.

    Attributes:
        id: the same in every picture.
        owner: ARN of the entity whose features are drawn; what `Drawing.features` takes.
        group: name of the feature group.
        names: the feature; several for the rest.
        type: as the group records it; empty when it is not known.
        sources: ARNs of the feature groups among what is drawn.
        readers: ARN of a query → whether it takes the value, or only lets it decide about rows.
    """

    id: str
    owner: str
    group: str
    names: tuple[str, ...]
    type: str
    sources: tuple[str, ...]
    readers: Mapping[str, bool]

    @property
    def links(self) -> Iterator[Association]:
        """From the group to the feature, and on to what reads it."""
        yield from (Association(arn, self.id, "ContributedTo") for arn in self.sources)
        for arn, direct in self.readers.items():
            yield Association(self.id, arn, "ContributedTo" if direct else "AssociatedWith")

    @property
    def bypassed(self) -> Iterator[Pair]:
        """What it is drawn instead of: the associations from its group to its readers."""
        return ((source, reader) for source in self.sources for reader in self.readers)


def features_in(graph: LineageGraph, wanted: Mapping[str, int]) -> tuple[Feature, ...]:
    """The features of feature groups and queries, each drawn once.

    Args:
        graph: what is drawn.
        wanted: ARN → how many of its features to draw one by one.
    """
    known = _Known(graph)
    drawn = {
        each.id: each for arn in wanted if arn in graph for each in _of(arn, wanted[arn], known)
    }
    return tuple(drawn.values())


def has_features(arn: str, graph: LineageGraph) -> bool:
    """Whether any features of an entity are known."""
    entity = graph.entities[arn]
    role = role_of(entity)
    return bool(
        (role == "query" and columns_of(entity))
        or (role == "feature-group" and features_of(entity))
    )


def _of(arn: str, most: int, known: _Known) -> Iterator[Feature]:
    names = known.of(arn)
    # The last of many takes no more room by its name than as a rest of one.
    most = most if len(names) > most + 1 else len(names)
    yield from (known.one(arn, name) for name in names[:most])
    if names[most:]:
        yield known.rest(arn, names[most:])


# A feature by the name of its group and its own.
Name = tuple[str, str]


class _Known:
    """What the entities of a graph tell of features."""

    def __init__(self, graph: LineageGraph) -> None:
        self.entities = graph.entities

    @cached_property
    def groups(self) -> Mapping[str, str]:
        """Name of a feature group → its ARN."""
        return {
            entity.label: arn
            for arn, entity in self.entities.items()
            if role_of(entity) == "feature-group"
        }

    @cached_property
    def readers(self) -> Mapping[Name, Mapping[str, bool]]:
        """Feature → query that reads it → whether it takes its value."""
        readers: dict[Name, dict[str, bool]] = {}
        for arn, entity in self.entities.items():
            for uses in columns_of(entity).values() if role_of(entity) == "query" else ():
                for use in uses:
                    there = readers.setdefault((use.feature_group, use.column), {})
                    there[arn] = there.get(arn, False) or use.direct
        return readers

    def of(self, arn: str) -> list[Name]:
        """The features of one entity: of a group all it has, of a query all it reads."""
        entity = self.entities[arn]
        if role_of(entity) == "query":
            return [name for name, readers in self.readers.items() if arn in readers]
        return [(entity.label, feature) for feature in features_of(entity)]

    def one(self, owner: str, name: Name) -> Feature:
        """The node of one feature."""
        group, feature = name
        source = self.groups.get(group)
        type = features_of(self.entities[source]).get(feature, "") if source else ""
        readers = self.readers.get(name, {})
        sources = (source,) if source else ()
        return Feature(_id(group, feature), owner, group, (feature,), str(type), sources, readers)

    def rest(self, owner: str, names: Iterable[Name]) -> Feature:
        """The node of all that are not drawn one by one."""
        each = [self.one(owner, name) for name in names]
        sources = dict.fromkeys(arn for one in each for arn in one.sources)
        readers = {
            arn: any(one.readers.get(arn, False) for one in each)
            for one in each
            for arn in one.readers
        }
        groups = ", ".join(dict.fromkeys(one.group for one in each))
        return Feature(
            _id(owner, ""),
            owner,
            groups,
            tuple(one.names[0] for one in each),
            "",
            tuple(sources),
            readers,
        )


def _id(place: str, name: str) -> str:
    # A blank is in no ARN, so no feature takes the place of an entity.
    return f"feature: {place}.{name}"
