"""Lineage from Python: what the magics ask, as methods, for scripts and tests.

>>> with Lineage.open() as lineage:
...     lineage.feature_groups("model:churn")
Answer(…)
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import views  # noqa: F401  # registers the formats of `Answer.to`
from .backends import Backend, connect
from .errors import EntityNotFound, QuestionError
from .evidence import Evidence
from .model import (
    Answer,
    Association,
    AssociationType,
    Direction,
    Entity,
    EntityFilter,
    Gap,
    LineageGraph,
    Question,
    Reference,
)
from .naming import Subject, column_of, entities_of, entity_of, text_of
from .query import evidence
from .query.as_of import made_by
from .query.filters import narrowed
from .query.nouns import NOUNS
from .query.selectors import Selector

if TYPE_CHECKING:
    from .model import Plan, Receipt, Report
    from .tracking.facts import Facts
    from .tracking.recording.tracker import Recording
    from .tracking.tracked import Outcome


class Lineage(Evidence):
    """The lineage kept in one place: an embedded store or an AWS account."""

    def __init__(self, backend: Backend) -> None:
        self.backend = backend

    @classmethod
    def open(cls, target: str | Path | None = None, **options: Any) -> Lineage:
        """Open the embedded store, another file of one, `:memory:`, or `sagemaker`.

        Args:
            target: as `backends.connect` takes it.
            options: `read_only`; for SageMaker also `profile`, `region` and `client`.

        Raises:
            StoreError: when the file cannot be used.
            ServiceError: when Amazon SageMaker cannot be reached.
        """
        return cls(connect(target, **options))

    def track(self, title: str = "", **says: Any) -> AbstractContextManager[Outcome]:
        """Record what the block does: `with lineage.track("churn"): …`, in a script.

        Args:
            title: what to call this recording.
            says: `model`, `sources`, `links`, `note` and `plan`, as `%%lineage track` takes them.
        """
        from .tracking.script import caller, tracked_block
        from .tracking.tracked import Says

        return tracked_block(self.tracker, caller(), Says(title, **says), self.entity_or_dataset)

    def __enter__(self) -> Lineage:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of files and connections."""
        self.backend.close()

    def entity(self, subject: Subject) -> Entity:
        """The one entity a name, a reference or an answer means.

        Raises:
            EntityNotFound: with the nearest names.
            AmbiguousName: with all of them; none is picked.
        """
        return entity_of(self.backend, subject)

    def upstream(self, subject: Subject, **options: Any) -> Answer:
        """Everything `subject` was built from.

        Args:
            subject: a reference, a selector, an entity, or an answer.
            options: `depth` in levels, None for all; `only`, an `EntityFilter` of what is wanted;
                `as_of`, the moment whose knowledge is asked for.
        """
        return self._walk("upstream", subject, **options)

    def downstream(self, subject: Subject, **options: Any) -> Answer:
        """Everything built from `subject`; options as of `upstream`."""
        return self._walk("downstream", subject, **options)

    def sources(self, subject: Subject, **options: Any) -> Answer:
        """The data sets `subject` was built from that nothing else produced."""
        return self.ask("sources", subject, **options)

    def datasets(self, subject: Subject, **options: Any) -> Answer:
        """The data sets before and after `subject`."""
        return self.ask("datasets", subject, **options)

    def feature_groups(self, subject: Subject, **options: Any) -> Answer:
        """The feature groups before and after `subject`."""
        return self.ask("feature-groups", subject, **options)

    def queries(self, subject: Subject, **options: Any) -> Answer:
        """The queries before and after `subject`."""
        return self.ask("queries", subject, **options)

    def code(self, subject: Subject, **options: Any) -> Answer:
        """The scripts and cells before and after `subject`."""
        return self.ask("code", subject, **options)

    def jobs(self, subject: Subject, **options: Any) -> Answer:
        """The jobs before and after `subject`."""
        return self.ask("jobs", subject, **options)

    def models(self, subject: Subject, **options: Any) -> Answer:
        """The models before and after `subject`."""
        return self.ask("models", subject, **options)

    def endpoints(self, subject: Subject, **options: Any) -> Answer:
        """The endpoints before and after `subject`."""
        return self.ask("endpoints", subject, **options)

    def ask(
        self,
        noun: str,
        subject: Subject,
        *,
        depth: int | None = None,
        only: EntityFilter | None = None,
        as_of: datetime | None = None,
        way: bool = True,
    ) -> Answer:
        """One of the questions of `query.nouns`, by its word; options as of `upstream`.

        Args:
            noun: a word of `query.nouns.NOUNS`.
            subject: what it is asked of.
            depth: levels to go, None for all.
            only: which of them are wanted.
            as_of: the moment whose knowledge is asked for.
            way: whether the answer's graph is to hold what lies between, which on Amazon
                SageMaker costs calls.
        """
        asked = NOUNS[noun]
        wanted = None if way or as_of or asked.only_origins else asked.wanted
        walked = self._walked(asked.direction, subject, asked.levels(depth), as_of, wanted)
        answer = asked.of(walked, depth)
        answer = narrowed(answer, only) if only else answer
        return answer.asked(Question(noun, (text_of(subject),), {"depth": depth}))

    def show(self, subject: Subject, *, as_of: datetime | None = None) -> Answer:
        """The entities `subject` means, with all that is known of them and their neighbours.

        Args:
            subject: what to look up.
            as_of: the moment whose knowledge is asked for.
        """
        entities = entities_of(self.backend, subject)
        arns = tuple(entity.arn for entity in entities)
        near = self.backend.traverse(arns, "both", max_depth=1)
        seen = tuple(gap for gap in near.gaps if gap.kind != "beyond-depth")
        answer = Answer(near.graph, arns, Question("show", (text_of(subject),)), seen, arns)
        answer = self._of_feature(subject, answer)
        return self._known(answer, as_of)

    def entity_or_dataset(self, subject: Subject) -> Entity:
        """The one entity `subject` names; of a URI nothing is known by, a data set not yet stored.

        Raises:
            EntityNotFound: when nothing answers to a name that is no URI.
            AmbiguousName: when several entities do.
        """
        try:
            return self.entity(subject)
        except EntityNotFound:
            if not (isinstance(subject, str) and Reference.parse(subject).scheme == "uri"):
                raise
            from .tracking.data.datasets import dataset
            from .tracking.data.locations import location

            return dataset(location(subject))

    def find(
        self,
        text: str,
        *,
        only: EntityFilter | None = None,
        as_of: datetime | None = None,
        limit: int | None = 100,
    ) -> Answer:
        """Entities whose name or source contains `text`, newest first; options as of `ls`."""
        return self._listed(Question("find", (text,)), text, only, as_of, limit)

    def ls(
        self,
        *,
        only: EntityFilter | None = None,
        as_of: datetime | None = None,
        limit: int | None = 100,
    ) -> Answer:
        """Entities of any or of the wanted sort, newest first.

        Args:
            only: which are wanted.
            as_of: the moment whose knowledge is asked for.
            limit: how many at most, None for all.
        """
        return self._listed(Question("ls"), None, only, as_of, limit)

    def link(
        self,
        source: Subject,
        destination: Subject,
        type: AssociationType = "ContributedTo",
    ) -> Recording:
        """Record that data flows from one entity to another, because you say so.

        A URI that was never recorded becomes a data set.

        Raises:
            QuestionError: when both are the same.
        """
        ends = (self.entity_or_dataset(source), self.entity_or_dataset(destination))
        if ends[0].arn == ends[1].arn:
            raise QuestionError(f"{text_of(ends[0])} cannot be linked to itself.")
        link = f"link {text_of(ends[0])} {text_of(ends[1])}"
        return self.tracker.record(_named(*ends, type), link)

    def forget(self, subject: Subject) -> Receipt:
        """Delete entities with every association at them, whoever made them."""
        return self.backend.delete([e.arn for e in entities_of(self.backend, subject)])

    def export(self, subject: Subject | Report, file: str | Path) -> Path:
        """Write an answer, a report, or all that lies before and after an entity.

        Raises:
            FormatError: when the file's ending is none that is known.
        """
        from . import exchange

        return exchange.write(self._to_export(subject), file)

    def plan_import(self, file: str | Path) -> Plan:
        """What bringing in a file that `export` wrote as JSON would write.

        Raises:
            FormatError: when it is no such file.
        """
        from . import exchange
        from .model import Plan

        graph = exchange.read(file).graph
        existing = self.backend.existing(graph.entities.values())
        return Plan.of(graph, existing, f"import {file}")

    def load(self, graph: LineageGraph, title: str = "load") -> Receipt:
        """Write a whole graph; what is there already is merged into."""
        from .model import Plan

        return self.backend.apply(
            Plan.of(graph, self.backend.existing(graph.entities.values()), title)
        )

    def _to_export(self, subject: Subject | Report) -> Answer | Report:
        from .model import Report

        if isinstance(subject, (Answer, Report)):
            return subject
        arns = [entity.arn for entity in entities_of(self.backend, subject)]
        if isinstance(subject, str) and not Selector.parse(subject).alone:
            return self._selected(arns, subject)
        return self._before_and_after(arns, subject)

    def _selected(self, arns: list[str], subject: str) -> Answer:
        """What a selector means, with the associations among it."""
        edges = self.backend.associations(arns, "downstream")
        graph = LineageGraph.of(self.backend.get(arns).values(), edges).induced(arns)
        return Answer(graph, (), Question("show", (subject,)))

    def _before_and_after(self, arns: list[str], subject: Subject) -> Answer:
        answer = self.backend.traverse(arns, "both")
        return answer.asked(Question("show", (text_of(subject),)))

    def _walk(
        self,
        direction: Direction,
        subject: Subject,
        *,
        depth: int | None = None,
        only: EntityFilter | None = None,
        as_of: datetime | None = None,
    ) -> Answer:
        answer = self._walked(direction, subject, depth, as_of)
        answer = narrowed(answer, only) if only else answer
        return answer.asked(Question(direction, (text_of(subject),), {"depth": depth}))

    def _walked(
        self,
        direction: Direction,
        subject: Subject,
        depth: int | None,
        moment: datetime | None,
        wanted: EntityFilter | None = None,
    ) -> Answer:
        start = [entity.arn for entity in entities_of(self.backend, subject)]
        answer = self.backend.traverse(start, direction, max_depth=depth, only=wanted)
        answer = self._of_feature(subject, answer)
        return self._known(answer, moment)

    def _of_feature(self, subject: Subject, answer: Answer) -> Answer:
        """The answer, where the subject is no feature or one that its feature group has.

        Raises:
            QuestionError: when the feature group is known to have no such feature.
        """
        column = column_of(subject)
        return answer.with_gaps(evidence.unheard_of(column, answer)) if column else answer

    def _listed(
        self,
        question: Question,
        text: str | None,
        only: EntityFilter | None,
        moment: datetime | None,
        limit: int | None,
    ) -> Answer:
        enough = None if limit is None else limit + 1
        wanted = only if moment is None else made_by(moment, only)
        found = list(islice(self.backend.find(text=text, only=wanted, limit=enough), enough))
        kept = found[:limit]
        gaps = () if len(kept) == len(found) else (_cut(question, len(kept)),)
        answer = Answer(LineageGraph.of(kept), (), question, gaps)
        return self._known(answer, moment)


def _named(source: Entity, destination: Entity, type: AssociationType) -> Facts:
    from .tracking.facts import Facts, Link

    edge = Association(source.arn, destination.arn, type)
    return Facts((source, destination), (Link(edge, "named by the user", "named"),))


def _cut(question: Question, shown: int) -> Gap:
    return Gap("truncated", str(question), f"Only the newest {shown} are here; ask with --limit.")
