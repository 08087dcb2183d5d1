"""The entities behind ARNs: from memory where it is fresh, else described, many at once.

>>> described = Described(service, memory)
>>> described.expect([model, data])          # the calls go out while the caller does other work
>>> described.of([model, data]).entities[model].name
'churn'
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from concurrent.futures import Future
from dataclasses import dataclass, field

from ....errors import EntityNotFound, LineageError
from ....model import Arn, Entity, Gap
from .. import wire
from ..calls.refusals import gap_of
from ..calls.service import Service
from ..memory import Memory


@dataclass(frozen=True)
class Learnt:
    """What could be learnt: entities, those that do not exist, and why others are not told.

    Attributes:
        entities: by ARN.
        refused: by ARN, why it could not be described.
        missing: ARNs of what does not exist.
    """

    entities: Mapping[str, Entity] = field(default_factory=dict)
    refused: Mapping[str, LineageError] = field(default_factory=dict)
    missing: frozenset[str] = frozenset()


class Described:
    """Describes the entities of one question, each at most once.

    Args:
        service: makes the calls.
        memory: what is known already, and keeps what is learnt.
        fresh: whether to ask even for what memory still holds to be so.
    """

    def __init__(self, service: Service, memory: Memory, *, fresh: bool = False) -> None:
        self._service = service
        self._memory = memory
        self._fresh = fresh
        self._begun: dict[str, Future[Entity]] = {}
        self._known: dict[str, Entity] = {}

    def expect(self, arns: Iterable[str]) -> None:
        """Begin to describe what memory does not hold."""
        new = [arn for arn in dict.fromkeys(arns) if not self._has(arn)]
        self._known.update({} if self._fresh else self._memory.recall(new))
        for arn in new:
            if arn not in self._known:
                self._begun[arn] = self._service.submit(describe, self._service, arn)

    def of(self, arns: Iterable[str]) -> Learnt:
        """Wait for these. What cannot be described is shown as memory last knew it."""
        asked = tuple(dict.fromkeys(arns))
        self.expect(asked)
        begun = {arn: self._begun[arn] for arn in asked if arn in self._begun}
        outcome = self._service.outcome(begun)
        self._memory.keep(entity for arn, entity in outcome.found.items() if arn not in self._known)
        self._known.update(outcome.found)
        missing = {a for a, e in outcome.refused.items() if isinstance(e, EntityNotFound)}
        self._memory.forget(missing)
        refused = {a: e for a, e in outcome.refused.items() if a not in missing}
        found = {**self._memory.recall_stale(refused), **self._known}
        return Learnt({a: found[a] for a in asked if a in found}, refused, frozenset(missing))

    def _has(self, arn: str) -> bool:
        return arn in self._known or arn in self._begun


def describe(service: Service, arn: str) -> Entity:
    """One entity, by its Describe operation.

    Raises:
        EntityNotFound: when it does not exist.
        ServiceError: when it cannot be told.
    """
    kind = wire.kind_of(arn)
    if kind is None:
        raise EntityNotFound(f"{arn} is not the ARN of a lineage entity.")
    operation, request = wire.description_of(arn)
    return wire.entity_of(kind, service.call(operation, **request))


def gaps_of(refused: Mapping[str, LineageError], accounts: Set[str]) -> Iterable[Gap]:
    """One gap for each reason that entities could not be described.

    Args:
        refused: by ARN, why.
        accounts: those that were asked about; the entities of others are named as such.
    """
    groups: dict[tuple[str, str], list[str]] = {}
    for arn, error in refused.items():
        foreign = Arn.parse(arn).account not in accounts
        where = Arn.parse(arn).account if foreign else wire.description_of(arn)[0]
        groups.setdefault(("other-account" if foreign else str(error), where), []).append(arn)
    for (why, where), arns in groups.items():
        yield _gap(refused[arns[0]], where, arns, foreign=why == "other-account")


def _gap(error: LineageError, where: str, arns: list[str], *, foreign: bool) -> Gap:
    place = arns[0] if len(arns) == 1 else where
    what = "It is" if len(arns) == 1 else f"{len(arns)} entities are"
    if foreign:
        return Gap(
            "other-account",
            place,
            f"{what} another account's, and shown by ARN and type alone: {error}",
        )
    return gap_of(error, place, f"{what} shown without the details of today:")
