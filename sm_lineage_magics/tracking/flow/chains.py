"""From what a cell touched, and how values flowed in it, to lineage: edges only where seen.

>>> facts = chains(Sighting(tree, code, events, names), Memory())
>>> [link.evidence for link in facts.links]
['line 2: pd.read_csv("raw.csv") → line 3: model.fit(frame[["age"]], frame["churned"])']
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from ...model import AssociationType, Entity, role_of
from ..data.datasets import dataset, exists
from ..facts import Facts
from ..watching.events import Call, Event
from ..watching.sighting import Sighting
from .drawn import Drawn
from .fits import Fits
from .memory import Memory
from .places import call_at, quoted
from .reading.elements import elements
from .tracing import EARLIER, Seen, Tracing


def chains(sighting: Sighting, memory: Memory) -> Facts:
    """The lineage a block of code made; `memory` then knows where its variables came from."""
    return _Chains(sighting, memory).facts()


class _Chains:
    def __init__(self, sighting: Sighting, memory: Memory) -> None:
        self._of, self._memory, self._drawn = sighting, memory, Drawn(memory)
        self._trace = Tracing(sighting, memory, self._drawn)

    def facts(self) -> Facts:
        self._drawn.add(self._of.code)
        for event in self._trace.events:
            self._touched(event)
        fits = Fits(self._of, self._memory, self._trace, self._drawn)
        fits.draw()
        for event in self._trace.events:
            if event.act == "write":
                self._record_write(event)
        for made, entity in self._of.made.items():
            self._record_made(made, entity)
        self._remember(fits.made)
        return self._drawn.facts

    def _touched(self, event: Event) -> None:
        """What was touched is drawn; a file that was only opened and read, where it led on."""
        entity = self._trace.subjects.of(event)
        if event.opened and event.act == "read":
            known = self._memory.entities.get(entity.arn, entity)
            measured = {**known.properties, **entity.properties}
            self._memory.entities[entity.arn] = replace(known, properties=measured)
        else:
            self._drawn.add(entity)

    def _record_write(self, event: Event) -> None:
        written = self._trace.subjects.of(event)
        if not event.copy_of:  # who copies a file has not made it
            self._drawn.link(
                self._of.code.arn, written.arn, "ContributedTo", self._trace.saying(event)
            )
        for seen in self._written_from(event):
            if seen.arn != written.arn:
                source = self._drawn.known(seen.arn)
                evidence = f"{seen.by} → {self._trace.saying(event)}"
                self._drawn.link(seen.arn, written.arn, _made_by(source), evidence)

    def _written_from(self, event: Event) -> Iterator[Seen]:
        """What a written file came from: its original, or what flowed into the writing of it."""
        if event.copy_of and exists(event.copy_of):
            original = dataset(event.copy_of)
            self._drawn.add(original)
            yield Seen(original.arn, original.source_uri)
            return
        # Of a file that is gone by now, what flowed into it counts.
        vanished = [e for e in self._trace.gone if e.uri == event.copy_of and e.order < event.order]
        for wrote in vanished[-1:] if event.copy_of else [event]:
            yield from self._flowed_into(wrote)

    def _flowed_into(self, event: Event) -> Iterator[Seen]:
        """What flowed into the writing of a file; a saved model stands for its job."""
        origins, before = self._trace.given(event)
        for seen in self._trace.resolve(origins, before, self._read_as(event)):
            yield replace(seen, arn=self._memory.models.get(seen.arn, seen.arn))

    def _read_as(self, event: Event) -> Seen | None:
        """The file from which the very value that is written now was read."""
        same = [
            e
            for e in self._trace.events
            if e.act == "read" and e.order < event.order and _same_value(e, event)
        ]
        if not same:
            return self._known_as(event)
        return Seen(
            self._trace.subjects.of(same[-1]).arn, f"{self._trace.saying(same[-1])}, the very value"
        )

    def _known_as(self, event: Event) -> Seen | None:
        """What the very value that is written now came from, by what earlier cells tell of it."""
        origins = self._memory.origins(event.value()) if event.value else frozenset[str]()
        return Seen(next(iter(origins)), EARLIER) if len(origins) == 1 else None

    def _record_made(self, made: Call, entity: Entity) -> None:
        """The cell's code runs jobs and queries, and fills feature groups with what flows in."""
        if role_of(entity) not in ("job", "query") and made.operation != "PutRecord":
            return
        call = call_at(self._of.tree, made.site, made.operation)
        evidence = quoted(call) if call else made.operation
        self._drawn.add(entity)
        self._drawn.link(self._of.code.arn, entity.arn, "ContributedTo", evidence)
        if made.operation == "PutRecord" and call is not None:
            for seen in self._trace.resolve(self._trace.flow.into(call), made.order):
                self._drawn.link(seen.arn, entity.arn, "ContributedTo", f"{seen.by} → {evidence}")

    def _remember(self, fitted: Iterable[tuple[Any, str]]) -> None:
        """Values read, then what names and their elements carry, then what was fitted."""
        self._memory.know(self._drawn.facts)
        for event in self._trace.events:
            if event.act in ("read", "load") and event.value is not None:
                self._memory.keep(event.value(), {self._trace.subjects.of(event).arn})
        for name, value in self._of.values.items():
            for part, held in ((name, value), *elements(name, value)):
                if part in self._trace.flow.names:
                    seen = self._trace.quietly(self._trace.flow.names[part])
                    self._memory.keep(held, {each.arn for each in seen})
        for value, job in fitted:
            self._memory.keep(value, {job})


def _same_value(one: Event, other: Event) -> bool:
    return one.value is not None and other.value is not None and one.value.same(other.value)


def _made_by(source: Entity | None) -> AssociationType:
    role = role_of(source) if source else "dataset"
    if role == "dataset":
        return "DerivedFrom"
    return "Produced" if role in ("job", "query") else "ContributedTo"
