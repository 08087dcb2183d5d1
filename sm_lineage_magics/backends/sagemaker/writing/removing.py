"""What was written taken back, and entities deleted, with nothing of anybody else's.

>>> Removing(service, memory).remove(receipt).created
('arn:aws:sagemaker:us-east-1:123456789012:artifact/…',)
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from ....errors import EntityNotFound, LineageError, WriteRefused
from ....model import Gap, Receipt
from ....model.plan import Pair, Values, value_of
from .. import wire
from ..calls.refusals import gap_of
from ..calls.service import Outcome, Service
from ..memory import Memory
from ..reading.described import describe
from ..reading.edges import edges_at
from . import links
from .ownership import allowed, changed


class Removing:
    """Takes receipts back and deletes entities."""

    def __init__(self, service: Service, memory: Memory) -> None:
        self._service = service
        self._memory = memory

    def remove(self, receipt: Receipt) -> Receipt:
        """Take back what a receipt says was made, except what others have linked to since."""
        unlinked = self._unlinked(receipt.linked)
        restored, not_restored = self._restore(receipt.before)
        free, held = self._apart(receipt.created, frozenset(receipt.linked))
        dropped = self._drop(free)
        gaps = [*_refused(unlinked.refused), *not_restored, *held, *_refused(dropped.refused)]
        return Receipt.of(receipt.arns, dropped.found, unlinked.found, restored, gaps)

    def delete(self, arns: Iterable[str]) -> Receipt:
        """Delete entities with the associations at them."""
        asked = tuple(dict.fromkeys(arns))
        at = [edge.pair for edge in edges_at(self._service, asked, "both")]
        unlinked = self._unlinked(at)
        dropped = self._drop(asked)
        absent = {a for a, e in dropped.refused.items() if isinstance(e, EntityNotFound)}
        nothing = "There was nothing to delete."
        gaps = [Gap("missing", arn, nothing) for arn in asked if arn in absent]
        gaps += [*_refused(unlinked.refused), *_refused(dropped.refused)]
        arns_there = {arn: arn for arn in asked if arn not in absent}
        return Receipt.of(arns_there, dropped.found, unlinked.found, {}, gaps)

    def _unlinked(self, pairs: Iterable[Pair]) -> Outcome[Pair, None]:
        asked = tuple(pairs)
        self._memory.forget_links(asked)
        return links.unlink(self._service, asked)

    def _restore(self, values: Values) -> tuple[Values, list[Gap]]:
        ours = self._memory.claims()
        outcome = self._service.each(
            lambda arn: self._restored(arn, values[arn], ours.get(arn, {})), values
        )
        self._memory.forget(outcome.found)
        restored = {arn: before for arn, (before, _) in outcome.found.items() if before}
        gaps = [gap for _, each in outcome.found.values() for gap in each]
        return restored, [*gaps, *_refused(outcome.refused)]

    def _restored(
        self, arn: str, values: Mapping[str, str | None], ours: Mapping[str, Collection[str]]
    ) -> tuple[dict[str, str | None], list[Gap]]:
        stored = describe(self._service, arn)
        back = allowed(stored, values, ours)
        foreign = [n for n in values if n not in back and value_of(stored, n) != values[n]]
        if back:
            update = wire.update_of(changed(stored, back), (n for n in back if back[n] is None))
            self._service.call(update.operation, **update.request)
        before = {name: value_of(stored, name) for name in back}
        return before, [_not_ours(arn, name) for name in foreign]

    def _apart(self, created: Iterable[str], ours: frozenset[Pair]) -> tuple[list[str], list[Gap]]:
        """Those that nobody has linked to since, and gaps for the others."""
        asked = tuple(created)
        at = edges_at(self._service, asked, "both")
        # Lists lag behind deletes: what was just unlinked may still show.
        held = {end for edge in at if edge.pair not in ours for end in edge.pair}
        why = "It is left in place: others have linked to it since."
        gaps = [Gap("failed", arn, why) for arn in asked if arn in held]
        return [arn for arn in asked if arn not in held], gaps

    def _drop(self, arns: Iterable[str]) -> Outcome[str, None]:
        def drop(arn: str) -> None:
            operation, request = wire.deletion_of(arn)
            self._service.call(operation, **request)

        outcome = self._service.each(drop, arns)
        self._memory.forget(outcome.found)
        if outcome.found:
            self._memory.forget_meanings()
        return outcome


def _refused(refused: Mapping[Any, LineageError]) -> Iterator[Gap]:
    """Why things were left in place; what was gone already needs no taking back."""
    for key, error in refused.items():
        if isinstance(error, WriteRefused):
            raise error
        if not isinstance(error, EntityNotFound):
            where = key if isinstance(key, str) else " → ".join(key)
            yield gap_of(error, where, "It is left in place:")


def _not_ours(arn: str, name: str) -> Gap:
    what = f"Property {name!r}" if name else "The status"
    return Gap("failed", arn, f"{what} is left as it is: somebody else has changed it since.")
