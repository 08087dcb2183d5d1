"""From facts and what exists already to a plan: what to create, reuse, merge, link, keep or skip.

>>> plan(facts, Known({raw.arn: stored})).entities[0]
PlannedEntity(stored, 'reuse', 'recorded already')

Nothing is asked or written here: what exists is looked up before and handed in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from ...model import Association, Entity, Known, Plan, PlannedEntity, PlannedLink, Receipt
from ...model.plan import STATUS, Pair, value_of
from ...model.wording import counted
from ..facts import Facts, Link

CLOCKS_DIFFER = timedelta(seconds=5)


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


def plan(facts: Facts, known: Known, title: str = "", ours: Collection[str] = frozenset()) -> Plan:
    """The plan that makes the store say what the facts say, and changes nothing else.

    Args:
        facts: what was seen.
        known: what the store has of it; where that is not `whole`, only what is to be created is
            decided, and the rest is left as it is.
        title: what the person calls it.
        ours: stored ARNs of entities that this journal says we made.
    """
    entities = tuple(_entity(entity, known, ours) for entity in facts.entities)
    links = tuple(_link(link, known, facts) for link in facts.links)
    return Plan(entities, links, title)


def effective(made: Plan) -> Plan:
    """What of a plan changes anything: what is only reused was looked up just before."""
    return Plan(
        tuple(planned for planned in made.entities if planned.act != "reuse"),
        tuple(link for link in made.links if link.act == "link"),
        made.title,
    )


def opening(made: Plan) -> Plan:
    """What of a plan is certain before the values and links of what is there are known."""
    creations = (planned for planned in made.entities if planned.act == "create")
    return Plan(tuple(creations), (), made.title)


def facts_of(made: Plan) -> Facts:
    """The facts a plan was made from, so that it can be made anew when time has passed."""
    links = (Link(link.association, link.evidence) for link in made.links if link.act != "skip")
    return Facts(tuple(planned.entity for planned in made.entities), tuple(links))


def made_already(
    of: Plan,
    known: Known,
    links: Iterable[Association],
    since: datetime,
    others: Collection[str | Pair] = frozenset(),
) -> Receipt:
    """What an attempt that broke off has made of a plan, told by what was not there before it.

    Args:
        of: what it was about to write.
        known: what is there now.
        links: the associations that are there now.
        since: when it began.
        others: ARNs and pairs that other runs have made.
    """
    there = [(each, known.entities[each.key]) for each in of.entities if each.key in known.entities]
    created = (s.arn for e, s in there if e.act == "create" and _younger(s.created, since))
    wanted = {_stored(link.association, known).pair for link in of.links if link.act == "link"}
    linked = (e.pair for e in links if e.pair in wanted and _younger(e.created, since))
    return Receipt.of(
        {each.key: stored.arn for each, stored in there},
        (arn for arn in created if arn not in others),
        (pair for pair in linked if pair not in others),
        {stored.arn: before for each, stored in there if (before := _changed(each, stored))},
    )


def _changed(planned: PlannedEntity, stored: Entity) -> dict[str, str | None]:
    """The values before, of what is now as it was planned to be."""
    return {
        name: before
        for name, before in planned.before.items()
        if value_of(stored, name) == value_of(planned.entity, name)
    }


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


def _entity(entity: Entity, known: Known, ours: Collection[str]) -> PlannedEntity:
    stored = known.entities.get(entity.arn)
    if stored is None:
        return PlannedEntity(entity, "create", "new")
    if not known.whole:
        return PlannedEntity(replace(entity, arn=stored.arn), "merge", "what it has is being asked")
    changes = _changes(entity, stored, ours=stored.arn in ours)
    status = entity.status if entity.status != stored.status else None
    if not changes and status is None:
        return PlannedEntity(stored, "reuse", "recorded already")
    merged = replace(stored, properties=changes, status=entity.status or stored.status)
    names = [*changes, *([] if status is None else [STATUS])]
    before = {name: value_of(stored, name) for name in names}
    return PlannedEntity(merged, "merge", _reason(changes, stored, status), before)


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


def _link(link: Link, known: Known, facts: Facts) -> PlannedLink:
    edge = link.association
    stored = _stored(edge, known)
    if reason := _refusal(edge, stored, known, facts):
        return PlannedLink(stored, "skip", reason, link.evidence)
    if stored.pair in known.links:
        return PlannedLink(stored, "keep", "linked already", link.evidence)
    if not known.whole and known.entities.keys() >= set(edge.pair):
        return PlannedLink(stored, "keep", "whether it is there is being asked", link.evidence)
    return PlannedLink(stored, "link", "", link.evidence)


def _stored(edge: Association, known: Known) -> Association:
    return edge.placed({end: known.arn(end) for end in edge.pair})


def _refusal(edge: Association, stored: Association, known: Known, facts: Facts) -> str:
    if stored.source == stored.destination:
        return "it would lead to itself"
    there = {entity.arn for entity in facts.entities} | known.entities.keys()
    missing = [arn for arn in edge.pair if arn not in there]
    if missing:
        return f"{missing[0]} does not exist"
    kinds = [entity.kind for entity in facts.entities if entity.arn in edge.pair]
    # "Calling AddAssociation with both source and destination in [Experiment|Trial|
    # TrialComponent] is invalid": the maintainers, in aws/sagemaker-experiments.
    return "no job can be linked to a job" if kinds.count("TrialComponent") == 2 else ""
