"""Fits of estimators, drawn as training jobs: who was fitted, on what, and where it was saved."""

from __future__ import annotations

import ast
import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from ...model import Entity, Home
from ..recognise.estimators import Estimator, estimator_of
from ..watching.events import Event, Held
from ..watching.sighting import Sighting
from .drawn import Drawn
from .memory import Memory
from .places import quoted
from .reading.elements import elements
from .reading.origins import Origin, Origins, one_of
from .reading.syntax import root_of
from .subjects import saves_model
from .tracing import Seen, Tracing


@dataclass(frozen=True)
class Job:
    """One fit: the estimator, what it is called, and where it was last seen."""

    label: str
    estimator: Estimator
    origins: Origins
    before: int | None
    evidence: str
    saved: Event | None = None
    value: Any = field(default=None, compare=False, hash=False)


class Fits:
    """The fits of a cell."""

    def __init__(self, sighting: Sighting, memory: Memory, trace: Tracing, drawn: Drawn) -> None:
        self._of, self._memory, self._trace, self._drawn = sighting, memory, trace, drawn
        self.made: list[tuple[Any, str]] = []

    def draw(self) -> None:
        """Draw each as a job, with what it was given and what it made."""
        for job in self._jobs():
            self._record(job)

    def _jobs(self) -> Iterator[Job]:
        saved = [event for event in self._trace.events if saves_model(event)]
        for event in saved:
            yield self._saved_job(event)
        held = [event.value for event in saved if event.value is not None]
        for label, value, origins in self._fitted():
            estimator = estimator_of(value)
            if estimator and estimator.predicts and not any(one.is_(value) for one in held):
                held.append(Held(value))
                said = self._last_fit(origins) or label
                yield Job(label, estimator, origins, None, said, value=value)

    def _saved_job(self, event: Event) -> Job:
        call = self._trace.call(event)
        value = _saved_value(call) if call else None
        origins = self._trace.into(event)
        label = root_of(value) if value is not None else ""
        estimator = event.estimator or Estimator(label or "model", "")
        evidence = self._last_fit(origins) or self._trace.saying(event)
        return Job(label or estimator.name, estimator, origins, event.order, evidence, event)

    def _fitted(self) -> Iterator[tuple[str, Any, Origins]]:
        """Variables this cell fitted or made, and what containers it filled hold."""
        for name, value in self._of.values.items():
            origins = self._trace.flow.names.get(name, frozenset())
            if not any(isinstance(origin.source, ast.Call) for origin in origins):
                continue
            if self._memory.origins(value) and not self._fits(origins):
                continue
            yield name, value, origins
            parts = list(elements(name, value))
            # Filled in a loop, nobody can tell which of its rounds made which element.
            shared = origins if len(parts) == 1 else one_of(origins)
            for part, element in parts:
                yield part, element, self._trace.flow.names.get(part, shared)

    def _fits(self, origins: Origins) -> list[ast.Call]:
        return [
            origin.source
            for origin in origins
            if isinstance(origin.source, ast.Call) and origin.source in self._trace.flow.fits
        ]

    def _last_fit(self, origins: Origins) -> str:
        fits = sorted(self._fits(origins), key=lambda call: call.lineno)
        return quoted(fits[-1]) if fits else ""

    def _record(self, job: Job) -> None:
        known = self._known_job(job)
        if known is None:
            known = self._new_job(job)
        if job.value is not None:
            self.made.append((job.value, known))
        if job.saved is not None:
            saved = self._trace.subjects.of(job.saved)
            self._drawn.link(known, saved.arn, "Produced", self._trace.saying(job.saved))
            self._memory.models[known] = saved.arn

    def _known_job(self, job: Job) -> str | None:
        """The job of an estimator that was fitted in an earlier tracked cell."""
        arns = [o.source for o in job.origins if isinstance(o.source, str)]
        jobs = [arn for arn in arns if arn in self._memory.inputs]
        if len(jobs) != 1 or self._fits(job.origins):
            return None
        self._drawn.add(self._memory.entities[jobs[0]])
        return jobs[0]

    def _new_job(self, job: Job) -> str:
        fits = self._fits(job.origins)
        inputs = [seen for seen in self._inputs(self._given(job), job.before) if seen.arn]
        entity = self._job_entity(job, inputs)
        self._drawn.add(entity)
        self._drawn.link(self._of.code.arn, entity.arn, "ContributedTo", job.evidence)
        for seen in inputs:
            self._drawn.link(seen.arn, entity.arn, "ContributedTo", f"{seen.by} → {job.evidence}")
        for fit in fits:
            self._trace.jobs.setdefault(fit, []).append(entity.arn)
        self._memory.inputs[entity.arn] = frozenset(seen.arn for seen in inputs)
        return entity.arn

    def _given(self, job: Job) -> Origins:
        """What flowed into the fits of a job, one of them where it is one of several."""
        found: set[Origin] = set()
        for origin in job.origins:
            if isinstance(origin.source, ast.Call) and origin.source in self._trace.flow.fits:
                given = self._trace.flow.into(origin.source)
                found |= one_of(given) if origin.which == "one" else given
        return frozenset(found) or job.origins

    def _inputs(self, origins: Origins, before: int | None) -> Iterator[Seen]:
        """What a job was given; for a job, which no job can be linked to, its model or its data."""
        for seen in self._trace.resolve(origins, before):
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


def job_name(text: str) -> str:
    """Text as the service wants names of trial components: letters, digits and hyphens."""
    return re.sub(r"[^a-zA-Z0-9]+", "-", text).strip("-")[:100].strip("-") or "job"


def _saved_value(call: ast.Call) -> ast.expr | None:
    """What is saved: the object of `model.save(…)`, the first argument of `dump(model, …)`."""
    if isinstance(call.func, ast.Attribute) and call.func.attr == "save_model":
        return call.func.value
    return call.args[0] if call.args else None
