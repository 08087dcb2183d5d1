"""Records facts in a store, once each, and takes back what it recorded.

>>> tracker = Tracker(LocalBackend.open(path), journal)
>>> recording = tracker.record(facts, "churn")
>>> tracker.undo(recording.run)
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ...backends import Backend
from ...errors import LineageError, WriteRefused
from ...model import Answer, Entity, Gap, Known, LineageGraph, Plan, Question, Receipt
from ..facts import Facts
from ..flow.memory import Memory
from ..gathering import Describe, ask
from ..secrets import redact_prose, scrubbed
from .attempt import Attempt, ended, line_of, plan_beside
from .journal import WRITTEN, Journal, Notes, Run, new_id, now
from .plan import Cost, cost, effective, facts_of, made_already, plan

if TYPE_CHECKING:
    from ...backends.local import Store


@dataclass(frozen=True)
class Recording:
    """What became of facts.

    Attributes:
        plan: what was, or would be, written.
        run: how the journal knows it; None when nothing was new, or nothing was to be written.
        answer: what is recorded now, as a graph.
        cost: what it takes of the account's quotas; None where no account is written to.
    """

    plan: Plan
    answer: Answer
    run: Run | None = None
    cost: Cost | None = None


class Tracker:
    """Writes plans to one backend and keeps the journal of them.

    Attributes:
        backend: where lineage is written.
        journal: where it is kept what was written.
        describe: asks the services what jobs, feature groups and queries read and wrote.
        memory: what the notebook's values came from, from one tracked cell to the next.
    """

    def __init__(self, backend: Backend, journal: Journal, describe: Describe = ask) -> None:
        self.backend, self.journal, self.describe = backend, journal, describe
        self.memory = Memory()

    @classmethod
    def beside(cls, backend: Backend) -> Tracker:
        """The tracker of a backend, its journal in the embedded store."""
        return cls(backend, Journal(_notes_beside(backend)))

    def plan(self, facts: Facts, title: str = "") -> Plan:
        """What recording these facts would write."""
        return plan_beside(self.journal, facts, self._known(facts), title)

    def record(self, facts: Facts, title: str = "") -> Recording:
        """Write what is new of these facts; nothing, when nothing is.

        Raises:
            StoreError, ServiceError: when it cannot be written; the journal then keeps the plan.
        """
        facts, title = scrubbed(facts), redact_prose(title)
        run = self._run(title, plan(facts, Known(), title))
        run = self._written(Attempt(self.journal, run, facts))
        answer = self._answer(run.plan, run.receipt, facts.gaps)
        return Recording(run.plan, answer, None if run.plan.empty else run, self._cost(run.plan))

    def write(self, made: Plan) -> Run:
        """Write a graph's plan so that undo takes it back; nothing, when all of it is there."""
        run = replace(self._run(made.title, made), status="planned")
        if not any(planned.act == "create" for planned in made.entities):
            return run
        with self._one_transaction():
            receipt = self.backend.apply(effective(self.journal.write(run).plan))
            return self.journal.write(ended(run, receipt))

    def preview(self, facts: Facts, title: str = "") -> Recording:
        """What recording these facts would do, without doing it."""
        made = self.plan(scrubbed(facts), redact_prose(title))
        answer = self._answer(made, Receipt(), facts.gaps)
        return Recording(made, answer, cost=self._cost(made))

    def wait(self, facts: Facts, title: str = "") -> Run:
        """Keep facts in the journal until they are committed."""
        title = redact_prose(title)
        run = self._run(title, plan(scrubbed(facts), Known(), title))
        return self.journal.write(replace(run, receipt=Receipt(gaps=facts.gaps)))

    def pending(self) -> list[Run]:
        """Runs that wait to be written, or were broken off or refused in part here, in order."""
        return [run for run in self.journal.runs() if run.status == "waiting" or self._broken(run)]

    def written(self) -> list[Run]:
        """Runs that can be taken back here, written whole or in part; in order."""
        done = (run for run in self.journal.runs() if run.status in WRITTEN)
        return [run for run in done if self._is_here(run)]

    def foreseen(self) -> Recording:
        """What writing all that is pending would do."""
        facts = Facts()
        for run in self.pending():
            # Of a run that has been tried, they tell what was refused then.
            gaps = run.receipt.gaps if run.status == "waiting" else ()
            facts = replace(facts_of(run.plan), gaps=gaps) | facts
        return self.preview(facts, "commit")

    def again(self, run: Run) -> Run:
        """Write what is missing of a run that waits or was broken off.

        What an earlier attempt has made counts as made by this run, so that undo takes it back.
        """
        known = replace(self.settled(run), target=self.backend.name)
        return self._written(Attempt(self.journal, known, facts_of(run.plan), kept=True))

    def settled(self, run: Run) -> Run:
        """The run with a receipt of all that was written, also when it was broken off half-way."""
        if run.status != "planned":
            return run
        known = self._known(facts_of(run.plan))
        arns = {destination for _, destination in known.links}
        links = list(self.backend.associations(arns, "upstream")) if arns else []
        others = self.journal.made_but_by(run)
        made = made_already(run.plan, known, links, run.time, others)
        return replace(run, receipt=run.receipt.then(made))

    def answer(self, run: Run) -> Answer:
        """What a run has recorded, as a graph."""
        return self._answer(run.plan, run.receipt, ())

    def failed(self, title: str, error: BaseException) -> Run:
        """Keep that a cell raised and nothing was recorded of it."""
        said = ": ".join(filter(None, (type(error).__name__, line_of(error))))
        run = self._run(redact_prose(title), Plan())
        return self.journal.write(replace(run, status="failed", error=said))

    def undo(self, run: Run) -> Run:
        """Take back what a run made, except what others have linked to since.

        Raises:
            WriteRefused: when it was never written, or was taken back already.
        """
        if run.status not in WRITTEN:
            raise WriteRefused(
                f"Run {run.id} is {run.status}; only what was written can be taken back."
            )
        self._check_target(run)
        with self._one_transaction():
            made = self.settled(run)
            removed = self.backend.remove(made.receipt)
            undone = replace(made, status="undone", receipt=_left(made.receipt, removed))
            return self.journal.write(undone)

    def _broken(self, run: Run) -> bool:
        return run.status in ("planned", "partial") and self._is_here(run)

    def _is_here(self, run: Run) -> bool:
        """Whether a run was written to this backend."""
        # A file that was moved is the same store by another name; a backend that is opened to be
        # read only says so behind its name.
        return self._is_one_file or self.backend.name.startswith(run.target)

    def _written(self, attempt: Attempt) -> Run:
        entities, pairs = attempt.entities, attempt.pairs
        try:
            with self._one_transaction():
                return attempt.done(self.backend.record(entities, pairs, attempt))
        except LineageError as error:
            # One transaction is rolled back whole.
            unwritten = self._is_one_file or isinstance(error, WriteRefused)
            attempt.broke_off(error, unwritten=unwritten)
            raise

    def _check_target(self, run: Run) -> None:
        if not self._is_here(run):
            raise WriteRefused(
                f"Run {run.id} was written to {run.target}; this is {self.backend.name}. "
                "%lineage use goes to the other."
            )

    def _run(self, title: str, made: Plan) -> Run:
        moment = now()
        return Run(new_id(moment), moment, title, self.backend.name, "waiting", made)

    @property
    def _is_one_file(self) -> bool:
        """Whether journal and lineage are in one file, so that both are written or neither."""
        return self.journal.kept_in(getattr(self.backend, "store", None))

    def _one_transaction(self) -> AbstractContextManager[Any]:
        """All or nothing, where journal and lineage are in one file; else each by itself."""
        return self.journal.writing() if self._is_one_file else nullcontext()

    def _cost(self, made: Plan) -> Cost | None:
        return cost(made) if _embedded(self.backend) is None else None

    def _known(self, facts: Facts) -> Known:
        """What the store has of these facts: entities, and the links between two of them."""
        pairs = [link.association.pair for link in facts.links]
        return self.backend.recorded(facts.entities, pairs)

    def _answer(self, made: Plan, receipt: Receipt, gaps: Iterable[Gap]) -> Answer:
        entities = [_stored(planned.entity, receipt) for planned in made.entities]
        links = [link.association.placed(receipt.arns) for link in made.links if link.act != "skip"]
        graph = LineageGraph.of(entities, links)
        question = Question("track", (made.title,) if made.title else ())
        found = tuple(graph.entities)
        return Answer(graph, (), question, (*gaps, *receipt.gaps), found)


def _stored(entity: Entity, receipt: Receipt) -> Entity:
    return replace(entity, arn=receipt.arns.get(entity.arn, entity.arn))


def _embedded(backend: Backend) -> Store | None:
    """The store on this machine that a backend writes to; None of an account."""
    from ...backends.local import Store

    store = getattr(backend, "store", None)
    return store if isinstance(store, Store) else None


def _notes_beside(backend: Backend) -> Notes:
    from ...backends.local import Store
    from ...backends.places import journal_file

    return _embedded(backend) or Store.open(journal_file())


def _left(made: Receipt, removed: Receipt) -> Receipt:
    """What is still there of what a run made: what was refused, not what was gone before."""
    refused = {gap.where for gap in removed.gaps}
    return Receipt(
        made.arns,
        tuple(arn for arn in made.created if arn in refused),
        tuple(pair for pair in made.linked if " → ".join(pair) in refused),
        {},
        removed.gaps,
    )
