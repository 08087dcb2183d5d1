"""An account's lineage brought to this machine, and this machine's lineage to an account.

>>> pull(account, mirror)
Pulled(entities=812, associations=2210, unchanged=0)
>>> account.apply(plan_push(mirror, account))
Receipt(…)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from itertools import islice
from typing import TypeVar

from ..backends.local import LocalBackend
from ..backends.sagemaker import SageMakerBackend
from ..model import Entity, LineageGraph, Plan
from ..model.serial import time_from_text, time_to_text

Item = TypeVar("Item")

_PULLED = "pulled"
_TOGETHER = 100

# The service's lists lag behind its writes; what was made just before the last pull may have been
# missed by it.
_LAG = timedelta(minutes=15)


@dataclass(frozen=True)
class Pulled:
    """What one pull brought.

    Attributes:
        entities: new or changed ones.
        associations: new ones.
        unchanged: entities that were here already, as they are there.
    """

    entities: int
    associations: int
    unchanged: int


def pull(account: SageMakerBackend, mirror: LocalBackend, since: datetime | None = None) -> Pulled:
    """Bring what was made or changed since the last pull, or since a moment, into the mirror.

    The lists of entities are read whole, since the service has none by time of change. Each page
    is kept as it comes, and what is here unchanged is not asked for again: a pull that was stopped
    goes on where it was. ARNs stay the account's own; what was deleted there stays here.

    Raises:
        ServiceError: when the service refuses; what came before is kept.
    """
    begun = datetime.now(timezone.utc)
    after = since or last_pulled(account, mirror)
    entities = unchanged = 0
    for page in _paged(each for each in account.listed() if _touched(each, since)):
        changed = _changed(mirror, page)
        mirror.store.put(account.get([entity.arn for entity in changed]).values())
        entities, unchanged = entities + len(changed), unchanged + len(page) - len(changed)
    links = sum(len(mirror.store.link(page)) for page in _paged(account.linked(after)))
    mirror.store.note(_PULLED, _key(account), time_to_text(begun))
    return Pulled(entities, links, unchanged)


def last_pulled(account: SageMakerBackend, mirror: LocalBackend) -> datetime | None:
    """From when on there may be news; None when nothing was ever pulled whole."""
    text = mirror.store.notes(_PULLED).get(_key(account))
    return None if text is None else time_from_text(text) - _LAG


def plan_push(local: LocalBackend, account: SageMakerBackend) -> Plan:
    """What writing this machine's own lineage to the account would do.

    What was pulled from an account is no news to any and stays here.
    """
    own = [entity for entity in local.find() if f":{local.home.region}:" in entity.arn]
    arns = {entity.arn for entity in own}
    edges = (edge for edge in local.associations(arns, "downstream") if edge.destination in arns)
    graph = LineageGraph.of(own, edges)
    return Plan.of(graph, account.existing(own), f"push to {account.name}")


def _touched(entity: Entity, since: datetime | None) -> bool:
    touched = entity.modified or entity.created
    return since is None or touched is None or touched >= since


def _changed(mirror: LocalBackend, page: list[Entity]) -> list[Entity]:
    here = mirror.get(entity.arn for entity in page)
    return [
        entity
        for entity in page
        if entity.arn not in here or here[entity.arn].modified != entity.modified
    ]


def _key(account: SageMakerBackend) -> str:
    return f"{account.home.account}/{account.home.region}"


def _paged(items: Iterable[Item]) -> Iterator[list[Item]]:
    rest = iter(items)
    while page := list(islice(rest, _TOGETHER)):
        yield page
