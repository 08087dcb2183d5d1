"""From what a cell touched, and how values flowed in it, to lineage: edges only where seen.

>>> facts = chains(Sighting(tree, code, events, names), Memory())
>>> [link.evidence for link in facts.links]
['line 2: pd.read_csv("raw.csv") → line 3: model.fit(frame[["age"]], frame["churned"])']
"""

from __future__ import annotations

import ast
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import ModuleType
from typing import Any

from ...model import Association, AssociationType, Entity, Gap, Home, role_of, vocabulary
from ..data.datasets import dataset, exists, model
from ..facts import Facts, Link
from ..recognise.estimators import Estimator, estimator_of
from ..watching.events import Call, Event
from ..watching.sighting import Sighting
from .flow import Flow, Origin, Origins, flow, name_called, root_of
from .memory import Memory
from .places import call_at, quoted

# What only ever saves models: the value need not be an estimator to be one.
_SAVES_MODELS = frozenset(("save_model", "save"))


@dataclass(frozen=True)
class Seen:
    """An entity a value came from, and the call that says so."""

    arn: str
    by: str = ""


@dataclass(frozen=True)
class Job:
    """One fit: the estimator, what it is called, and where it was last seen."""

    label: str
    estimator: Estimator
    origins: Origins
    before: int | None
    evidence: str
    saved: Event | None = None


def chains(sighting: Sighting, memory: Memory) -> Facts:
    """The lineage a block of code made; `memory` then knows where its variables came from."""
    return _Chains(sighting, memory).facts()


class _Chains:
    def __init__(self, sighting: Sighting, memory: Memory) -> None:
        self._of, self._memory = sighting, memory
        self._events, self._gone = settled(sighting.events)
        self._calls = self._located()
        self._at: defaultdict[ast.Call, list[Event]] = defaultdict(list)
        for event in self._events:
            call = self._calls[event]
            if event.act in ("read", "load") and call is not None:
                self._at[call].append(event)
        self._flow = self._read_flow()
        self._entities: dict[str, Entity] = {sighting.code.arn: sighting.code}
        self._links: dict[tuple[str, str], Link] = {}
        self._gaps: list[Gap] = []
        self._job_of: dict[ast.Call, str] = {}

    def facts(self) -> Facts:
        for event in self._events:
            self._add(self._subject(event))
        for job in self._jobs():
            self._record_job(job)
        for event in self._events:
            if event.act == "write":
                self._record_write(event)
        for made, entity in self._of.made.items():
            self._record_made(made, entity)
        self._remember()
        return Facts(tuple(self._entities.values()), tuple(self._links.values()), tuple(self._gaps))

    # Reading the code

    def _located(self) -> dict[Event, ast.Call | None]:
        events = (*self._events, *self._gone)
        return {event: call_at(self._of.tree, event.site, event.call) for event in events}

    def _read_flow(self) -> Flow:
        values = self._of.values
        return flow(
            self._of.tree,
            sources=self._at.keys(),
            before={
                name: frozenset(Origin(arn) for arn in arns)
                for name, arns in self._memory.before(values).items()
            },
            containers=[n for n, v in values.items() if isinstance(v, (dict, list, tuple, set))],
            modules=[n for n, v in values.items() if isinstance(v, ModuleType)],
        )

    # Origins to entities

    def _resolve(
        self, origins: Origins, before: int | None, identical: Seen | None = None
    ) -> list[Seen]:
        """The entities a value came from; of several in a container, the identical one."""
        certain = [s for o in origins if o.which != "one" for s in self._sources(o, before)]
        picked = [s for o in origins if o.which == "one" for s in self._sources(o, before)]
        alternatives = {seen.arn: seen for seen in picked}
        known = {seen.arn for seen in certain}
        if identical is not None or len(alternatives) == 1:
            certain += [identical] if identical else alternatives.values()
        elif alternatives and not known & alternatives.keys():
            self._unresolved(alternatives)
        return sorted({s.arn: s for s in certain}.values(), key=lambda s: (s.by, s.arn))

    def _sources(self, origin: Origin, before: int | None) -> Iterator[Seen]:
        source = origin.source
        if isinstance(source, str):
            yield Seen(source, "a value made in an earlier tracked cell")
        elif source in self._at:
            for event in _chosen(self._at[source], source, origin.which, before):
                yield Seen(self._subject(event).arn, quoted(source))
        elif source in self._job_of:
            yield Seen(self._job_of[source], quoted(source))
        else:  # a fit nobody records passes on what it was given
            yield from self._resolve(self._flow.into(source), before)

    def _unresolved(self, alternatives: Mapping[str, Seen]) -> None:
        names = ", ".join(self._label(arn) for arn in alternatives)
        why = f"One of {names} was taken from a container; which one the code does not say."
        self._gaps.append(Gap("unresolved", self._of.code.label, f"{why} Name it with --link."))

    def _label(self, arn: str) -> str:
        known = self._entities.get(arn) or self._memory.entities.get(arn)
        return known.label if known else arn

    # Fits

    def _jobs(self) -> Iterator[Job]:
        saved = [event for event in self._events if event.act == "save" and _is_model(event)]
        for event in saved:
            yield self._saved_job(event)
        held = [event.value for event in saved if event.value is not None]
        for label, value, origins in self._fitted():
            estimator = estimator_of(value)
            if estimator and estimator.predicts and not any(one.is_(value) for one in held):
                yield Job(label, estimator, origins, None, self._last_fit(origins) or label)

    def _saved_job(self, event: Event) -> Job:
        call = self._calls[event]
        value = _saved_value(call) if call else None
        origins = self._flow.into(call) if call else frozenset()
        label = root_of(value) if value is not None else ""
        estimator = event.estimator or Estimator(label or "model", "")
        evidence = self._last_fit(origins) or (quoted(call) if call else event.call)
        return Job(label or estimator.name, estimator, origins, event.order, evidence, event)

    def _fitted(self) -> Iterator[tuple[str, Any, Origins]]:
        """Variables this cell fitted or made, and what containers it filled hold."""
        for name, value in self._of.values.items():
            origins = self._flow.names.get(name, frozenset())
            if not any(isinstance(origin.source, ast.Call) for origin in origins):
                continue
            if self._memory.origins(value) and not self._fits(origins):
                continue
            yield name, value, origins
            for key, element in _elements(value):
                yield f"{name}-{key}", element, origins

    def _fits(self, origins: Origins) -> list[ast.Call]:
        return [
            origin.source
            for origin in origins
            if isinstance(origin.source, ast.Call) and origin.source in self._flow.fits
        ]

    def _last_fit(self, origins: Origins) -> str:
        fits = sorted(self._fits(origins), key=lambda call: call.lineno)
        return quoted(fits[-1]) if fits else ""

    def _record_job(self, job: Job) -> None:
        known = self._known_job(job)
        if known is None:
            known = self._new_job(job)
        if job.saved is not None:
            saved = self._subject(job.saved)
            self._link(known, saved.arn, "Produced", self._saving(job.saved))
            self._memory.models[known] = saved.arn

    def _known_job(self, job: Job) -> str | None:
        """The job of an estimator that was fitted in an earlier tracked cell."""
        arns = [o.source for o in job.origins if isinstance(o.source, str)]
        jobs = [arn for arn in arns if arn in self._memory.inputs]
        if len(jobs) != 1 or self._fits(job.origins):
            return None
        self._add(self._memory.entities[jobs[0]])
        return jobs[0]

    def _new_job(self, job: Job) -> str:
        fits = self._fits(job.origins)
        origins = frozenset(o for fit in fits for o in self._flow.into(fit)) or job.origins
        inputs = [seen for seen in self._inputs(origins, job.before) if seen.arn]
        entity = self._job_entity(job, inputs)
        self._add(entity)
        self._link(self._of.code.arn, entity.arn, "ContributedTo", job.evidence)
        for seen in inputs:
            self._link(seen.arn, entity.arn, "ContributedTo", f"{seen.by} → {job.evidence}")
        self._job_of |= dict.fromkeys(fits, entity.arn)
        self._memory.inputs[entity.arn] = frozenset(seen.arn for seen in inputs)
        return entity.arn

    def _inputs(self, origins: Origins, before: int | None) -> Iterator[Seen]:
        """What a job was given; for a job, which no job can be linked to, its model or its data."""
        for seen in self._resolve(origins, before):
            if seen.arn not in self._memory.inputs:
                yield seen
            elif seen.arn in self._memory.models:
                yield replace(seen, arn=self._memory.models[seen.arn])
            else:
                yield from (replace(seen, arn=arn) for arn in self._memory.inputs[seen.arn])

    def _job_entity(self, job: Job, inputs: Iterable[Seen]) -> Entity:
        estimator = job.estimator
        told_apart = [self._of.code.arn, job.label, repr(estimator), job.saved and job.saved.uri]
        digest = hashlib.sha256(repr((told_apart, [s.arn for s in inputs])).encode()).hexdigest()
        readable = "-".join(filter(None, (self._of.title or "fit", job.label, estimator.name)))
        name = f"{job_name(readable)}-{digest[:8]}"
        return Entity(
            Home().trial_component(name),
            "TrialComponent",
            "TrainingJob",
            name,
            status="Completed",
            details={"display_name": readable[:120], "parameters": dict(estimator.parameters)},
        )

    # Files

    def _subject(self, event: Event) -> Entity:
        """The entity of what an event touched."""
        if event.act == "save" and _is_model(event):
            return model(event.uri, self._model_name(), _estimator_properties(event))
        if event.act == "load" and event.estimator is not None:
            return model(event.uri, "", _estimator_properties(event))
        return dataset(event.uri, event.known)

    def _model_name(self) -> str:
        saved = {e.uri for e in self._events if e.act == "save" and _is_model(e)}
        return self._of.model if len(saved) == 1 else ""

    def _saving(self, event: Event) -> str:
        call = self._calls[event]
        return quoted(call) if call else event.call

    def _record_write(self, event: Event) -> None:
        written = self._subject(event)
        if not event.copy_of:  # who copies a file has not made it
            self._link(self._of.code.arn, written.arn, "ContributedTo", self._saving(event))
        for seen in self._written_from(event):
            if seen.arn != written.arn:
                source = self._entities.get(seen.arn) or self._memory.entities.get(seen.arn)
                evidence = f"{seen.by} → {self._saving(event)}"
                self._link(seen.arn, written.arn, _made_by(source), evidence)

    def _written_from(self, event: Event) -> Iterator[Seen]:
        """What a written file came from: its original, or what flowed into the writing of it."""
        if event.copy_of and exists(event.copy_of):
            original = dataset(event.copy_of)
            self._add(original)
            yield Seen(original.arn, original.source_uri)
            return
        # Of a file that is gone by now, what flowed into it counts.
        vanished = [e for e in self._gone if e.uri == event.copy_of and e.order < event.order]
        for wrote in vanished[-1:] if event.copy_of else [event]:
            yield from self._flowed_into(wrote)

    def _flowed_into(self, event: Event) -> Iterator[Seen]:
        """What flowed into the writing of a file; a saved model stands for its job."""
        call = self._calls[event]
        origins = self._flow.into(call) if call else frozenset()
        for seen in self._resolve(origins, event.order, self._read_as(event)):
            yield replace(seen, arn=self._memory.models.get(seen.arn, seen.arn))

    def _read_as(self, event: Event) -> Seen | None:
        """The file from which the very value that is written now was read."""
        same = [
            e
            for e in self._events
            if e.act == "read" and e.order < event.order and _same_value(e, event)
        ]
        if not same:
            return None
        return Seen(self._subject(same[-1]).arn, f"{self._saving(same[-1])}, the very value")

    # Calls of services

    def _record_made(self, made: Call, entity: Entity) -> None:
        """The cell's code runs jobs and queries, and fills feature groups with what flows in."""
        if role_of(entity) not in ("job", "query") and made.operation != "PutRecord":
            return
        call = call_at(self._of.tree, made.site, made.operation)
        evidence = quoted(call) if call else made.operation
        self._add(entity)
        self._link(self._of.code.arn, entity.arn, "ContributedTo", evidence)
        if made.operation == "PutRecord" and call is not None:
            for seen in self._resolve(self._flow.into(call), made.order):
                self._link(seen.arn, entity.arn, "ContributedTo", f"{seen.by} → {evidence}")

    # The outcome

    def _add(self, entity: Entity) -> None:
        known = self._entities.get(entity.arn)
        if known is not None:
            properties = {**known.properties, **entity.properties}
            entity = replace(known, properties=properties)
        self._entities[entity.arn] = entity

    def _link(self, source: str, destination: str, type: AssociationType, evidence: str) -> None:
        for arn in (source, destination):
            if arn not in self._entities and arn in self._memory.entities:
                self._entities[arn] = self._memory.entities[arn]
        association = Association(source, destination, type)
        self._links.setdefault(association.pair, Link(association, evidence, "flow"))

    def _remember(self) -> None:
        self._memory.know(Facts(tuple(self._entities.values()), tuple(self._links.values())))
        for name, origins in self._flow.names.items():
            if name in self._of.values:
                arns = {seen.arn for seen in self._resolve_quietly(origins)}
                self._memory.keep(self._of.values[name], arns)

    def _resolve_quietly(self, origins: Origins) -> list[Seen]:
        gaps, found = len(self._gaps), self._resolve(origins, None)
        del self._gaps[gaps:]
        return found


def job_name(text: str) -> str:
    """Text as the service wants names of trial components: letters, digits and hyphens."""
    return re.sub(r"[^a-zA-Z0-9]+", "-", text).strip("-")[:100].strip("-") or "job"


def settled(events: Iterable[Event]) -> tuple[list[Event], list[Event]]:
    """The events whose files are still there, and the writing of those that are not.

    What was read from a copy that is gone by now was read from the original.
    """
    events = _once(events)
    gone = {event.uri for event in events if not exists(event.uri)}
    originals = {e.uri: e.copy_of for e in events if e.uri in gone and e.copy_of}
    kept = [
        replace(event, uri=originals.get(event.uri, event.uri))
        for event in events
        if event.uri not in gone or (event.uri in originals and event.act != "write")
    ]
    return kept, [event for event in events if event.uri in gone and event.act == "write"]


def _once(events: Iterable[Event]) -> list[Event]:
    """The events, where an upload and the calls its threads made for it are one."""
    events = list(events)
    calls = {e.uri: e for e in events if e.act == "write" and e.site is None and not e.copy_of}
    uploads = {event.uri for event in events if event.call == "upload_file"}
    return [
        replace(e, known=calls[e.uri].known) if e.call == "upload_file" and e.uri in calls else e
        for e in events
        if e.uri not in uploads or calls.get(e.uri) is not e
    ]


def _chosen(events: list[Event], call: ast.Call, which: str, before: int | None) -> Iterable[Event]:
    """Of the events at one call: those that may have given the value."""
    earlier = [event for event in events if before is None or event.order < before]
    if which != "last" or not earlier:
        return earlier
    if name_called(call) == earlier[-1].call:
        return [event for event in earlier if event.order == earlier[-1].order]
    return _last_run(earlier)


def _last_run(events: list[Event]) -> list[Event]:
    """The last events that follow upon each other: one call of a function that reads several."""
    run = [events[-1]]
    for event in reversed(events[:-1]):
        if event.order < run[-1].order - 1:
            break
        run.append(event)
    return run


def _is_model(event: Event) -> bool:
    return event.estimator is not None or event.call in _SAVES_MODELS


def _saved_value(call: ast.Call) -> ast.expr | None:
    """What is saved: the object of `model.save(…)`, the first argument of `dump(model, …)`."""
    if isinstance(call.func, ast.Attribute) and call.func.attr == "save_model":
        return call.func.value
    return call.args[0] if call.args else None


def _estimator_properties(event: Event) -> dict[str, str]:
    if event.estimator is None:
        return {}
    return {vocabulary.ESTIMATOR: f"{event.estimator.module}.{event.estimator.name}"}


def _elements(value: Any) -> list[tuple[str, Any]]:
    """What a small dict, list or tuple holds, each with its key."""
    if type(value) is dict and len(value) <= 100:
        return [
            (str(key), element) for key, element in value.items() if isinstance(key, (str, int))
        ]
    if type(value) in (list, tuple) and len(value) <= 100:
        return [(str(index), element) for index, element in enumerate(value)]
    return []


def _same_value(one: Event, other: Event) -> bool:
    return one.value is not None and other.value is not None and one.value.same(other.value)


def _made_by(source: Entity | None) -> AssociationType:
    role = role_of(source) if source else "dataset"
    if role == "dataset":
        return "DerivedFrom"
    return "Produced" if role in ("job", "query") else "ContributedTo"
