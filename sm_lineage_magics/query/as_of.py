"""What was known at a moment.

>>> known_at(answer, datetime(2026, 1, 31, tzinfo=timezone.utc)).gaps
(Gap(kind='inferred', …),)
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta, timezone

from ..errors import QuestionError
from ..model import Answer, Association, Entity, EntityFilter, Gap, LineageGraph, steps_of
from ..model.wording import counted, some

# It may be tomorrow already where the person sits who means the end of today.
_AHEAD = timedelta(days=1)


def past(moment: datetime, now: datetime | None = None) -> datetime:
    """A moment that can be asked about, with its offset from UTC; without one it is in UTC.

    Raises:
        QuestionError: when it is still to come, or no datetime.
    """
    if not isinstance(moment, datetime):
        raise QuestionError(f"{moment!r} is no moment. Expected a datetime, or None for now.")
    aware = moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)
    if aware > (now or datetime.now(timezone.utc)) + _AHEAD:
        raise QuestionError(f"{aware:%Y-%m-%d} is still to come. Expected a moment in the past.")
    return aware


def known_at(answer: Answer, moment: datetime) -> Answer:
    """The answer with nothing that was made after `moment`.

    Entities and associations are dropped by the time they were made, and what only they led to
    goes with them. Names, status and properties are those of today wherever an entity changed
    since, which is said as a gap; so is everything whose time of making is not known, and what
    was asked about when it was made later.

    Raises:
        QuestionError: when the moment is still to come.
    """
    moment = past(moment)
    graph = LineageGraph.of(
        (e for e in answer.graph.entities.values() if _made_by(e, moment)),
        (a for a in answer.graph.associations if _made_by(a, moment)),
    )
    kept = _reached(graph, answer.focus) if answer.focus else graph
    found = answer.found and tuple(arn for arn in answer.found if arn in kept)
    gaps = (*_inferred(kept, moment), *_unborn(answer, kept, moment))
    return replace(answer, graph=kept, found=found).with_gaps(gaps)


def made_by(moment: datetime, only: EntityFilter | None = None) -> EntityFilter:
    """The filter that `only` is, and that lets nothing through that was made after `moment`.

    Raises:
        QuestionError: when the moment is still to come.
    """
    wanted = only or EntityFilter()
    before = min(filter(None, (past(moment), wanted.created_before)))
    return wanted._replace(created_before=before)


def _reached(graph: LineageGraph, focus: Iterable[str]) -> LineageGraph:
    """What still lies up or down from what was asked about."""
    there = [arn for arn in focus if arn in graph]
    reached = {arn for way in steps_of("both") for arn in graph.distances(there, way)}
    return graph.induced(arn for arn in graph.entities if arn in reached)


def _made_by(thing: Entity | Association, moment: datetime) -> bool:
    return thing.created is None or thing.created <= moment


def _inferred(graph: LineageGraph, moment: datetime) -> list[Gap]:
    day = f"{moment:%Y-%m-%d}"
    changed = [e for e in graph.entities.values() if e.modified and e.modified > moment]
    undated = [e for e in graph.entities.values() if e.created is None]
    undrawn = sum(edge.created is None for edge in graph.associations)
    gaps = []
    if changed:
        why = f"{_labels(changed)} changed after {day}; properties shown are those of today."
        gaps.append(Gap("inferred", day, why))
    if undated:
        gaps.append(Gap("inferred", day, f"When {_labels(undated)} was made is not known; kept."))
    if undrawn:
        told = counted(undrawn, "association was", "associations were")
        why = f"When {told} drawn is not known; kept where both ends were there."
        gaps.append(Gap("inferred", day, why))
    return gaps


def _unborn(answer: Answer, kept: LineageGraph, moment: datetime) -> list[Gap]:
    later = [arn for arn in answer.focus if arn in answer.graph and arn not in kept]
    why = f"It was first recorded after {moment:%Y-%m-%d}."
    return [Gap("not-recorded", answer.graph.entities[arn].label, why) for arn in later]


def _labels(entities: list[Entity]) -> str:
    return some(entity.label for entity in entities)
