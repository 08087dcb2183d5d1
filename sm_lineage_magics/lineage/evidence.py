"""The questions of evidence: impact, features, path, diff, why, lint, reproduce.

The questions themselves are pure functions of `query.evidence`; here they are asked of what is
recorded, with what is true just now beside it.

>>> lineage.impact("fg:customers").summary
('1 live endpoint: fraud.', '12 entities depend on it: …')
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import QuestionError
from ..model import Answer, Question
from ..model.wording import counted, minute
from ..query import evidence
from ..query.as_of import past
from .record import Record
from .recording import Journaled
from .subjects import Subject, column_of, entity_of, text_of

if TYPE_CHECKING:
    from ..model import Report
    from ..query.evidence.lint.rule import Severity


class Evidence(Journaled):
    """Questions of evidence about what one backend keeps; part of `Lineage`."""

    def impact(
        self, subject: Subject, *, as_of: datetime | None = None, fail_if_live: bool = False
    ) -> Report:
        """What depends on `subject`, a feature (`fg:customers.age`) included; live things first.

        Args:
            subject: what would change or go.
            as_of: the moment whose knowledge is asked for.
            fail_if_live: whether the report counts as failed when a live endpoint depends on it.
        """
        record = Record(self.backend, as_of)
        asked = _asked(record.with_approvals(record.reached(subject)), "impact", subject)
        now = record.observed(asked, "endpoint", "package")
        return _dated(evidence.impact_report(asked, now, fail_if_live=fail_if_live), as_of)

    def features(self, subject: Subject, *, as_of: datetime | None = None) -> Report:
        """The features `subject` depends on; of a feature, what depends on it."""
        if column_of(subject):
            return self.impact(subject, as_of=as_of)
        answer = Record(self.backend, as_of).walked("upstream", subject)
        return _dated(evidence.features_report(_asked(answer, "features", subject)), as_of)

    def path(
        self,
        source: Subject,
        destination: Subject,
        *,
        as_of: datetime | None = None,
        all_paths: bool = False,
    ) -> Report:
        """How one entity leads to another; who drew each step, when, from what evidence.

        Args:
            source: where the data comes from; either order will do.
            destination: where it goes.
            as_of: the moment whose knowledge is asked for.
            all_paths: whether to tell every simple path (within a bound), not only the shortest.
        """
        from ..tracking.recording.drawn import drawn

        ends = (entity_of(self.backend, source), entity_of(self.backend, destination))
        question = Question("path", (text_of(source), text_of(destination)))
        answer = Record(self.backend, as_of).between(*ends).asked(question)
        known = drawn(self.tracker.journal.runs())
        return _dated(evidence.path_report(answer, known, all_paths=all_paths), as_of)

    def diff(
        self,
        before: Subject,
        after: Subject,
        *,
        as_of: datetime | None = None,
        everything: bool = False,
    ) -> Report:
        """What differs between two models: data, query, features, code, image, settings.

        Args:
            before: a model, package or endpoint.
            after: another.
            as_of: the moment whose knowledge is asked for.
            everything: whether to list what is the same, too.

        Raises:
            QuestionError: when the two are of different kinds, as a model and a data set.
        """
        sides = (entity_of(self.backend, before), entity_of(self.backend, after))
        evidence.require_comparable(*sides)
        question = Question("diff", (text_of(before), text_of(after)))
        stories = Record(self.backend, as_of).stories(sides)
        old, new = (story.asked(question) for story in stories)
        return _dated(evidence.diff_report(old, new, everything=everything), as_of)

    def why(self, subject: Subject, *, as_of: datetime | None = None) -> Report:
        """The audit report of a model or endpoint: what, from what, how, by whom, since when.

        Raises:
            QuestionError: when no model answers there, as of a feature group.
        """
        record = Record(self.backend, as_of)
        (story,) = record.stories((entity_of(self.backend, subject),))
        asked = _asked(story, "why", subject)
        evidence.require_answering(asked)
        return _dated(evidence.why(asked, record.observed(asked, "endpoint")), as_of)

    def lint(
        self,
        subject: Subject | None = None,
        *,
        as_of: datetime | None = None,
        fail_on: Severity | None = None,
    ) -> Report:
        """How far the lineage of `subject`, or of the whole store, can be trusted.

        Args:
            subject: what to inspect with all that lies up and down from it; all there is when None.
            as_of: the moment whose knowledge is asked for.
            fail_on: the severity from which the report counts as failed.
        """
        record = Record(self.backend, as_of)
        question = Question("lint", () if subject is None else (text_of(subject),))
        asked = record.surroundings(subject).asked(question)
        now = record.observed(asked, "feature-group", "dataset")
        return _dated(evidence.lint_report(asked, now, fail_on=fail_on), as_of)

    def reproduce(
        self,
        subject: Subject,
        file: str | Path,
        *,
        as_of: datetime | None = None,
        output: str = "",
        role: str = "",
    ) -> Report:
        """Write a notebook that makes a model's training set, and the model, again.

        Args:
            subject: the model.
            file: a new .ipynb.
            as_of: the moment whose knowledge is asked for.
            output: S3 prefix under which everything made again is to be written.
            role: ARN of the role that the training job is to have.

        Raises:
            QuestionError: when the file exists already, or is no notebook.
            FormatError: when it cannot be written.
        """
        from ..views.notebook import notebook
        from .files import write_new

        path = Path(file).expanduser()
        if path.suffix != ".ipynb":
            raise QuestionError(f"{path} is no notebook. Expected a file name that ends in .ipynb.")
        answer = Record(self.backend, as_of).walked("upstream", subject)
        recipe = evidence.recipe_of(_asked(answer, "reproduce", subject))
        write_new(path, notebook(recipe, output=output, role=role))
        return _written(path, recipe.missing)


def _asked(answer: Answer, verb: str, subject: Subject) -> Answer:
    return answer.asked(Question(verb, (text_of(subject),)))


def _dated(report: Report, moment: datetime | None) -> Report:
    """The report with the moment it speaks of in its title."""
    if moment is None:
        return report
    return replace(report, title=f"{report.title}, as known on {minute(past(moment))}")


def _written(path: Path, missing: tuple[str, ...]) -> Report:
    from ..model import Report, Section

    title = f"Written to {path}"
    if not missing:
        return Report(title, ("Everything it takes is recorded.",))
    rows = tuple((line,) for line in missing)
    told = f"{counted(len(rows), 'thing')} cannot be made again as before."
    return Report(title, (told,), (Section("What cannot be made again", ("What",), rows),))
