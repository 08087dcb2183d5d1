"""Associations made and unmade, many at once.

>>> links.link(service, [Association(raw, job, "ContributedTo")]).found
{('arn:…/raw', 'arn:…/job'): None}
"""

from __future__ import annotations

from collections.abc import Iterable

from ....model import Association
from ....model.plan import Pair
from ..calls.service import Outcome, Service


def link(service: Service, edges: Iterable[Association]) -> Outcome[Pair, None]:
    """Add associations; refused with `AlreadyExists` where the pair has one."""
    by_pair = {edge.pair: edge for edge in edges}

    def add(pair: Pair) -> None:
        kind = by_pair[pair].type
        typed = {} if kind is None else {"AssociationType": kind}
        service.call("AddAssociation", SourceArn=pair[0], DestinationArn=pair[1], **typed)

    return service.each(add, by_pair)


def unlink(service: Service, pairs: Iterable[Pair]) -> Outcome[Pair, None]:
    """Delete associations; refused with `EntityNotFound` where there is none."""

    def remove(pair: Pair) -> None:
        service.call("DeleteAssociation", SourceArn=pair[0], DestinationArn=pair[1])

    return service.each(remove, pairs)
