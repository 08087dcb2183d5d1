"""Recording what a cell does, and taking it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, ClassVar

from ...errors import QuestionError
from ...lineage.recording import DAYS
from ...model import Answer, Report
from ...model.wording import counted
from ...tracking.cell import cell_of, run
from ...tracking.code.notebook import notebook_path
from ...tracking.gathering import gather_values
from ...tracking.recording.reports import plan_report, sentence
from ...tracking.tracked import Block, Says, tracked
from ..advice import advice
from ..command import Command, Kept
from ..line.declared import option, positional
from ..line.moments import date

if TYPE_CHECKING:
    from ...tracking.recording.tracker import Recording
    from ..session import Session

WATCHING = (
    "Every cell is watched: the files and objects it reads and writes, the models it "
    "fits, the SageMaker and Athena calls it makes, and its source without secrets. It is kept on "
    "this machine, in the journal, until %lineage commit writes it; %lineage watch off ends it."
)


class Track(Command):
    """Run a cell and record what it did."""

    words: ClassVar[Mapping[str, str]] = {
        "track": "run the cell and record its lineage, or record what variables hold"
    }
    examples: ClassVar[tuple[str, ...]] = (
        "track churn --model churn",
        "track --source s3://bucket/raw.csv --plan",
        "track estimator query",
    )
    takes_cell: ClassVar[bool] = True

    names: tuple[str, ...] = positional(
        "NAME",
        "of a cell: what to call this run; else variables",
        nargs="*",
        complete="variable",
    )
    model: str = option("--model", metavar="NAME", help="what to call the model", default="")
    sources: tuple[str, ...] = option(
        "--source", action="append", metavar="URI", help="where its data came from; repeatable"
    )
    links: tuple[tuple[str, str], ...] = option(
        "--link", action="append", nargs=2, metavar=("A", "B"), help="A contributed to B"
    )
    note: str = option("--note", metavar="TEXT", help="a note kept with the code", default="")
    planned: bool = option("--plan", action="store_true", help="only show what it would write")

    def run(self, session: Session) -> Any:
        __tracebackhide__ = True
        if self.cell is None:
            return self._variables(session)
        cell = cell_of(session.shell, self.cell)
        block = Block(cell.source, cell.tree, cell.anchor, notebook_path(session.shell.user_ns))
        # The store is opened before the body runs: one that cannot be written is no news to
        # hear after an hour of training.
        lineage = session.lineage
        find = lineage.entity_or_dataset
        with tracked(lineage.tracker, block, session.shell.user_ns, self._says(), find) as outcome:
            value = run(cell, session.shell)
        self._tell(session, outcome())
        return Kept(value, outcome().answer)

    def _variables(self, session: Session) -> Answer:
        """Record what variables hold already."""
        values = {name: _value(name, session.variables) for name in self.names}
        if not values:
            raise QuestionError(
                "Nothing to track. Put %%lineage track on top of a cell, or name variables: "
                "%lineage track estimator query."
            )
        tracker, title = session.lineage.tracker, ", ".join(values)
        facts = gather_values(values, tracker.memory, tracker.describe)
        recording = (tracker.preview if self.planned else tracker.record)(facts, title)
        self._tell(session, recording)
        return recording.answer

    def _says(self) -> Says:
        if len(self.names) > 1:
            raise QuestionError(
                f"One name for the run was expected, not {len(self.names)}: "
                f"{' '.join(self.names)}. A name with blanks goes into quotes."
            )
        links = tuple((a, b) for a, b in self.links)
        title = self.names[0] if self.names else ""
        return Says(title, self.model, self.sources, links, self.note, self.planned)

    def _tell(self, session: Session, recording: Recording) -> None:
        if self.quiet:
            return
        if self.planned:
            session.show(plan_report(recording))
            return
        session.say(sentence(recording))
        for gap in recording.answer.gaps:
            session.say(f"  {gap}")
        if line := advice(session.lineage, recording.answer):
            session.advise(line)


def _value(name: str, variables: Mapping[str, Any]) -> Any:
    if name not in variables:
        raise QuestionError(f"No variable {name!r}. Expected names of Python variables.")
    return variables[name]


class JournalCommand(Command):
    """What was recorded, run by run."""

    words: ClassVar[Mapping[str, str]] = {"journal": "what was recorded, run by run"}

    def run(self, session: Session) -> Report:
        return session.lineage.journal()


class Undo(Command):
    """Take back what a run recorded."""

    words: ClassVar[Mapping[str, str]] = {"undo": "take back what a run recorded"}
    examples: ClassVar[tuple[str, ...]] = ("undo", "undo --yes", "undo 20260131-0915 --yes")

    id: str | None = positional("RUN", "as the journal calls it; the last one", nargs="?")
    yes: bool = option("--yes", action="store_true", help="do it, rather than show it")

    def run(self, session: Session) -> Report:
        report = session.lineage.undo(self.id, plan=not self.yes)
        if not self.yes:
            session.say("Nothing is undone yet: add --yes to do it.")
        return report


class PlanCommand(Command):
    """What commit would write."""

    words: ClassVar[Mapping[str, str]] = {"plan": "what commit would write"}

    def run(self, session: Session) -> Report:
        return session.lineage.plan()


class Commit(Command):
    """Write what waits."""

    words: ClassVar[Mapping[str, str]] = {
        "commit": "write what watch has seen, or what a failure left unwritten"
    }

    def run(self, session: Session) -> Report:
        lineage, tracker = session.lineage, session.lineage.tracker
        waiting = tracker.pending()
        report = lineage.commit()
        written = (tracker.journal.run(run.id) for run in reversed(waiting))
        said = filter(None, (advice(lineage, tracker.answer(run)) for run in written))
        return replace(report, summary=(*report.summary, *islice(said, 1)))


class WatchCommand(Command):
    """See every cell."""

    words: ClassVar[Mapping[str, str]] = {"watch": "track every cell, kept here until commit"}
    examples: ClassVar[tuple[str, ...]] = ("watch on", "plan", "commit", "watch off")

    what: str = positional(
        "on|off|status",
        "begin or end it; whether it is on, when left out",
        nargs="?",
        choices=("on", "off", "status"),
        default="status",
    )

    def run(self, session: Session) -> None:
        watch = session.watch
        if self.what == "on":
            watch.on()
        if self.what == "off":
            watch.off()
        waiting = len(session.lineage.tracker.pending())
        session.say(WATCHING if watch.is_on else "Cells are not watched.")
        verb = "waits" if waiting == 1 else "wait"
        session.say(f"{counted(waiting, 'recording')} {verb} for %lineage commit.")


class Backfill(Command):
    """Lineage of what ran before anyone tracked it."""

    words: ClassVar[Mapping[str, str]] = {
        "backfill": "lineage of what ran untracked: jobs, queries, what older tools recorded"
    }
    examples: ClassVar[tuple[str, ...]] = ("backfill --since 2026-01-01", "backfill --yes")

    since: datetime | None = option(
        "--since", type=date, metavar="DATE", help=f"the last {DAYS} days by default"
    )
    yes: bool = option("--yes", action="store_true", help="write it, rather than show it")

    def run(self, session: Session) -> Report:
        account = {"profile": session.settings.profile, "region": session.settings.region}
        recording = session.lineage.backfill(self.since, plan=not self.yes, **account)
        if self.yes:
            session.say(sentence(recording))
        return plan_report(recording)


COMMANDS: tuple[type[Command], ...] = (
    Track,
    PlanCommand,
    Commit,
    JournalCommand,
    Undo,
    WatchCommand,
    Backfill,
)
