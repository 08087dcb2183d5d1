"""What breaks when an entity changes or goes, in the order in which its owner wants to know.

>>> [affected.group for affected in impact(downstream_answer)]
['Live endpoints', 'Approved packages', 'Models']
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from ...model import Answer, Entity, Gap, Mark, Report, Section, reference_of, role_of, vocabulary
from ...model.wording import counted
from ..paths import Way, way_to
from .approval import approval_status
from .called import told_apart
from .inspected import Now, unseen

LIVE = "Live endpoints"

GROUPS = (
    LIVE,
    "Other endpoints",
    "Batch transforms",
    "Approved packages",
    "Packages not approved",
    "Models",
    "Feature groups",
    "Queries",
    "Jobs",
    "Data sets",
    "Deployments",
    "Package groups",
    "Everything else",
)

_BY_ROLE = {
    "model": "Models",
    "feature-group": "Feature groups",
    "query": "Queries",
    "job": "Jobs",
    "dataset": "Data sets",
    "deployment": "Deployments",
    "package-group": "Package groups",
}

# What one of a group is called, where leaving out an `s` would not do.
_ONE = {
    "Approved packages": "approved package",
    "Packages not approved": "package not approved",
    "Queries": "query",
    "Batch transforms": "batch transform",
    "Everything else": "other",
}

COLUMNS = ("Name", "Status", "Owner", "Reached by")


@dataclass(frozen=True)
class Affected:
    """One entity that something changed upstream would reach.

    Attributes:
        entity: what is reached.
        group: what that means to its owner; one of `GROUPS`.
        status: as seen now, else as recorded; with an endpoint's variants.
        owner: from its tags, else who made it; empty when neither is known.
        way: one shortest way there.
    """

    entity: Entity
    group: str
    status: str
    owner: str
    way: Way


def impact(answer: Answer, now: Now | None = None) -> tuple[Affected, ...]:
    """Everything a downstream answer reached, by group, nearest first.

    Args:
        answer: what lies downstream of its focus.
        now: what was looked up of the entities just now; what is missing there is taken from
            the record.
    """
    seen = now or {}
    way = way_to(answer.graph, answer.focus)
    affected = [_affected(answer, entity, seen.get(entity.arn, {}), way) for entity in answer]
    return tuple(sorted(affected, key=lambda each: GROUPS.index(each.group)))


def owner_of(entity: Entity, now: Mapping[str, str] | None = None) -> str:
    """Who answers for an entity: an `owner` or `team` tag, as it is now, else who made it."""
    seen = json.loads((now or {}).get(vocabulary.TAGS, "{}"))
    kept = {**entity.details.get("tags", {}), **seen}
    tags = {str(key).lower(): str(value) for key, value in kept.items()}
    return tags.get("owner") or tags.get("team") or entity.created_by or ""


def impact_report(answer: Answer, now: Now | None = None, *, fail_if_live: bool = False) -> Report:
    """The impact as a report: a summary, a table per group, live endpoints marked."""
    affected = impact(answer, now)
    live = [each for each in affected if each.group == LIVE]
    return Report(
        f"What depends on {_subjects(answer)}",
        _summary(affected, live, obscured=answer.obscured),
        tuple(_section(answer, name, group) for name, group in _grouped(affected)),
        answer.with_gaps((*unseen(now or {}), *_from_the_record(affected, now))),
        _marks(live),
        {"affected": [_plain(answer, each) for each in affected]},
        fail_if_live and bool(live),
    )


def _affected(
    answer: Answer, entity: Entity, now: Mapping[str, str], way: Callable[[str], Way]
) -> Affected:
    status = _status(answer, entity, now)
    group = _group(entity, status)
    variants = now.get(vocabulary.VARIANTS) or entity.properties.get(vocabulary.VARIANTS, "")
    shown = f"{status} ({variants})" if variants else status
    return Affected(entity, group, shown, owner_of(entity, now), way(entity.arn))


def _status(answer: Answer, entity: Entity, now: Mapping[str, str]) -> str:
    if role_of(entity) == "package":
        return now.get(vocabulary.APPROVAL_STATUS) or approval_status(answer.graph, entity)
    recorded = entity.properties.get(vocabulary.STATUS) or entity.status or ""
    return now.get(vocabulary.STATUS) or recorded


def _group(entity: Entity, status: str) -> str:
    role = role_of(entity)
    if role == "endpoint":
        # What is not known to be down counts as live: the costly error is the other one.
        return LIVE if status in ("InService", "Updating", "") else "Other endpoints"
    if role == "package":
        return "Approved packages" if status == "Approved" else "Packages not approved"
    if role == "job" and "Transform" in entity.type:
        return "Batch transforms"
    return _BY_ROLE.get(role, "Everything else")


def _grouped(affected: Iterable[Affected]) -> Iterable[tuple[str, tuple[Affected, ...]]]:
    return ((name, tuple(group)) for name, group in groupby(affected, lambda each: each.group))


def _summary(
    affected: tuple[Affected, ...], live: list[Affected], *, obscured: bool
) -> tuple[str, ...]:
    if not affected:
        return (f"Nothing that {'could be seen' if obscured else 'is recorded'} depends on it.",)
    names = ", ".join(each.entity.label for each in live)
    alive = f"{counted(len(live), 'live endpoint')}: {names}."
    first = alive if live else _none_live(obscured=obscured)
    counts = ", ".join(_number(name, len(group)) for name, group in _grouped(affected))
    verb = "depends" if len(affected) == 1 else "depend"
    return (first, f"{counted(len(affected), 'entity', 'entities')} {verb} on it: {counts}.")


def _none_live(*, obscured: bool) -> str:
    return "No live endpoint was seen." if obscured else "No live endpoint."


def _number(group: str, number: int) -> str:
    one = _ONE.get(group, group.lower().removesuffix("s"))
    return counted(number, one, "others" if one == "other" else group.lower())


def _section(answer: Answer, name: str, group: tuple[Affected, ...]) -> Section:
    names = told_apart(each.entity for each in group)
    rows = ((names[e.entity.arn], e.status, e.owner, spelled(answer, e.way)) for e in group)
    return Section(name, COLUMNS, tuple(rows))


def spelled(answer: Answer, way: Way) -> str:
    """A way in words: what is on it, the start included; of a long one the end."""
    arns = [way.start, *(edge.destination for edge in way.steps)] if way.steps else []
    names = told_apart(e for arn in arns if (e := answer.graph.entities.get(arn)))
    told = [names.get(arn, arn) for arn in arns]
    if way.length > len(way.steps):
        told.insert(1, f"… {way.length - len(way.steps):,} more …")
    return " → ".join(told)


def _marks(live: Iterable[Affected]) -> Mapping[str, Mark]:
    return {each.entity.arn: "live" for each in live}


def _from_the_record(affected: Iterable[Affected], now: Now | None) -> Iterable[Gap]:
    endpoints = [each.entity for each in affected if role_of(each.entity) == "endpoint"]
    seen = now or {}
    unseen = [e.label for e in endpoints if vocabulary.STATUS not in seen.get(e.arn, {})]
    if unseen:
        what = "it is" if len(unseen) == 1 else "they are"
        from_what = "endpoint itself" if len(unseen) == 1 else "endpoints themselves"
        why = f"Whether {what} live was read from the record, not from the {from_what}."
        yield Gap("inferred", ", ".join(unseen), why)


def _plain(answer: Answer, each: Affected) -> Mapping[str, object]:
    return {
        "group": each.group,
        "name": each.entity.label,
        "arn": each.entity.arn,
        "source_uri": each.entity.source_uri,
        "status": each.status,
        "owner": each.owner,
        "path": [edge.destination for edge in each.way.steps],
        "distance": each.way.length,
    }


def _subjects(answer: Answer) -> str:
    entities = answer.graph.entities
    named = (str(reference_of(entities[arn])) for arn in answer.focus if arn in entities)
    return " ".join(answer.question.subjects) or ", ".join(named)
