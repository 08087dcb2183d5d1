"""Where in a picture something is missing: a dashed stub for every gap that has a place.

>>> [(absence.words, absence.links) for absence in absences_of(answer, grouped(answer))]
[('at least 3 more upstream', (('gap:0', 'arn:…:artifact/raw'),))]
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from ...model import Answer, Gap, last_part
from ..naming import gap_line
from ..rows import Way
from ..words import one_line
from .grouping import Grouped, Place

# More stubs than this hide what is there; the gaps are all named beneath the picture.
_MOST = 8
_MOST_ENDS = 6


@dataclass(frozen=True)
class Absence:
    """Something missing, and what it would be joined to.

    Attributes:
        id: the ARN that is missing, else `gap:` and the gap's number.
        words: what is missing, short.
        title: the whole gap.
        links: (source, destination) pairs, this id at one end; none when associations in the
            answer name it themselves.
    """

    id: str
    words: str
    title: str
    links: tuple[tuple[str, str], ...] = ()


def absences_of(answer: Answer, small: Grouped) -> tuple[Absence, ...]:
    """What is missing at a place that can be drawn."""
    return tuple(islice((*_named(answer), *_beside(answer, small)), _MOST))


def _named(answer: Answer) -> Iterator[Absence]:
    """Entities that associations name and the answer does not hold."""
    why = {gap.where: gap_line(gap, answer) for gap in answer.gaps}
    graph = answer.graph
    ends = (arn for edge in graph.associations for arn in edge.pair if arn not in graph.entities)
    for arn in dict.fromkeys(ends):
        name = last_part(arn) or arn
        title = why.get(arn, f"{one_line(arn)} is not part of this answer")
        yield Absence(arn, f"missing: {name}", title)


def _beside(answer: Answer, small: Grouped) -> Iterator[Absence]:
    for number, gap in enumerate(answer.gaps):
        id = f"gap:{number}"
        # The reason is written for people; of the way it only ever says one of two words.
        onwards = "downstream" in gap.why
        at = [arn for arn in gap.where.split(", ") if arn in answer.graph]
        if gap.kind == "beyond-depth":
            last = _last("downstream" if onwards else "upstream", small.places)
            at = [arn for arn in last if arn in answer.graph] or at
        ends = dict.fromkeys(small.home[arn] for arn in at)
        links = tuple((end, id) if onwards else (id, end) for end in ends)
        if links and len(links) <= _MOST_ENDS:
            yield Absence(id, _words(gap, onwards=onwards), gap_line(gap, answer), links)


def _last(way: Way, places: Mapping[str, Place]) -> list[str]:
    """What is furthest of all that was seen: what lies beyond a depth is missing there."""
    distance = {arn: hops for arn, (side, hops) in places.items() if side == way}
    last = max(distance.values(), default=0)
    return [arn for arn, hops in distance.items() if hops == last]


def _words(gap: Gap, *, onwards: bool) -> str:
    if gap.kind == "beyond-depth":
        return f"more {'downstream' if onwards else 'upstream'}"
    return gap.kind.replace("-", " ")
