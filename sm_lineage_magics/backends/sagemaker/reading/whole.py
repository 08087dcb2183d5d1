"""Everything an account keeps: every list to its end, and the details beside it.

>>> whole(service, memory).complete
True
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from ....errors import LineageError
from ....model import KINDS, Answer, Arn, Association, Entity, Gap, LineageGraph
from .. import wire
from ..calls.refusals import Interrupted, gap_of
from ..calls.service import Service
from ..memory import Memory
from . import edges, listing
from .described import Described, gaps_of
from .walking import INTERRUPTED

Item = TypeVar("Item")

_HELD = {
    "ListArtifacts": "Artifacts",
    "ListActions": "Actions",
    "ListContexts": "Contexts",
    "ListTrialComponents": "Jobs",
    "ListAssociations": "Associations",
}


def whole(service: Service, memory: Memory) -> Answer:
    """All entities with their details, newest first, and all associations.

    What one list or look-up refuses is a gap; the others are told all the same.

    Raises:
        ServiceError: when no list of entities was answered.
    """
    entities: list[Entity] = []
    associations: list[Association] = []
    reads: dict[str, Callable[[], None]] = {
        wire.LISTS[kind]: _reading(entities, listing.listed(service, kind)) for kind in KINDS
    }
    reads["ListAssociations"] = _reading(associations, edges.every(service))
    refused = service.each(lambda operation: reads[operation](), reads).refused
    if not entities and refused:
        raise next(iter(refused.values()))
    return _answer(service, memory, entities, associations).with_gaps(_unlisted(refused))


def _reading(into: list[Item], rows: Iterator[Item]) -> Callable[[], None]:
    # What came before a page was refused is kept.
    return lambda: into.extend(rows)


def _answer(
    service: Service, memory: Memory, listed: list[Entity], associations: list[Association]
) -> Answer:
    sketches = {entity.arn: entity for entity in listed}
    known = Described(service, memory).of(sketches)
    there = {**sketches, **known.entities}.items()
    kept = (entity for arn, entity in there if arn not in known.missing)
    graph = LineageGraph.of(sorted(kept, key=listing.newest_first), associations)
    refused = {a: e for a, e in known.refused.items() if not isinstance(e, Interrupted)}
    gaps = gaps_of(refused, frozenset(Arn.parse(arn).account for arn in sketches))
    stopped = [INTERRUPTED] if service.interrupted else []
    return Answer(graph, found=tuple(graph.entities)).with_gaps([*gaps, *stopped])


def _unlisted(refused: Mapping[str, LineageError]) -> Iterator[Gap]:
    for operation, error in refused.items():
        if not isinstance(error, Interrupted):
            yield gap_of(error, operation, f"{_HELD[operation]} are not all here:")
