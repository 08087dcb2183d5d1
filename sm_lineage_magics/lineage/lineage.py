"""Lineage from Python: what the magics ask, as methods, for scripts and tests.

>>> with Lineage.open() as lineage:
...     lineage.feature_groups("model:churn")
Answer(…)
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import views  # noqa: F401  # registers the formats of `Answer.to`
from ..backends import Backend, connect
from ..errors import EntityNotFound, QuestionError
from ..model import (
    Answer,
    Association,
    AssociationType,
    Entity,
    LineageGraph,
    Question,
)
from ..query.selectors import Selector
from .asking import Asking
from .evidence import Evidence
from .subjects import Subject, entities_of, place_of, text_of

if TYPE_CHECKING:
    from ..model import Plan, Receipt, Report
    from ..tracking.facts import Facts
    from ..tracking.recording.tracker import Recording
    from ..tracking.tracked import Outcome


class Lineage(Asking, Evidence):
    """The lineage kept in one place: an embedded store or an AWS account.

    A subject is a reference (`model:churn`, `fg:customers.age`, an S3 URI, a path, an ARN), a
    selector (`+model:churn`), an entity, an answer to go on from, or several of these.

    Raises, whatever is asked or recorded:
        EntityNotFound, AmbiguousName: when a subject means none, or several where one is meant.
        QuestionError: when a question cannot be asked as it stands; the two above are such errors.
        StoreError: when the embedded store cannot answer.
        ServiceError: when Amazon SageMaker refuses or cannot be reached. Only what a walk could
            not see is not raised: that is a `Gap` of the answer.
        WriteRefused: when something was to be written and the lineage is open for reading only.
    """

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
        from ..tracking.script import caller, tracked_block
        from ..tracking.tracked import Says

        return tracked_block(self.tracker, caller(), Says(title, **says), self.entity_or_dataset)

    def __enter__(self) -> Lineage:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of files and connections."""
        self.backend.close()

    def entity_or_dataset(self, subject: Subject) -> Entity:
        """The one entity `subject` names; of an unknown place, a data set not yet stored.

        Raises:
            EntityNotFound: when nothing answers to a name that is no URI and no file.
            AmbiguousName: when several entities do.
        """
        try:
            return self.entity(subject)
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
        from . import files

        return files.write(self._to_export(subject), file)

    def plan_import(self, file: str | Path) -> Plan:
        """What bringing in a file that `export` wrote as JSON would write.

        Raises:
            FormatError: when it is no such file.
        """
        from ..model import Plan
        from . import files

        graph = files.read(file).graph
        existing = self.backend.existing(graph.entities.values())
        return Plan.of(graph, existing, f"import {file}")

    def load(self, graph: LineageGraph, title: str = "load") -> Receipt:
        """Write a whole graph; what is there already is merged into."""
        from ..model import Plan

        return self.backend.apply(
            Plan.of(graph, self.backend.existing(graph.entities.values()), title)
        )

    def _to_export(self, subject: Subject | Report) -> Answer | Report:
        from ..model import Report

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


def _named(source: Entity, destination: Entity, type: AssociationType) -> Facts:
    from ..tracking.facts import Facts, Link

    edge = Association(source.arn, destination.arn, type)
    return Facts((source, destination), (Link(edge, "named by the user", "named"),))
