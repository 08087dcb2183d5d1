"""The questions of evidence, with the look-ups they need: impact, path, diff, why, lint, reproduce.

The questions themselves are pure functions of `query`; here the graph they are asked of is
fetched, and what is true just now is looked up beside it.

>>> lineage.impact("fg:customers").summary
('1 live endpoint: fraud.', '12 entities depend on it: …')
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from .backends import Backend
from .errors import AccessDenied, QuestionError, ServiceError
from .model import (
    Answer,
    Entity,
    Gap,
    LineageGraph,
    Question,
    Role,
    role_of,
)
from .model.wording import counted, minute
from .naming import Subject, column_of, entities_of, entity_of, text_of
from .query import evidence
from .query.as_of import known_at, past

if TYPE_CHECKING:
    from .model import Report
    from .query.evidence.inspected import Now
    from .query.evidence.lint.rule import Severity
    from .tracking.recording.tracker import Tracker


# Of so many entities who drew the associations at them is looked up; each costs a call.
_MOST_ENDS = 200


class Evidence:
    """Questions of evidence about what one backend keeps; part of `Lineage`."""

    backend: Backend

    @cached_property
    def tracker(self) -> Tracker:
        """What records into this store, with its journal."""
        from .tracking.recording.tracker import Tracker

        return Tracker.beside(self.backend)

    def impact(
        self, subject: Subject, *, as_of: datetime | None = None, fail_if_live: bool = False
    ) -> Report:
        """What depends on `subject`, a feature (`fg:customers.age`) included; live things first.

        Args:
            subject: what would change or go.
            as_of: the moment whose knowledge is asked for.
            fail_if_live: whether the report counts as failed when a live endpoint depends on it.
        """
        answer = self._known(self._downstream(subject), as_of)
        asked = _asked(self._with_approvals(answer, as_of), "impact", subject)
        now = {} if as_of else self._now(asked, ("endpoint", "package"))
        return _dated(evidence.impact_report(asked, now, fail_if_live=fail_if_live), as_of)

    def features(self, subject: Subject, *, as_of: datetime | None = None) -> Report:
        """The features `subject` depends on; of a feature, what depends on it."""
        if column_of(subject):
            return self.impact(subject, as_of=as_of)
        answer = self._known(self._upstream(subject), as_of)
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
        from .tracking.recording.drawn import drawn

        ends = (entity_of(self.backend, source), entity_of(self.backend, destination))
        question = Question("path", (text_of(source), text_of(destination)))
        answer = self._known(self._drawn(self._between(*ends)), as_of).asked(question)
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
        """
        stories = self._stories((before, after), as_of)
        question = Question("diff", (text_of(before), text_of(after)))
        old, new = (story.asked(question) for story in stories)
        return _dated(evidence.diff_report(old, new, everything=everything), as_of)

    def why(self, subject: Subject, *, as_of: datetime | None = None) -> Report:
        """The audit report of a model or endpoint: what, from what, how, by whom, since when.

        Raises:
            QuestionError: when no model answers there, as of a feature group.
        """
        (story,) = self._stories((subject,), as_of)
        asked = _asked(story, "why", subject)
        evidence.require_answering(asked)
        return _dated(evidence.why(asked, {} if as_of else self._now(asked, ("endpoint",))), as_of)

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
        answer = self._around(subject, as_of)
        asked = answer.asked(Question("lint", () if subject is None else (text_of(subject),)))
        now = {} if as_of else self._now(asked, ("feature-group", "dataset"))
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
        """
        from .views.notebook import notebook

        path = Path(file)
        if path.suffix != ".ipynb":
            raise QuestionError(f"{path} is no notebook. Expected a file name that ends in .ipynb.")
        answer = self._known(self._upstream(subject), as_of)
        recipe = evidence.recipe_of(_asked(answer, "reproduce", subject))
        try:
            with path.open("x", encoding="utf-8") as out:
                out.write(notebook(recipe, output=output, role=role))
        except FileExistsError as error:
            raise QuestionError(f"{path} exists already. Give another name.") from error
        return _written(path, recipe.missing)

    def _upstream(self, subject: Subject) -> Answer:
        return self.backend.traverse(_arns(self.backend, subject), "upstream")

    def _downstream(self, subject: Subject) -> Answer:
        answer = self.backend.traverse(_arns(self.backend, subject), "downstream")
        column = column_of(subject)
        return evidence.reached_by_feature(answer, column) if column else answer

    def _stories(self, subjects: Iterable[Subject], moment: datetime | None) -> list[Answer]:
        """Models from their sources to their endpoints, approvals included; walked at once."""
        asked = [_arns(self.backend, each) for each in subjects]
        both = self.backend.traverse([arn for arns in asked for arn in arns], "both")
        known = self._with_approvals(self._known(both, moment), moment)
        return [evidence.story_of(replace(known, focus=arns, found=None)) for arns in asked]

    def _with_approvals(self, answer: Answer, moment: datetime | None) -> Answer:
        """The answer with the approvals of its packages, which lie upstream of those."""
        packages = [entity.arn for entity in answer.graph.entities.values() if _is_package(entity)]
        if not packages:
            return answer
        up = self.backend.traverse(packages, "upstream", max_depth=1)
        approvals = self._known(up, moment)
        found = answer.found or tuple(entity.arn for entity in answer)
        seen = (gap for gap in approvals.gaps if gap.kind != "beyond-depth")
        both = replace(answer, graph=answer.graph | approvals.graph, found=found)
        return both.with_gaps(seen)

    def _between(self, a: Entity, b: Entity) -> Answer:
        from .query.paths import between

        for source, destination in ((a, b), (b, a)):
            up = self.backend.traverse([destination.arn], "upstream")
            if source.arn in up.graph:
                graph = between(up.graph, source.arn, destination.arn)
                return Answer(graph, (source.arn, destination.arn), gaps=up.gaps)
        return Answer(LineageGraph.of([a, b]), (a.arn, b.arn), gaps=up.gaps)

    def _around(self, subject: Subject | None, moment: datetime | None) -> Answer:
        if subject is None:
            return self._known(self.backend.everything(), moment)
        both = self.backend.traverse(_arns(self.backend, subject), "both")
        return self._with_approvals(self._known(both, moment), moment)

    def _now(self, answer: Answer, roles: Iterable[Role]) -> Now:
        wanted = tuple(roles)
        seen = [e for e in answer.graph.entities.values() if role_of(e) in wanted]
        return self.backend.observe(seen)

    def _known(self, answer: Answer, moment: datetime | None) -> Answer:
        return answer if moment is None else known_at(self._drawn(answer), moment)

    def _drawn(self, answer: Answer) -> Answer:
        """The answer with who drew its associations and when, where its walk did not tell.

        QueryLineage tells neither, ListAssociations both: one call for each end.
        """
        edges = answer.graph.associations
        ends = tuple(dict.fromkeys(edge.destination for edge in edges if edge.created is None))
        if not ends or len(ends) > _MOST_ENDS:
            return answer
        try:
            told = list(self.backend.associations(ends, "upstream"))
        except ServiceError as error:
            return answer.with_gaps([_undrawn(error)])
        pairs = {edge.pair for edge in edges}
        drawn = (edge for edge in told if edge.pair in pairs)
        graph = LineageGraph.of(answer.graph.entities.values(), (*drawn, *edges))
        return replace(answer, graph=graph)


def _arns(backend: Backend, subject: Subject) -> tuple[str, ...]:
    return tuple(entity.arn for entity in entities_of(backend, subject))


def _is_package(entity: Entity) -> bool:
    return role_of(entity) == "package"


def _asked(answer: Answer, verb: str, subject: Subject) -> Answer:
    return answer.asked(Question(verb, (text_of(subject),)))


def _undrawn(error: ServiceError) -> Gap:
    why = f"Who drew the associations, and when, is not known: {error}"
    return Gap("denied" if isinstance(error, AccessDenied) else "failed", "ListAssociations", why)


def _dated(report: Report, moment: datetime | None) -> Report:
    """The report with the moment it speaks of in its title."""
    if moment is None:
        return report
    return replace(report, title=f"{report.title}, as known on {minute(past(moment))}")


def _written(path: Path, missing: tuple[str, ...]) -> Report:
    from .model import Report, Section

    title = f"Written to {path}"
    if not missing:
        return Report(title, ("Everything it takes is recorded.",))
    rows = tuple((line,) for line in missing)
    told = f"{counted(len(rows), 'thing')} cannot be made again as before."
    return Report(title, (told,), (Section("What cannot be made again", ("What",), rows),))
