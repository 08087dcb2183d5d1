"""Associations one level away, many entities at once.

>>> [edge.destination for edge in edges_at(service, [model], "downstream")]
['arn:aws:sagemaker:us-east-1:123456789012:artifact/…']
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from ....model import Association, Direction, steps_of
from ....model.plan import Pair
from .. import wire
from ..calls.service import Service
from .ascent import Ascent, climbed, ends_of

_END = {"upstream": "DestinationArn", "downstream": "SourceArn"}


def edges_at(service: Service, arns: Iterable[str], direction: Direction) -> list[Association]:
    """The associations that lead to or from these ARNs, none twice.

    Raises:
        ServiceError: when one list is refused.
    """
    asked = [(arn, _END[way]) for arn in dict.fromkeys(arns) for way in steps_of(direction)]
    outcome = service.each(lambda end: _listed(service, *end), asked)
    for error in outcome.refused.values():
        raise error
    found = (edge for end in asked for edge in outcome.found[end])
    return list({edge.pair: edge for edge in found}.values())


def between(service: Service, pairs: Iterable[Pair], ascent: Ascent) -> frozenset[Pair]:
    """Which of these pairs are linked.

    Args:
        service: makes the calls.
        pairs: sources and destinations.
        ascent: what is known already.

    Raises:
        ServiceError: when one list is refused.
    """
    wanted = frozenset(pairs)
    open_ = {pair for pair in wanted if pair[1] not in ascent.passed}
    destinations = {destination for _, destination in open_}
    if len(destinations) > 1:
        further = climbed(service, ends_of(open_, destinations), destinations)
        ascent = Ascent(ascent.linked | further.linked, ascent.passed | further.passed)
    listed = edges_at(service, sorted(destinations - ascent.passed), "upstream")
    return wanted & (ascent.linked | {edge.pair for edge in listed})


def every(service: Service, since: datetime | None = None) -> Iterator[Association]:
    """Every association made since a moment, newest first, page by page."""
    window = {} if since is None else {"CreatedAfter": since}
    return map(wire.association_of, service.listed("ListAssociations", **window))


def _listed(service: Service, arn: str, end: str) -> list[Association]:
    return [wire.association_of(item) for item in service.listed("ListAssociations", **{end: arn})]
