"""What is recorded and taken back: track, link, plan, commit, journal, undo, forget, backfill.

>>> with lineage.track("churn"):
...     model = fit(pd.read_csv("raw.csv"))
>>> lineage.undo().summary
('Everything it wrote is taken back.',)
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import datetime, timedelta, timezone
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ..backends import Backend
from ..errors import CredentialsMissing, EntityNotFound, QuestionError, WriteRefused
from ..model import ASSOCIATION_TYPES, Association, AssociationType, Entity
from .subjects import Subject, entities_of, entity_of, place_of, text_of

if TYPE_CHECKING:
    from ..model import Receipt, Report
    from ..tracking.clients import Clients
    from ..tracking.facts import Facts
    from ..tracking.recording.journal import Run
    from ..tracking.recording.tracker import Recording, Tracker
    from ..tracking.tracked import Outcome

# How far back `backfill` looks when nobody says.
DAYS = 90


class Journaled:
    """One backend with the journal of what was recorded into it; part of `Lineage`."""

    backend: Backend

    @cached_property
    def tracker(self) -> Tracker:
        """What records into this store, with its journal."""
        from ..tracking.recording.tracker import Tracker

        return Tracker.beside(self.backend)


class Keeping(Journaled):
    """What writes into one backend, and takes back what it wrote; part of `Lineage`."""

    def track(self, title: str = "", **says: Any) -> AbstractContextManager[Outcome]:
        """Record what the block does: `with lineage.track("churn"): …`, in a script.

        Args:
            title: what to call this recording.
            says: `model`, `sources`, `links`, `note` and `plan`, as `%%lineage track` takes them.
        """
        from ..tracking.script import caller, tracked_block
        from ..tracking.tracked import Says

        return tracked_block(self.tracker, caller(), Says(title, **says), self.entity_or_dataset)

    def entity_or_dataset(self, subject: Subject) -> Entity:
        """The one entity `subject` names; of an unknown place, a data set not yet stored.

        Raises:
            EntityNotFound: when nothing answers to a name that is no URI and no file.
            AmbiguousName: when several entities do.
        """
        try:
            return entity_of(self.backend, subject)
        except EntityNotFound:
            uri = place_of(subject)
            if not uri:
                raise
            from ..tracking.data.datasets import dataset

            return dataset(uri)

    def link(
        self,
        source: Subject,
        destination: Subject,
        type: AssociationType = "ContributedTo",
    ) -> Recording:
        """Record that data flows from one entity to another, because you say so.

        A URI or file that was never recorded becomes a data set.

        Raises:
            QuestionError: when both are the same, or there is no such type.
        """
        if type not in ASSOCIATION_TYPES:
            known = ", ".join(ASSOCIATION_TYPES)
            raise QuestionError(f"No association is of type {type!r}. Expected one of: {known}.")
        ends = (self.entity_or_dataset(source), self.entity_or_dataset(destination))
        if ends[0].arn == ends[1].arn:
            raise QuestionError(f"{text_of(ends[0])} cannot be linked to itself.")
        link = f"link {text_of(ends[0])} {text_of(ends[1])}"
        return self.tracker.record(_named(*ends, type), link)

    def plan(self) -> Report:
        """What `commit` would write."""
        from ..tracking.recording.reports import nothing_waits, plan_report

        tracker = self.tracker
        return plan_report(tracker.foreseen()) if tracker.pending() else nothing_waits("Plan")

    def commit(self) -> Report:
        """Write what waits: what `%lineage watch` has seen, or what a failure left unwritten."""
        from ..tracking.recording.reports import commit_report, nothing_waits

        waiting = self.tracker.pending()
        if not waiting:
            return nothing_waits("Committed")
        return commit_report(waiting, [self.tracker.again(run) for run in waiting])

    def journal(self) -> Report:
        """What was recorded, run by run, the newest first."""
        from ..tracking.recording.reports import journal_report

        return journal_report(self.tracker.journal.runs())

    def undo(self, run: str | None = None, *, plan: bool = False) -> Report:
        """Take back what a run recorded, and no more than that.

        Args:
            run: its id in the journal, or how that begins; the last one that was written when None.
            plan: whether only to tell what would go.

        Raises:
            QuestionError: when the journal has no such run.
            WriteRefused: when it was not written here, or nothing of it is left.
        """
        from ..tracking.recording.reports import undo_report

        chosen = self.tracker.journal.run(run) if run else self._last()
        act = self.tracker.settled if plan else self.tracker.undo
        return undo_report(act(chosen), done=not plan)

    def forget(self, subject: Subject) -> Receipt:
        """Delete entities with every association at them, whoever made them."""
        return self.backend.delete([e.arn for e in entities_of(self.backend, subject)])

    def backfill(
        self,
        since: datetime | None = None,
        *,
        plan: bool = False,
        profile: str | None = None,
        region: str | None = None,
    ) -> Recording:
        """Record what ran in the AWS account before anyone tracked it.

        Args:
            since: how far back to look; 90 days when None.
            plan: whether only to tell what would be written.
            profile: of the AWS configuration; the environment's own choice when None.
            region: the profile's own when None.

        Raises:
            CredentialsMissing: when no account can be asked.
            ServiceError: when it does not answer.
        """
        from ..backends.sagemaker.calls.refusals import translated
        from ..tracking.backfill import backfill

        clients = _clients(profile, region)
        begin = since or datetime.now(timezone.utc) - timedelta(days=DAYS)
        with translated("backfill"):
            facts = backfill(clients, self.tracker.describe, begin, self.backend)
        return (self.tracker.preview if plan else self.tracker.record)(facts, "backfill")

    def _last(self) -> Run:
        written = self.tracker.written()
        if not written:
            raise WriteRefused(
                "There is nothing to undo: nothing that was recorded here is left. "
                "%lineage journal lists all that was; %%lineage track on top of a cell records it."
            )
        return written[-1]


def _clients(profile: str | None, region: str | None) -> Clients:
    from ..tracking.clients import Clients

    clients = Clients(profile=profile, region=region)
    if clients.sagemaker is None:
        raise CredentialsMissing(
            "No AWS account can be asked: there is no region or no such profile. Expected for "
            "example `%lineage use sagemaker --profile NAME --region us-east-1`."
        )
    return clients


def _named(source: Entity, destination: Entity, type: AssociationType) -> Facts:
    from ..tracking.facts import Facts, Link

    edge = Association(source.arn, destination.arn, type)
    return Facts((source, destination), (Link(edge, "named by the user", "named"),))
