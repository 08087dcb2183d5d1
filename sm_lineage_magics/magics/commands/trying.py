"""Trying it: lineages to learn on, and what this environment can do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, ClassVar

from ...errors import QuestionError
from ...model import Answer, Plan, Question
from ...model.wording import counted
from ...query.evidence.lint.rules import RULES
from ..command import Command, Viewed
from ..line.declared import option, positional

if TYPE_CHECKING:
    from ...model import Report
    from ..session import Session

DEMOS = ("grocery", "fraud")


class Demo(Viewed):
    """A lineage to learn on."""

    words: ClassVar[Mapping[str, str]] = {"demo": "bring in an invented lineage to learn on"}
    examples: ClassVar[tuple[str, ...]] = (
        "demo",
        "demo fraud --tables data",
        "demo --break cycle orphan",
    )

    business: str = positional(
        "grocery|fraud", "which one", nargs="?", choices=DEMOS, default="grocery"
    )
    tables: str | None = option(
        "--tables", metavar="FOLDER", help="also write its raw tables there", complete="file"
    )
    faults: tuple[str, ...] | None = option(
        "--break",
        nargs="*",
        choices=tuple(rule.id for rule in RULES),
        metavar="RULE",
        help="plant the faults that these rules of `lint` find; all of them when none is named",
    )

    def run(self, session: Session) -> Answer:
        made = self._made()
        lineage = session.lineage
        existing = lineage.backend.existing(made.graph.entities.values())
        run = lineage.tracker.write(Plan.of(made.graph, existing, f"demo {self.business}"))
        lines = _lines(made.questions) if self.faults is None else ["lint"]
        session.say(_brought_in(made, len(run.receipt.created), lines))
        if self.tables:
            written = made.save(self.tables)
            session.say(f"Wrote {', '.join(map(str, written))}.")
        return Answer(made.graph, question=Question("demo", (self.business,)))

    def _made(self) -> demo.Demo:
        from ... import demo

        if self.faults is None:
            return demo.DEMOS[self.business]()
        if self.business != "grocery":
            raise QuestionError("Faults are planted in the grocery demo: %lineage demo --break.")
        return demo.broken(self.faults or None)


class SandboxSwitch(Command):
    """An AWS account that is not there: the SageMaker SDK runs in it, and nothing leaves."""

    words: ClassVar[Mapping[str, str]] = {"sandbox": "open an AWS account that is not there"}
    examples: ClassVar[tuple[str, ...]] = ("sandbox on", "sandbox off")

    state: str = positional(
        "on|off", "open or close it", nargs="?", choices=("on", "off"), default="on"
    )

    def run(self, session: Session) -> Sandbox | None:
        from ...emulator.sandbox.standing import STANDING

        if session.settings.backend == "sagemaker":
            # A client keeps the credentials it was made with: those of another account now.
            session.close()
        if self.state == "off":
            was_open = STANDING.close()
            session.say("The sandbox is closed." if was_open else "No sandbox is open.")
            return None
        box = STANDING.open()
        session.say(_opened(box))
        return box


class Doctor(Command):
    """What works here, and what to do about what does not."""

    words: ClassVar[Mapping[str, str]] = {"doctor": "what works here, and what to do if not"}

    def run(self, session: Session) -> Report:
        from ..doctor import examined

        return examined(session)


def _brought_in(made: demo.Demo, new: int, lines: Iterable[str]) -> str:
    return (
        f"The {made.name} demo: {counted(len(made.graph), 'entity', 'entities')}, "
        f"{new:,} of them new. Try\n" + "\n".join(f"  %lineage {line}" for line in lines)
    )


def _lines(questions: tuple[str, ...]) -> list[str]:
    raw, group, model, endpoint = questions
    return [
        f"feature-groups {raw}",
        f"sources {group}",
        f"models {group}",
        f"feature-groups {model}",
        f"upstream {endpoint}",
    ]


def _opened(box: Sandbox) -> str:
    return (
        f"A sandbox is open: account {box.account}, region {box.region}, no call leaves this "
        f"machine.\n  role    {box.role}\n  bucket  s3://{box.bucket}\n"
        "%lineage use sagemaker asks its lineage; %lineage sandbox off closes it."
    )


if TYPE_CHECKING:
    from ... import demo
    from ...emulator import Sandbox

COMMANDS: tuple[type[Command], ...] = (Demo, SandboxSwitch, Doctor)
