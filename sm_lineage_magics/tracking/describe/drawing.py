"""What one description draws: the entity described, what it read and made, and why we think so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timezone
from typing import Any

from ...model import Association, AssociationType, Entity, Gap, GapKind, Home, Kind, vocabulary
from ...model.name import fitting
from ..facts import Facts, Link, Resource, Trust

HOME = Home()
_RUNNING = ("InProgress", "Stopping", "Pending")


class Drawing:
    """Collects the facts of one resource; handed on frozen."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._entities: list[Entity] = []
        self._links: list[Link] = []
        self._gaps: list[Gap] = []
        self.more: list[Resource] = []

    def add(self, entity: Entity) -> Entity:
        """Draw an entity."""
        self._entities.append(entity)
        return entity

    def link(
        self,
        source: Entity,
        destination: Entity,
        type: AssociationType,
        why: str = "",
        trust: Trust = "recorded",
    ) -> None:
        """Draw an association, and its ends; `why` names the part of the answer that says so."""
        self._entities += (source, destination)
        evidence = ": ".join(filter(None, (self._source, why)))
        edge = Association(source.arn, destination.arn, type)
        self._links.append(Link(edge, evidence, trust))

    def reads(self, reader: Entity, read: Entity, why: str) -> None:
        """Draw what a job, a query or a group was made from."""
        self.link(read, reader, "ContributedTo", why)

    def makes(self, maker: Entity, made: Entity, why: str) -> None:
        """Draw what a job or query produced."""
        self.link(maker, made, "Produced", why)

    def gap(self, kind: GapKind, where: str, why: str) -> None:
        """Say what could not be seen."""
        self._gaps.append(Gap(kind, where, why))

    def unfinished(self, job: Entity, what: str) -> None:
        """Say so where a job still runs, so that `what` it makes is not all there."""
        if job.status in _RUNNING:
            why = f"The job is {job.status}; its {what} may change until it is done."
            self.gap("not-recorded", job.name, why)

    def missed(self, gaps: Iterable[Gap]) -> None:
        """Pass on gaps of what was asked on the way."""
        self._gaps += gaps

    @property
    def facts(self) -> Facts:
        """All of it, each entity and link once."""
        return combined([Facts((entity,)) for entity in self._entities]) | Facts(
            (), tuple(self._links), tuple(self._gaps)
        )


def combined(parts: Iterable[Facts]) -> Facts:
    """Several facts as one; an entity met more than once keeps what each of them knows."""
    entities: dict[str, Entity] = {}
    links: dict[tuple[str, str], Link] = {}
    gaps: dict[Gap, None] = {}
    for part in parts:
        for entity in part.entities:
            known = entities.get(entity.arn)
            entities[entity.arn] = merged(known, entity) if known else entity
        for link in part.links:
            links.setdefault(link.association.pair, link)
        gaps.update(dict.fromkeys(part.gaps))
    return Facts(tuple(entities.values()), tuple(links.values()), tuple(gaps))


def merged(first: Entity, second: Entity) -> Entity:
    """Two views of one entity: a data set that turns out to be a model is a model."""
    if first is second or first == second:
        return first
    one, two = (second, first) if first.type == "DataSet" else (first, second)
    models = (e.properties.get(vocabulary.MODEL_NAME, "") for e in (first, second))
    names = dict.fromkeys(name for text in models for name in text.split(",") if name)
    properties = {**two.properties, **one.properties}
    if names:
        properties[vocabulary.MODEL_NAME] = ",".join(names)
    return replace(one, properties=properties, details={**two.details, **one.details})


def artifact(type: str, uri: str, name: str = "", **properties: str) -> Entity:
    """An artifact, known by its URI."""
    kept = {key: value for key, value in properties.items() if value}
    return Entity(HOME.artifact(uri), "Artifact", type, name, uri, kept)


def action(type: str, name: str, uri: str, properties: Mapping[str, str], **more: Any) -> Entity:
    """An action; its name is made to fit."""
    return _named("Action", HOME.action, type, name, uri, properties, more)


def context(type: str, name: str, uri: str, properties: Mapping[str, str], **more: Any) -> Entity:
    """A context; its name is made to fit."""
    return _named("Context", HOME.context, type, name, uri, properties, more)


def job(
    type: str,
    name: str,
    arn: str,
    answer: Mapping[str, Any],
    parameters: Mapping[str, Any],
    inputs: Mapping[str, str] | None = None,
) -> Entity:
    """A job, as the trial component that stands for it; `inputs` are URIs by channel."""
    status = next((str(v) for k, v in answer.items() if k == f"{type}Status"), None)
    started = answer.get(f"{type.removesuffix('Job')}StartTime")
    ended = answer.get(f"{type.removesuffix('Job')}EndTime")
    details: dict[str, Any] = {"display_name": name, "parameters": parameters}
    details["input_artifacts"] = {
        channel: {"value": uri} for channel, uri in (inputs or {}).items()
    }
    details |= {"start_time": moment(started), "end_time": moment(ended)}
    return Entity(
        HOME.trial_component(name),
        "TrialComponent",
        type,
        name,
        arn,
        created=utc(answer.get("CreationTime")),
        status=status,
        details={key: value for key, value in details.items() if value},
    )


def utc(time: Any) -> datetime | None:
    """A moment in UTC; None when there is none."""
    return time.astimezone(timezone.utc) if isinstance(time, datetime) else None


def moment(time: Any) -> str:
    """A moment as ISO 8601 in UTC; empty when there is none."""
    found = utc(time)
    return found.isoformat() if found else ""


def at(answer: Mapping[str, Any], *path: str) -> Any:
    """What stands at a path of keys; None when any part of it is absent."""
    found: Any = answer
    for key in path:
        found = (found or {}).get(key)
    return found


def _named(
    kind: Kind,
    arn: Any,
    type: str,
    name: str,
    uri: str,
    properties: Mapping[str, str],
    more: Mapping[str, Any],
) -> Entity:
    fit = fitting(name, kind)
    kept = {key: value for key, value in properties.items() if value}
    return Entity(arn(fit), kind, type, fit, uri, kept, **more)
