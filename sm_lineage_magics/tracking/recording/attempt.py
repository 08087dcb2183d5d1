"""A run on its way into a store: each step is kept in the journal before it is written.

>>> attempt = Attempt(journal, run, facts)
>>> attempt.done(backend.record(facts.entities, attempt.pairs, attempt)).status
'applied'
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ...errors import LineageError
from ...model import Entity, Known, Plan, Receipt
from ...model.plan import Pair
from ..facts import Facts
from ..secrets import redact_prose
from .journal import Journal, Run
from .plan import differing, effective, opening, plan


class Attempt:
    """Decides what is written of some facts; fulfils `model.plan.Attempt`.

    Args:
        journal: where the run is kept.
        run: as it stands; its receipt tells what an earlier attempt has written.
        facts: what is to be recorded.
        kept: whether the journal has the run already; else it has none until something is new.

    Attributes:
        run: as it stands now.
    """

    def __init__(self, journal: Journal, run: Run, facts: Facts, *, kept: bool = False) -> None:
        self.run = run
        self._journal, self._facts, self._kept = journal, facts, kept
        self._earlier = run.receipt

    @property
    def entities(self) -> tuple[Entity, ...]:
        """What is to be recorded."""
        return self._facts.entities

    @property
    def pairs(self) -> list[Pair]:
        """The two ends of each link."""
        return [link.association.pair for link in self._facts.links]

    def decided(self, known: Known) -> Plan:
        made = plan_beside(self._journal, self._facts, known, self.run.title)
        self.run = replace(self.run, plan=made)
        certain = effective(made) if known.whole else opening(made)
        if not certain.empty:
            self._keep(status="planned")
        return certain

    def wrote(self, receipt: Receipt) -> None:
        self._keep(receipt=self._earlier.then(receipt))

    def done(self, receipt: Receipt) -> Run:
        """The run, as far as it could be written; not in the journal when nothing was new."""
        if self._kept:
            self.run = self._journal.write(ended(self.run, self._earlier.then(receipt)))
        return self.run

    def broke_off(self, error: LineageError, *, unwritten: bool) -> Run:
        """The run, kept for another attempt.

        Args:
            error: why.
            unwritten: whether nothing of it was written.
        """
        undone = {"status": "waiting", "receipt": self._earlier} if unwritten else {}
        return self._keep(error=line_of(error), **undone)

    def _keep(self, **changes: Any) -> Run:
        self.run, self._kept = self._journal.write(replace(self.run, **changes)), True
        return self.run


def ended(run: Run, receipt: Receipt) -> Run:
    """The run that came to this receipt: in part where something was refused."""
    # What is cut for want of room is no longer the next time either.
    refused = [gap for gap in receipt.gaps if gap.kind != "truncated"]
    error = line_of(LineageError(refused[0].why)) if refused else ""
    return replace(run, status="partial" if refused else "applied", receipt=receipt, error=error)


def plan_beside(journal: Journal, facts: Facts, known: Known, title: str) -> Plan:
    """The plan of these facts; the journal tells which of the entities are ours."""
    # Only where values differ does it matter whose they are; the journal may be long.
    differ = known.whole and differing(facts.entities, known.entities)
    return plan(facts, known, title, journal.ours() if differ else frozenset())


def line_of(error: BaseException) -> str:
    """What an error says, in one line without secrets."""
    return redact_prose(str(error)).strip().partition("\n")[0][:300]
