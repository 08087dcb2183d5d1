"""The questions of lineage: what something was built from, what was built from it, what there is.

>>> [entity.label for entity in lineage.feature_groups("model:churn")]
['customers', 'orders']
"""

from __future__ import annotations

from datetime import datetime
from itertools import islice
from typing import Any

from .evidence import Evidence
from .model import Answer, Direction, Entity, EntityFilter, Gap, LineageGraph, Question
from .naming import Subject, column_of, entities_of, entity_of, text_of
from .query import evidence
from .query.as_of import made_by
from .query.filters import narrowed
from .query.nouns import NOUNS


class Asking(Evidence):
    """Questions about what one backend keeps, those of evidence too; part of `Lineage`."""

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


def _cut(question: Question, shown: int) -> Gap:
    return Gap("truncated", str(question), f"Only the newest {shown} are here; ask with --limit.")
