"""The questions of evidence: what breaks, what leads where, what differs, why, how trustworthy."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from ...lineage.files import REPORT_ENDINGS, format_of, write
from ...model import Report
from ...query.evidence.lint.report import SEVERITIES
from ...query.evidence.lint.rule import Severity
from ..command import Command
from ..line.declared import option, positional
from .asking import AS_OF

if TYPE_CHECKING:
    from ..session import Session


def report_file(text: str) -> str:
    """A file whose ending is a format of reports; refused before the question is asked."""
    format_of(text, REPORT_ENDINGS)
    return text


class Reporting(Command):
    """A command that returns a report, and can write it to a file."""

    report: str | None = option(
        "--report",
        "--export",
        type=report_file,
        metavar="FILE",
        help=f"also write it to a file: {' '.join(REPORT_ENDINGS)}",
        complete="file",
    )
    as_of: datetime | None = AS_OF

    def keep(self, result: Any, session: Session) -> None:
        super().keep(result, session)
        if self.report:
            session.say(f"Wrote {write(result, self.report)}.")


class Impact(Reporting):
    """What depends on an entity or on one feature."""

    words: ClassVar[Mapping[str, str]] = {
        "impact": "what would break without ENTITY, live endpoints first"
    }
    examples: ClassVar[tuple[str, ...]] = (
        "impact fg:customers",
        "impact fg:customers.age --fail-if live",
        "impact s3://bucket/raw/customers.csv --report impact.csv",
    )

    entity: str = positional("ENTITY", "what would change or go", complete="entity")
    fail_if: str | None = option(
        "--fail-if", choices=("live",), help="fail the cell when a live endpoint depends on it"
    )

    def run(self, session: Session) -> Report:
        return session.lineage.impact(
            session.subject(self.entity), as_of=self.as_of, fail_if_live=self.fail_if == "live"
        )


class Features(Reporting):
    """The features something depends on."""

    words: ClassVar[Mapping[str, str]] = {
        "features": "the features ENTITY depends on, direct and indirect"
    }
    examples: ClassVar[tuple[str, ...]] = ("features model:churn", "features fg:customers.age")

    entity: str = positional("ENTITY", "a model, or fg:GROUP.FEATURE", complete="entity")

    def run(self, session: Session) -> Report:
        return session.lineage.features(session.subject(self.entity), as_of=self.as_of)


class PathBetween(Reporting):
    """How one entity leads to another."""

    words: ClassVar[Mapping[str, str]] = {"path": "how SOURCE leads to DESTINATION, step by step"}
    examples: ClassVar[tuple[str, ...]] = ("path s3://bucket/raw/customers.csv model:churn --all",)

    source: str = positional("SOURCE", "where it begins", complete="entity")
    destination: str = positional("DESTINATION", "where it ends", complete="entity")
    all_paths: bool = option(
        "--all", action="store_true", help="every path without a loop, not only the shortest"
    )

    def run(self, session: Session) -> Report:
        ends = session.subject(self.source), session.subject(self.destination)
        return session.lineage.path(*ends, as_of=self.as_of, all_paths=self.all_paths)


class Diff(Reporting):
    """What differs between two models."""

    words: ClassVar[Mapping[str, str]] = {
        "diff": "what differs between two models: data, query, features, code, settings"
    }
    examples: ClassVar[tuple[str, ...]] = ("diff model:churn-v1 model:churn-v2",)

    before: str = positional("BEFORE", "a model or endpoint", complete="entity")
    after: str = positional("AFTER", "another", complete="entity")
    everything: bool = option("--all", action="store_true", help="also what is the same in both")

    def run(self, session: Session) -> Report:
        sides = session.subject(self.before), session.subject(self.after)
        return session.lineage.diff(*sides, as_of=self.as_of, everything=self.everything)


class Why(Reporting):
    """The audit report."""

    words: ClassVar[Mapping[str, str]] = {
        "why": "the audit report of a model or endpoint, each line with its source"
    }
    examples: ClassVar[tuple[str, ...]] = ("why endpoint:churn --report audit.html",)

    entity: str = positional("ENTITY", "a model or endpoint", complete="entity")

    def run(self, session: Session) -> Report:
        return session.lineage.why(session.subject(self.entity), as_of=self.as_of)


class Lint(Reporting):
    """How far a lineage can be trusted."""

    words: ClassVar[Mapping[str, str]] = {
        "lint": "what is missing, stale or contradictory, and how to mend it"
    }
    examples: ClassVar[tuple[str, ...]] = ("lint", "lint model:churn --fail-on error")

    entity: str | None = positional(
        "ENTITY", "what to inspect; everything when left out", complete="entity", nargs="?"
    )
    fail_on: Severity | None = option(
        "--fail-on", choices=SEVERITIES, help="fail the cell from this severity on"
    )

    def run(self, session: Session) -> Report:
        subject = session.subject(self.entity) if self.entity else None
        return session.lineage.lint(subject, as_of=self.as_of, fail_on=self.fail_on)


class Reproduce(Command):
    """A notebook that makes a model again."""

    words: ClassVar[Mapping[str, str]] = {
        "reproduce": "write a notebook that makes MODEL and its training set again"
    }
    examples: ClassVar[tuple[str, ...]] = ("reproduce model:churn churn-again.ipynb",)

    entity: str = positional("MODEL", "the model", complete="entity")
    file: str = positional("FILE", "the notebook to write, a new .ipynb", complete="file")
    output: str = option(
        "--output", default="", metavar="S3_PREFIX", help="where what is made again is written"
    )
    role: str = option("--role", default="", metavar="ARN", help="the role of the training job")
    as_of: datetime | None = AS_OF

    def run(self, session: Session) -> Report:
        return session.lineage.reproduce(
            session.subject(self.entity),
            self.file,
            as_of=self.as_of,
            output=self.output,
            role=self.role,
        )


COMMANDS: tuple[type[Command], ...] = (Impact, Features, PathBetween, Diff, Why, Lint, Reproduce)
