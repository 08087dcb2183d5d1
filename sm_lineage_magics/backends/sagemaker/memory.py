"""What is remembered of an account between questions, kernels and days: one embedded store.

>>> memory = Memory(Store.open(path))
>>> memory.recall([arn])[arn].name
'churn'

The names, types and sources behind ARNs do not change, so they are asked for once. What may
change is asked for again after a while: the properties and status of actions and contexts, such
as an endpoint's, after minutes; those of artifacts and finished jobs after a day.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta, timezone

from ...model import Association, Direction, Entity, Reference
from ...model.serial import time_from_text, time_to_text
from ..local import Store

# Beside the entity's own details, and taken out again when it is recalled.
_SEEN = "sm_lineage_magics:described"

_FRESH = {
    "Artifact": timedelta(days=1),
    "TrialComponent": timedelta(days=1),
    "Action": timedelta(minutes=5),
    "Context": timedelta(minutes=5),
}
_UNFINISHED = ("InProgress", "Stopping")

# How long lists and QueryLineage may lag behind writes. The SDK's own tests wait up to four seconds
# for associations, and its code up to two minutes for what SageMaker records by itself.
_LAG = timedelta(minutes=2)

_MEANT = "meant"
_MEANT_FOR = timedelta(minutes=5)
_WROTE = "wrote"
_CLAIMED = "claimed"


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(timezone.utc)


class Memory:
    """Entities, meanings of names, and what we wrote, of one account and region."""

    def __init__(self, store: Store, clock: Callable[[], datetime] = now) -> None:
        self.store = store
        self._clock = clock

    def recall(self, arns: Iterable[str]) -> dict[str, Entity]:
        """The entities among these whose details are still fresh."""
        known = self.store.get(arns)
        return {arn: _bare(entity) for arn, entity in known.items() if self._fresh(entity)}

    def recall_stale(self, arns: Iterable[str]) -> dict[str, Entity]:
        """The entities among these that are known at all, though they may have changed."""
        return {arn: _bare(entity) for arn, entity in self.store.get(arns).items()}

    def surely(self, arn: str) -> Entity | None:
        """An entity whose values are known: described a while ago, or written by ourselves."""
        fresh = self.recall([arn])
        if arn in fresh:
            return fresh[arn]
        wrote = self.wrote().get(arn)
        stale = self.recall_stale([arn]).get(arn)
        if wrote is None or stale is None or stale.kind != "Artifact":
            return None
        return replace(stale, properties=wrote)

    def keep(self, described: Iterable[Entity]) -> None:
        """Remember entities as a Describe operation told them just now."""
        seen = time_to_text(self._clock())
        self.store.put(
            replace(entity, details={**entity.details, _SEEN: seen}) for entity in described
        )

    def called(self, reference: Reference) -> list[Entity]:
        """The entities known to be called so, perhaps by a property such as a model's name."""
        known = map(_bare, self.store.by_alias(reference.name))
        return [entity for entity in known if reference.matches(entity)]

    def glimpse(self, listed: Iterable[Entity]) -> None:
        """Remember entities as a list told them, without properties, where nothing is known."""
        entities = {entity.arn: entity for entity in listed}
        known = self.store.get(entities)
        self.store.put(entity for arn, entity in entities.items() if arn not in known)

    def keep_made(self, made: Iterable[Entity]) -> None:
        """Remember entities that were made just now, which the service's lists show later."""
        now = self._clock()
        self.glimpse(replace(entity, created=now, modified=now) for entity in made)

    def keep_links(self, made: Iterable[Association]) -> None:
        """Remember links that were made just now, which QueryLineage shows later."""
        now = self._clock()
        gone = [one.pair for one in self.store.associations() if not self._just_now(one.created)]
        with self.store.writing():
            self.store.unlink(gone)
            self.store.link(replace(each, created=now) for each in made)

    def forget_links(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Forget pairs that are linked no longer."""
        self.store.unlink(pairs)

    def linked_just_now(self, arns: Iterable[str], way: Direction) -> list[Association]:
        """The links at these entities that were made here a moment ago."""
        ends = {"destinations": arns} if way == "upstream" else {"sources": arns}
        return [one for one in self.store.associations(**ends) if self._just_now(one.created)]

    def made_just_now(self, uri: str) -> list[Entity]:
        """The entities of a source that were made here a moment ago."""
        found = self.store.find(source_uri=uri)
        return [_bare(one) for one in found if self._just_now(one.created)]

    def forget(self, arns: Iterable[str]) -> None:
        """Forget entities that are no longer there."""
        self.store.drop(tuple(arns))

    def meaning(self, name: str) -> list[str] | None:
        """The ARNs a name meant a few minutes ago; None when it was not asked."""
        text = self.store.notes(_MEANT).get(name)
        if text is None:
            return None
        note = json.loads(text)
        arns: list[str] = note["arns"]
        return arns if self._clock() - time_from_text(note["at"]) < _MEANT_FOR else None

    def keep_meaning(self, name: str, arns: Iterable[str]) -> None:
        """Remember what a name means."""
        note = {"arns": list(arns), "at": time_to_text(self._clock())}
        self.store.note(_MEANT, name, json.dumps(note))

    def forget_meanings(self) -> None:
        """Forget what names mean: something was made or deleted."""
        for name in self.store.notes(_MEANT):
            self.store.forget_note(_MEANT, name)

    def wrote(self) -> dict[str, dict[str, str]]:
        """By ARN: the properties we wrote, the status under the empty name."""
        return {arn: json.loads(text) for arn, text in self.store.notes(_WROTE).items()}

    def keep_wrote(self, written: Mapping[str, Mapping[str, str]]) -> None:
        """Remember what we wrote, which we may change again."""
        self._add(_WROTE, written)

    def claim(self, values: Mapping[str, Mapping[str, str]]) -> None:
        """Remember what is about to be written to entities that others made."""
        self._add(_CLAIMED, values)

    def claims(self) -> dict[str, dict[str, list[str]]]:
        """By ARN and property: the values that are ours where they stand."""
        ours: dict[str, dict[str, list[str]]] = {}
        for topic in (_WROTE, _CLAIMED):
            for arn, text in self.store.notes(topic).items():
                for name, value in json.loads(text).items():
                    ours.setdefault(arn, {}).setdefault(name, []).append(value)
        return ours

    def _add(self, topic: str, values: Mapping[str, Mapping[str, str]]) -> None:
        if not values:
            return
        before = self.store.notes(topic)
        with self.store.writing():
            for arn, each in values.items():
                known = json.loads(before.get(arn, "{}"))
                self.store.note(topic, arn, json.dumps({**known, **each}))

    def _just_now(self, moment: datetime | None) -> bool:
        return moment is not None and self._clock() - moment < _LAG

    def _fresh(self, entity: Entity) -> bool:
        seen = entity.details.get(_SEEN)
        if seen is None or entity.status in _UNFINISHED:
            return False
        return self._clock() - time_from_text(seen) < _FRESH[entity.kind]


def _bare(entity: Entity) -> Entity:
    details = {key: value for key, value in entity.details.items() if key != _SEEN}
    return replace(entity, details=details)
