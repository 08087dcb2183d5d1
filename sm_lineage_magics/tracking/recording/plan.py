"""From facts and what exists already to a plan: what to create, reuse, merge, link, keep or skip.

>>> plan(facts, Existing({raw.arn: stored}, frozenset())).entities[0]
PlannedEntity(stored, 'reuse', 'recorded already')

Nothing is asked or written here: what exists is looked up before and handed in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from ...model import Association, Entity, Plan, PlannedEntity, PlannedLink, Receipt
from ...model.wording import counted
from ..facts import Facts, Link

Pair = tuple[str, str]
CLOCKS_DIFFER = timedelta(seconds=5)


@dataclass(frozen=True)
class Existing:
    """What the store has of the facts already.

    Attributes:
        entities: ARN in the facts → the entity as stored.
        links: pairs of stored ARNs that are linked.
        ours: stored ARNs of entities this journal says we made.
    """

    entities: Mapping[str, Entity] = field(default_factory=dict)
    links: frozenset[Pair] = frozenset()
    ours: frozenset[str] = frozenset()

    def arn(self, key: str) -> str:
        """What the store calls the entity of this ARN; the ARN itself when it is new."""
        return self.entities[key].arn if key in self.entities else key


@dataclass(frozen=True)
class Cost:
    """What a plan takes of an account's quotas for entities made by hand."""

    artifacts: int = 0
    actions: int = 0
    contexts: int = 0
    associations: int = 0

    def __str__(self) -> str:
        counts = ((name.rstrip("s"), count) for name, count in vars(self).items() if count)
        return ", ".join(counted(count, name) for name, count in counts) or "nothing"


def plan(facts: Facts, existing: Existing, title: str = "") -> Plan:
    """The plan that makes the store say what the facts say, and changes nothing else."""
    entities = tuple(_entity(entity, existing) for entity in facts.entities)
    known = {entity.arn for entity in facts.entities} | existing.entities.keys()
    links = tuple(_link(link, existing, known, facts) for link in facts.links)
    return Plan(entities, links, title)


def effective(made: Plan) -> Plan:
    """What of a plan changes anything: what is only reused was looked up just before."""
    return Plan(
        tuple(planned for planned in made.entities if planned.act != "reuse"),
        tuple(link for link in made.links if link.act == "link"),
        made.title,
    )


def facts_of(made: Plan) -> Facts:
    """The facts a plan was made from, so that it can be made anew when time has passed."""
    links = (Link(link.association, link.evidence) for link in made.links if link.act != "skip")
    return Facts(tuple(planned.entity for planned in made.entities), tuple(links))


def made_already(
    of: Plan, existing: Existing, links: Iterable[Association], since: datetime
) -> Receipt:
    """What an attempt that broke off has made of a plan, told by what was not there before it."""
    arns = {e.key: existing.arn(e.key) for e in of.entities if e.key in existing.entities}
    created = [
        existing.entities[planned.key].arn
        for planned in of.entities
        if planned.act == "create"
        and planned.key in existing.entities
        and _younger(existing.entities[planned.key].created, since)
    ]
    wanted = {
        (existing.arn(link.association.source), existing.arn(link.association.destination))
        for link in of.links
        if link.act == "link"
    }
    linked = [e.pair for e in links if e.pair in wanted and _younger(e.created, since)]
    return Receipt(arns, tuple(created), tuple(linked))


def _younger(created: datetime | None, since: datetime) -> bool:
    # A service's clock and this machine's may differ; so do whole seconds and parts of them.
    return created is not None and created >= since - CLOCKS_DIFFER


def cost(of: Plan) -> Cost:
    """What applying a plan takes of the quotas; what exists already costs nothing."""
    made = [planned.entity.kind for planned in of.entities if planned.act == "create"]
    linked = sum(planned.act == "link" for planned in of.links)
    kinds = (made.count("Artifact"), made.count("Action"), made.count("Context"))
    return Cost(*kinds, linked)


def differing(entities: Iterable[Entity], stored: Mapping[str, Entity]) -> bool:
    """Whether any property stands in the store with another value."""
    return any(
        stored[entity.arn].properties.get(name, value) != value
        for entity in entities
        if entity.arn in stored
        for name, value in entity.properties.items()
    )


def _entity(entity: Entity, existing: Existing) -> PlannedEntity:
    stored = existing.entities.get(entity.arn)
    if stored is None:
        return PlannedEntity(entity, "create", "new")
    changes = _changes(entity, stored, ours=stored.arn in existing.ours)
    status = entity.status if entity.status != stored.status else None
    if not changes and status is None:
        return PlannedEntity(stored, "reuse", "recorded already")
    merged = replace(stored, properties=changes, status=entity.status or stored.status)
    return PlannedEntity(merged, "merge", _reason(changes, stored, status))


def _changes(entity: Entity, stored: Entity, *, ours: bool) -> dict[str, str]:
    """What to add; what others wrote stays, what we measured ourselves is brought up to date."""
    return {
        name: value
        for name, value in entity.properties.items()
        if stored.properties.get(name) != value and (ours or name not in stored.properties)
    }


def _reason(changes: Mapping[str, str], stored: Entity, status: str | None) -> str:
    added = [name for name in changes if name not in stored.properties]
    changed = [name for name in changes if name in stored.properties]
    parts = [f"adds {', '.join(added)}"] if added else []
    parts += [f"updates {', '.join(changed)}"] if changed else []
    return "; ".join(parts + ([f"is now {status}"] if status else []))


def _link(link: Link, existing: Existing, known: set[str], facts: Facts) -> PlannedLink:
    edge = link.association
    association = replace(
        edge, source=existing.arn(edge.source), destination=existing.arn(edge.destination)
    )
    if reason := _refusal(edge, association, known, facts):
        return PlannedLink(association, "skip", reason, link.evidence)
    if association.pair in existing.links:
        return PlannedLink(association, "keep", "linked already", link.evidence)
    return PlannedLink(association, "link", "", link.evidence)


def _refusal(edge: Association, stored: Association, known: set[str], facts: Facts) -> str:
    if stored.source == stored.destination:
        return "it would lead to itself"
    missing = [arn for arn in edge.pair if arn not in known]
    if missing:
        return f"{missing[0]} does not exist"
    kinds = [entity.kind for entity in facts.entities if entity.arn in edge.pair]
    # "Calling AddAssociation with both source and destination in [Experiment|Trial|
    # TrialComponent] is invalid": the maintainers, in aws/sagemaker-experiments.
    return "no job can be linked to a job" if kinds.count("TrialComponent") == 2 else ""
