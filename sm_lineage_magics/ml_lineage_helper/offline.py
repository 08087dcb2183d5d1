"""Where the offline stores of feature groups are: as recorded, else as SageMaker describes them.

>>> offline_stores([customers], clients)[0][customers.arn]
('s3://bucket/…/data', 'customers_1629731269')
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..model import Arn, Entity, Gap, is_arn, last_part
from ..model.vocabulary import OFFLINE_STORE, OFFLINE_TABLE
from ..tracking.describe import Clients, describe
from ..tracking.facts import Resource

Place = tuple["str | None", "str | None"]


def resource_name(entity: Entity) -> str:
    """What the resource itself is called; the name of its artifact may be anything."""
    return Arn.parse(entity.source_uri).name if is_arn(entity.source_uri) else entity.label


def offline_stores(
    groups: Iterable[Entity], clients: Clients | None
) -> tuple[Mapping[str, Place], tuple[Gap, ...]]:
    """S3 URI and table name of each group's offline store by ARN, None where it has none.

    Returns the gaps too: groups that could not be described.
    """
    known = {group.arn: group for group in groups}
    unknown = [group for group in known.values() if OFFLINE_STORE not in group.properties]
    resources = [Resource("feature-group", resource_name(e), e.source_uri) for e in unknown]
    if not (resources and clients):
        return {arn: _place(group, group) for arn, group in known.items()}, ()
    facts = describe(resources, clients)
    described = {entity.source_uri: entity for entity in facts.entities}
    places = {a: _place(e, described.get(e.source_uri, e)) for a, e in known.items()}
    return places, facts.gaps


def _place(recorded: Entity, described: Entity) -> Place:
    properties = {**recorded.properties, **described.properties}
    table = last_part(properties.get(OFFLINE_TABLE, "").replace(".", "/"))
    return properties.get(OFFLINE_STORE) or None, table or None
