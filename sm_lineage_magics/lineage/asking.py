"""The questions of lineage: what something was built from, what was built from it, what there is.

>>> [entity.label for entity in lineage.feature_groups("model:churn")]
['customers', 'orders']
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, TypedDict

from ..backends import Backend
from ..model import Answer, Direction, Entity, EntityFilter, Question
from ..query.filters import narrowed
from ..query.nouns import noun_of
from .record import Record
from .subjects import Subject, entity_of, text_of

if TYPE_CHECKING:
    from typing_extensions import Unpack


class Walked(TypedDict, total=False):
    """How far is looked, and for what; every question of lineage takes these.

    Attributes:
        depth: levels to go, None for all.
        only: which entities are wanted; those on the way to them are left out.
        as_of: the moment whose knowledge is asked for; in UTC where it has no time zone.
    """

    depth: int | None
    only: EntityFilter | None
    as_of: datetime | None


class Asked(Walked, total=False):
    """What the questions by a noun take besides.

    Attributes:
        way: whether the answer's graph is to hold what lies between, which on Amazon SageMaker
            costs calls; it is when nothing is said.
    """

    way: bool


class Asking:
    """Questions about what one backend keeps; part of `Lineage`."""

    backend: Backend

    def entity(self, subject: Subject) -> Entity:
        """The one entity a name, a reference or an answer means.

        Raises:
            EntityNotFound: with the nearest names.
            AmbiguousName: with all of them; none is picked.
        """
        return entity_of(self.backend, subject)

    def upstream(self, subject: Subject, **options: Unpack[Walked]) -> Answer:
        """Everything `subject` was built from.

        Args:
            subject: a reference, a selector, an entity, or an answer.
            options: see `Walked`.
        """
        return self._walk("upstream", subject, **options)

    def downstream(self, subject: Subject, **options: Unpack[Walked]) -> Answer:
        """Everything built from `subject`; see `Walked` for the options."""
        return self._walk("downstream", subject, **options)

    def sources(self, subject: Subject, **options: Unpack[Asked]) -> Answer:
        """The data sets `subject` was built from that nothing else produced."""
        return self.ask("sources", subject, **options)

    def datasets(self, subject: Subject, **options: Unpack[Asked]) -> Answer:
        """The data sets before and after `subject`."""
        return self.ask("datasets", subject, **options)

    def feature_groups(self, subject: Subject, **options: Unpack[Asked]) -> Answer:
        """The feature groups before and after `subject`."""
        return self.ask("feature-groups", subject, **options)

    def queries(self, subject: Subject, **options: Unpack[Asked]) -> Answer:
        """The queries before and after `subject`."""
        return self.ask("queries", subject, **options)

    def code(self, subject: Subject, **options: Unpack[Asked]) -> Answer:
        """The scripts and cells before and after `subject`."""
        return self.ask("code", subject, **options)

    def jobs(self, subject: Subject, **options: Unpack[Asked]) -> Answer:
        """The jobs before and after `subject`."""
        return self.ask("jobs", subject, **options)

    def models(self, subject: Subject, **options: Unpack[Asked]) -> Answer:
        """The models before and after `subject`."""
        return self.ask("models", subject, **options)

    def endpoints(self, subject: Subject, **options: Unpack[Asked]) -> Answer:
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
        """One of the questions of `query.nouns`, by its word; see `Asked` for the options.

        Args:
            noun: a word of `query.nouns.NOUNS`.
            subject: what it is asked of.
            depth: levels to go, None for all.
            only: which of them are wanted.
            as_of: the moment whose knowledge is asked for.
            way: whether the answer's graph is to hold what lies between.

        Raises:
            QuestionError: when it is no such word.
        """
        asked = noun_of(noun)
        wanted = None if way or as_of or asked.only_origins else asked.wanted
        record = Record(self.backend, as_of)
        walked = record.walked(asked.direction, subject, asked.levels(depth), wanted)
        answer = asked.of(walked, depth)
        answer = narrowed(answer, only) if only else answer
        return answer.asked(Question(noun, (text_of(subject),), {"depth": depth}))

    def show(self, subject: Subject, *, as_of: datetime | None = None) -> Answer:
        """The entities `subject` means, with all that is known of them and their neighbours.

        Args:
            subject: what to look up.
            as_of: the moment whose knowledge is asked for.
        """
        answer = Record(self.backend, as_of).close_up(subject)
        return answer.asked(Question("show", (text_of(subject),)))

    def find(
        self,
        text: str,
        *,
        only: EntityFilter | None = None,
        as_of: datetime | None = None,
        limit: int | None = 100,
    ) -> Answer:
        """Entities whose name or source contains `text`, newest first; options as of `ls`."""
        return Record(self.backend, as_of).listed(Question("find", (text,)), text, only, limit)

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
        return Record(self.backend, as_of).listed(Question("ls"), None, only, limit)

    def _walk(
        self,
        direction: Direction,
        subject: Subject,
        *,
        depth: int | None = None,
        only: EntityFilter | None = None,
        as_of: datetime | None = None,
    ) -> Answer:
        answer = Record(self.backend, as_of).walked(direction, subject, depth)
        answer = narrowed(answer, only) if only else answer
        return answer.asked(Question(direction, (text_of(subject),), {"depth": depth}))
