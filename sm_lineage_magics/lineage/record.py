"""What a backend has recorded, fetched as the questions need it: all of it, or as of a moment.

>>> Record(backend, datetime(2026, 1, 31)).walked("upstream", "model:churn").gaps
(Gap(kind='inferred', …),)

The questions themselves are pure functions of `query`, asked of what is fetched here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING

from ..backends import Backend
from ..errors import AccessDenied, QuestionError, ServiceError
from ..model import (
    Answer,
    Direction,
    Entity,
    EntityFilter,
    Gap,
    LineageGraph,
    Question,
    Role,
    role_of,
)
from ..query import evidence
from ..query.as_of import known_at, made_by
from .subjects import Subject, column_of, entities_of

if TYPE_CHECKING:
    from ..query.evidence.inspected import Now

# Of so many entities who drew the associations at them is looked up; each costs a call.
_MOST_ENDS = 200


class Record:
    """What one backend has recorded.

    Args:
        backend: whose record it is.
        moment: only what was known then is told; all that is known now when None.
    """

    def __init__(self, backend: Backend, moment: datetime | None = None) -> None:
        self._backend = backend
        self._moment = moment

    def walked(
        self,
        direction: Direction,
        subject: Subject,
        depth: int | None = None,
        only: EntityFilter | None = None,
    ) -> Answer:
        """What lies in one direction of `subject`, in `depth` levels; in all of them when None.

        Raises:
            QuestionError: when `depth` is no number of levels.
        """
        _check_number(depth, "levels")
        arns = _arns(self._backend, subject)
        answer = self._backend.traverse(arns, direction, max_depth=depth, only=only)
        return self._known(_with_its_feature(subject, answer))

    def reached(self, subject: Subject) -> Answer:
        """Everything downstream of `subject`; of a feature, what depends on that one."""
        column = column_of(subject)
        if column is None:
            return self.walked("downstream", subject)
        answer = self._backend.traverse(_arns(self._backend, subject), "downstream")
        return self._known(evidence.reached_by_feature(answer, column))

    def close_up(self, subject: Subject) -> Answer:
        """The entities `subject` means, with their direct neighbours around them."""
        arns = _arns(self._backend, subject)
        near = self._backend.traverse(arns, "both", max_depth=1)
        answer = Answer(near.graph, arns, gaps=_without_depth(near), found=arns)
        return self._known(_with_its_feature(subject, answer))

    def listed(
        self,
        question: Question,
        text: str | None = None,
        only: EntityFilter | None = None,
        limit: int | None = None,
    ) -> Answer:
        """The newest entities, of those whose name or source contains `text` where one is given.

        Args:
            question: what this answers.
            text: what their names or sources contain.
            only: which are wanted.
            limit: how many at most, None for all.

        Raises:
            QuestionError: when `limit` is no number of entities.
        """
        _check_number(limit, "entities")
        wanted = only if self._moment is None else made_by(self._moment, only)
        enough = None if limit is None else limit + 1
        found = list(islice(self._backend.find(text=text, only=wanted, limit=enough), enough))
        kept = found[:limit]
        gaps = () if len(kept) == len(found) else (_cut(question, len(kept)),)
        return self._known(Answer(LineageGraph.of(kept), (), question, gaps))

    def stories(self, subjects: Iterable[Subject]) -> list[Answer]:
        """Models from their sources to their endpoints, approvals included; walked at once."""
        asked = [_arns(self._backend, each) for each in subjects]
        both = self._backend.traverse([arn for arns in asked for arn in arns], "both")
        known = self.with_approvals(self._known(both))
        return [evidence.story_of(replace(known, focus=arns, found=None)) for arns in asked]

    def surroundings(self, subject: Subject | None) -> Answer:
        """All that lies before and after `subject`, approvals included; all there is when None."""
        if subject is None:
            return self._known(self._backend.everything())
        return self.with_approvals(self.walked("both", subject))

    def between(self, one: Entity, other: Entity) -> Answer:
        """What lies on a way from one entity to the other, whichever comes first, and who drew it.

        Both alone when nothing leads from either to the other.
        """
        return self._known(self._drawn(self._on_the_way(one, other)))

    def with_approvals(self, answer: Answer) -> Answer:
        """The answer with the approvals of its packages, which lie upstream of those."""
        packages = [e.arn for e in answer.graph.entities.values() if role_of(e) == "package"]
        if not packages:
            return answer
        up = self._known(self._backend.traverse(packages, "upstream", max_depth=1))
        found = answer.found or tuple(entity.arn for entity in answer)
        both = replace(answer, graph=answer.graph | up.graph, found=found)
        return both.with_gaps(_without_depth(up))

    def observed(self, answer: Answer, *roles: Role) -> Now:
        """What entities of these roles are like just now; nothing where a past moment is told."""
        if self._moment is not None:
            return {}
        return self._backend.observe(
            [entity for entity in answer.graph.entities.values() if role_of(entity) in roles]
        )

    def _on_the_way(self, one: Entity, other: Entity) -> Answer:
        from ..query.paths import between

        for source, destination in ((one, other), (other, one)):
            up = self._backend.traverse([destination.arn], "upstream")
            if source.arn in up.graph:
                graph = between(up.graph, source.arn, destination.arn)
                return Answer(graph, (source.arn, destination.arn), gaps=up.gaps)
        return Answer(LineageGraph.of([one, other]), (one.arn, other.arn), gaps=up.gaps)

    def _known(self, answer: Answer) -> Answer:
        return answer if self._moment is None else known_at(self._drawn(answer), self._moment)

    def _drawn(self, answer: Answer) -> Answer:
        """The answer with who drew its associations and when, where its walk did not tell.

        QueryLineage tells neither, ListAssociations both: one call for each end.
        """
        edges = answer.graph.associations
        ends = tuple(dict.fromkeys(edge.destination for edge in edges if edge.created is None))
        if not ends or len(ends) > _MOST_ENDS:
            return answer
        try:
            told = list(self._backend.associations(ends, "upstream"))
        except ServiceError as error:
            return answer.with_gaps([_undrawn(error)])
        pairs = {edge.pair for edge in edges}
        drawn = (edge for edge in told if edge.pair in pairs)
        graph = LineageGraph.of(answer.graph.entities.values(), (*drawn, *edges))
        return replace(answer, graph=graph)


def _check_number(number: int | None, what: str) -> None:
    """Refuse what is no number of anything: with -1 nothing would be found, and that is no answer.

    Raises:
        QuestionError: with what was expected.
    """
    if number is not None and not (isinstance(number, int) and number >= 0):
        raise QuestionError(f"{number!r} is no number of {what}. Expected 0, 1, 2 …, None for all.")


def _arns(backend: Backend, subject: Subject) -> tuple[str, ...]:
    return tuple(entity.arn for entity in entities_of(backend, subject))


def _with_its_feature(subject: Subject, answer: Answer) -> Answer:
    """The answer, where the subject is no feature or one that its feature group has.

    Raises:
        QuestionError: when the feature group is known to have no such feature.
    """
    column = column_of(subject)
    return answer.with_gaps(evidence.unheard_of(column, answer)) if column else answer


def _without_depth(answer: Answer) -> tuple[Gap, ...]:
    """The gaps of a walk that was meant to end where it did."""
    return tuple(gap for gap in answer.gaps if gap.kind != "beyond-depth")


def _cut(question: Question, shown: int) -> Gap:
    return Gap("truncated", str(question), f"Only the newest {shown} are here; ask with --limit.")


def _undrawn(error: ServiceError) -> Gap:
    why = f"Who drew the associations, and when, is not known: {error}"
    return Gap("denied" if isinstance(error, AccessDenied) else "failed", "ListAssociations", why)
