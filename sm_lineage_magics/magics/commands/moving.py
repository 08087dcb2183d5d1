"""In and out: lineage to files, and from files into the store."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from ...model import Report
from ...model.wording import contents
from ..command import Command
from ..line.declared import option, positional

if TYPE_CHECKING:
    from ...lineage.subjects import Subject
    from ..session import Session


class Export(Command):
    """An answer, or the lineage of an entity, as a file."""

    words: ClassVar[Mapping[str, str]] = {"export": "write an answer or a lineage to FILE"}
    examples: ClassVar[tuple[str, ...]] = (
        "export model:churn churn.svg",
        "export answer churn.html",
        "export +model:churn churn.json",
    )

    entity: str = positional("ANSWER|ENTITY", "a variable or an entity", complete="entity")
    file: str = positional("FILE", "its ending says the format", complete="file")

    def run(self, session: Session) -> None:
        path = session.lineage.export(self._what(session), self.file)
        session.say(f"Wrote {path}.")

    def _what(self, session: Session) -> Subject | Report:
        held = session.variables.get(self.entity)
        return held if isinstance(held, Report) else session.subject(self.entity)


# Megabytes of which it is said that they take their time.
LARGE = 10


class Import(Command):
    """Lineage of a file into the store."""

    words: ClassVar[Mapping[str, str]] = {"import": "bring the lineage of FILE into the store"}
    examples: ClassVar[tuple[str, ...]] = (
        "import churn.json --plan",
        "import churn.json",
        "import spark-events.jsonl",
    )

    file: str = positional(
        "FILE", "what export wrote as .json, or OpenLineage events of any tool", complete="file"
    )
    plan: bool = option("--plan", action="store_true", help="only say what would be written")

    def run(self, session: Session) -> Report | None:
        lineage = session.lineage
        if (size := _megabytes(self.file)) >= LARGE:
            session.say(f"{size:,} MB to read: until all is in, an interrupt leaves all out.")
        if self.plan:
            from ..plans import report_of

            return report_of(lineage.plan_import(self.file))
        receipt = lineage.import_(self.file)
        new = contents(len(receipt.created), len(receipt.linked))
        session.say(f"Imported {self.file}: {new} were new.")
        return None


def _megabytes(file: str) -> int:
    """How much is to be read; 0 where the reading is going to say what is wrong."""
    try:
        return Path(file).expanduser().stat().st_size // 1_000_000
    except (OSError, ValueError):
        return 0


COMMANDS: tuple[type[Command], ...] = (Export, Import)
