"""What lies upstream of a few sinks, read whole, in place of many look-ups one by one.

>>> ascent = climbed(service, starts=[model], wanted=[model, job])
>>> ascent.linked
frozenset({('arn:…/raw', 'arn:…/job'), ('arn:…/job', 'arn:…/model')})
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from ....model import walk
from ....model.plan import Pair
from ..calls.service import Service
from .exploring import Exploring

# Beyond this the look-ups one by one are the shorter way: four pages of QueryLineage.
MOST_ENTITIES = 200


@dataclass(frozen=True)
class Ascent:
    """What was seen on the way up.

    Attributes:
        linked: pairs that are linked.
        passed: destinations of which every association is among them.
    """

    linked: frozenset[Pair] = frozenset()
    passed: frozenset[str] = frozenset()

    @property
    def entities(self) -> frozenset[str]:
        """Everything that is at one end of a link, and so exists."""
        return frozenset(arn for pair in self.linked for arn in pair)


def climbed(service: Service, starts: Iterable[str], wanted: Collection[str]) -> Ascent:
    """Walk up from some entities until all those wanted are passed.

    What is refused, or lies too deep, is not passed: it says nothing about it.
    """
    exploring = Exploring(service, "upstream")
    linked, seen, latest = set[Pair](), set[str](), tuple[str, ...]()
    for _, nodes, links in walk(sorted(starts), exploring.step):
        linked.update(edge.pair for edge in links)
        seen.update(latest)
        latest = nodes
        if seen.issuperset(wanted) or len(seen) > MOST_ENTITIES:
            break
    else:
        seen.update(latest)
    passed = frozenset[str]() if exploring.refused else frozenset(seen)
    return Ascent(frozenset(linked), passed)


def ends_of(links: Iterable[Pair], known: Collection[str]) -> set[str]:
    """Those of the known from which no other of them can be reached."""
    incoming: defaultdict[str, list[str]] = defaultdict(list)
    for source, destination in links:
        incoming[destination].append(source)

    def step(frontier: Sequence[str]) -> Iterator[tuple[str, str]]:
        return ((source, source) for arn in frontier for source in incoming[arn])

    passed_on = {source for _, _, links in walk(known, step) for source in links}
    return set(known) - passed_on
