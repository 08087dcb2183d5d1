"""From the origins of a value to the entities it came from, and what says so."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import ModuleType

from ...model import Gap
from ..watching.events import Event
from ..watching.sighting import Sighting
from .drawn import Drawn
from .memory import Memory
from .places import call_at, quoted
from .reading.origins import Flow, Origin, Origins
from .reading.statements import flow
from .reading.syntax import name_called
from .settled import settled
from .subjects import Subjects

EARLIER = "a value made in an earlier tracked cell"


@dataclass(frozen=True)
class Seen:
    """An entity a value came from, and the call that says so."""

    arn: str
    by: str = ""


class Tracing:
    """A cell's code and its events, brought together.

    Attributes:
        events: what was read and written, of files that are still there.
        gone: what was written to files that are not.
        flow: how values flow from call to call.
        subjects: the entities of events.
        jobs: the fits that are drawn: call → ARNs of the jobs, of a loop's rounds several.
    """

    def __init__(self, sighting: Sighting, memory: Memory, drawn: Drawn) -> None:
        self._drawn, self._label = drawn, sighting.code.label
        self.events, self.gone = settled(sighting.events)
        self._calls = {
            event: call_at(sighting.tree, event.site, event.call)
            for event in (*self.events, *self.gone)
        }
        self._at, self._opened = self._reads(), self._written_to()
        self.flow = _flow_of(sighting, memory, self._at.keys(), self._opened.keys())
        self.subjects = Subjects(self.events, sighting.model)
        self.jobs: dict[ast.Call, list[str]] = {}

    def call(self, event: Event) -> ast.Call | None:
        """The call of the cell's code that an event is of, where that can be told."""
        return self._calls[event]

    def saying(self, event: Event) -> str:
        """An event as evidence."""
        call = self._calls[event]
        return quoted(call) if call else event.call

    def into(self, event: Event) -> Origins:
        """The origins of what flowed into the call of an event."""
        call = self._calls[event]
        return self.flow.into(call) if call else frozenset()

    def given(self, event: Event) -> tuple[Origins, int | None]:
        """The origins of what was written, and the event before which they lie; None for any.

        A file that was opened is given things later. Where each round of a loop opens another
        nobody knows when it was closed: what the code reads before it opens it counts.
        """
        call, origins = self._calls[event], self.into(event)
        if not event.opened or call is None:
            return origins, event.order
        if len(self._opened[call]) < 2:
            return origins, None
        earlier = (o.source for o in origins if not _stands_after(o.source, call))
        return frozenset(map(Origin, earlier)), event.order

    def quietly(self, origins: Origins) -> list[Seen]:
        """The entities a value came from, with no gap where that cannot be told."""
        gaps, found = len(self._drawn.gaps), self.resolve(origins, None)
        del self._drawn.gaps[gaps:]
        return found

    def resolve(
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
            yield Seen(source, EARLIER)
        elif source in self._at:
            for event in _chosen(self._at[source], source, origin.which, before):
                yield Seen(self.subjects.of(event).arn, quoted(source))
        elif source in self.jobs:
            jobs = self.jobs[source]
            chosen = jobs[-1:] if origin.which == "last" else jobs
            yield from (Seen(arn, quoted(source)) for arn in chosen)
        else:  # a fit nobody records passes on what it was given
            yield from self.resolve(self.flow.into(source), before)

    def _unresolved(self, alternatives: Mapping[str, Seen]) -> None:
        names = ", ".join(self._drawn.label(arn) for arn in alternatives)
        why = f"One of {names} was taken from a container; which one the code does not say."
        self._drawn.gaps.append(Gap("unresolved", self._label, f"{why} Name it with --link."))

    def _written_to(self) -> Mapping[ast.Call, set[str]]:
        """The calls that opened files to write to them, with the files each opened."""
        found: defaultdict[ast.Call, set[str]] = defaultdict(set)
        for event in (*self.events, *self.gone):
            call = self._calls[event]
            if event.opened and event.act == "write" and call is not None:
                found[call].add(event.uri)
        return found

    def _reads(self) -> Mapping[ast.Call, list[Event]]:
        found: defaultdict[ast.Call, list[Event]] = defaultdict(list)
        for event in self.events:
            call = self._calls[event]
            if event.act in ("read", "load") and call is not None:
                found[call].append(event)
        return found


def _stands_after(source: ast.Call | str, call: ast.Call) -> bool:
    return isinstance(source, ast.Call) and (source.lineno, source.col_offset) > (
        call.lineno,
        call.col_offset,
    )


def _flow_of(
    sighting: Sighting, memory: Memory, sources: Iterable[ast.Call], sinks: Iterable[ast.Call]
) -> Flow:
    values = sighting.values
    return flow(
        sighting.tree,
        sources=frozenset(sources),
        sinks=frozenset(sinks),
        before={
            name: frozenset(Origin(arn) for arn in arns)
            for name, arns in memory.before(values).items()
        },
        containers=[n for n, v in values.items() if isinstance(v, (dict, list, tuple, set))],
        modules=[n for n, v in values.items() if isinstance(v, ModuleType)],
    )


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
