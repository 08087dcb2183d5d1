"""An account's lineage brought to this machine, and this machine's lineage to an account.

>>> pull(account, mirror)
Pulled(entities=812, associations=2210, unchanged=0)
>>> account.apply(plan_push(mirror, account))
Receipt(…)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import TypeVar

from ..backends.local import LocalBackend
from ..backends.sagemaker import SageMakerBackend
from ..model import Arn, Entity, Home, LineageGraph, Plan, reference_of
from ..model.plan import STATUS, Pair
from .recording.journal import Journal

Item = TypeVar("Item")

_TOGETHER = 100

# The status of what the account has no longer.
DELETED = "Deleted"


@dataclass(frozen=True)
class Pulled:
    """What one pull came to.

    Attributes:
        entities: new or changed ones.
        associations: new ones.
        unchanged: entities that were here already, as they are there.
        gone: references of entities that the account has no longer, and so this mirror neither.
        unlinked: associations that the account has no longer.
        kept: references of entities that the account has no longer, and that stay, with the
            status `Deleted`, because something that was recorded here belongs to them.
    """

    entities: int
    associations: int
    unchanged: int
    gone: tuple[str, ...] = ()
    unlinked: int = 0
    kept: tuple[str, ...] = ()


def pull(account: SageMakerBackend, mirror: LocalBackend, since: datetime | None = None) -> Pulled:
    """Make the mirror say of an account what the account says.

    The lists are read whole, since the service has none by time of change or of what was deleted.
    Each page is kept as it comes, and what is here unchanged is not asked for again: a pull that
    was stopped goes on where it was. ARNs stay the account's own. What was recorded here stays:
    properties, links, and with the status `Deleted` the entities they belong to.

    Args:
        account: where to pull from.
        mirror: where to keep it.
        since: bring only what was made or changed since then. Associations are then not read
            whole, so that those that were deleted are not noticed unless one of their ends was.

    Raises:
        ServiceError: when the service refuses; what came before is kept, and nothing taken out.
    """
    listed, linked = set[str](), set[Pair]()
    entities = unchanged = links = 0
    for page in _paged(account.listed()):
        listed.update(entity.arn for entity in page)
        touched = [entity for entity in page if _touched(entity, since)]
        changed = _changed(mirror, touched)
        _keep(mirror, account.get([entity.arn for entity in changed]))
        entities, unchanged = entities + len(changed), unchanged + len(touched) - len(changed)
    for edges in _paged(account.linked(since)):
        linked.update(edge.pair for edge in edges)
        links += len(mirror.store.link(edges))
    departed = _departed(mirror, account.home, listed, None if since else linked)
    return replace(departed, entities=entities, associations=links, unchanged=unchanged)


def _keep(mirror: LocalBackend, fetched: Mapping[str, Entity]) -> None:
    """Keep entities as the account tells them, with what was recorded of them here beside it."""
    recorded = mirror.store.ledger(fetched).values
    mirror.store.put(
        replace(entity, properties={**_properties(recorded.get(arn, {})), **entity.properties})
        for arn, entity in fetched.items()
    )


def _properties(recorded: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in recorded.items() if name != STATUS}


def _departed(
    mirror: LocalBackend, home: Home, listed: Set[str], linked: Set[Pair] | None
) -> Pulled:
    """Take out what the account has no longer, except what was recorded here.

    Args:
        mirror: where to take it out.
        home: the account.
        listed: ARNs of all its entities.
        linked: all its associations; None where they were not all read.
    """
    store = mirror.store
    with store.writing():
        here = {entity.arn: entity for entity in store.find() if _is_of(home, entity.arn)}
        ledger = store.ledger(here)
        gone = here.keys() - listed - ledger.whole
        edges = [edge.pair for edge in store.associations() if set(edge.pair) <= here.keys()]
        recorded = _linked_here(mirror)
        old = [pair for pair in edges if linked is not None and pair not in linked]
        old += [pair for pair in edges if not gone.isdisjoint(pair)]
        unlinked = store.unlink(dict.fromkeys(pair for pair in old if pair not in recorded))
        held = {arn for _, edge in store.step("both")(sorted(gone)) for arn in edge.pair}
        kept = gone & (held | ledger.values.keys())
        store.drop(gone - kept)
        marked = [one for arn, one in here.items() if arn in kept and one.status != DELETED]
        store.put(replace(entity, status=DELETED) for entity in marked)
    taken = (entity for arn, entity in here.items() if arn in gone - kept)
    return Pulled(0, 0, 0, _references(taken), len(unlinked), _references(marked))


def _linked_here(mirror: LocalBackend) -> set[Pair]:
    """The pairs that were linked by what was recorded in the mirror itself."""
    return {pair for run in Journal(mirror.store).runs() for pair in run.receipt.linked}


def _is_of(home: Home, arn: str) -> bool:
    parsed = Arn.parse(arn)
    return (parsed.account, parsed.region) == (home.account, home.region)


def _references(entities: Iterable[Entity]) -> tuple[str, ...]:
    return tuple(str(reference_of(entity)) for entity in entities)


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


def _paged(items: Iterable[Item]) -> Iterator[list[Item]]:
    rest = iter(items)
    while page := list(islice(rest, _TOGETHER)):
        yield page
