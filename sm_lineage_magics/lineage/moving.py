"""In and out: lineage to files and back, from an account and to it, and what the account allows.

>>> mirror.pull(account)
Pulled(entities=812, associations=2210, unchanged=0)
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ..backends import Backend
from ..errors import QuestionError
from ..model import Answer, LineageGraph, Question
from ..query.selectors import Selector
from .subjects import Subject, entities_of, text_of

if TYPE_CHECKING:
    from ..backends.local import LocalBackend
    from ..backends.sagemaker import SageMakerBackend
    from ..model import Plan, Receipt, Report
    from ..tracking.mirror import Pulled


class Moving:
    """What brings lineage into one backend, or takes it elsewhere; part of `Lineage`."""

    backend: Backend

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
        from . import files

        return self._plan(files.read(file).graph, f"import {file}")

    def import_(self, file: str | Path) -> Receipt:
        """Bring in a file that `export` wrote as JSON, or OpenLineage events of any tool.

        Raises:
            FormatError: when it is no such file.
        """
        return self.backend.apply(self.plan_import(file))

    def load(self, graph: LineageGraph, title: str = "load") -> Receipt:
        """Write a whole graph; what is there already is merged into."""
        return self.backend.apply(self._plan(graph, title))

    def pull(self, account: Moving, since: datetime | None = None) -> Pulled:
        """Bring what an account has recorded into this embedded store.

        Args:
            account: the lineage of an account, `Lineage.open("sagemaker")`.
            since: only what was made or changed since then; all of it when None.

        Raises:
            QuestionError: when this is no embedded store, or the other no account.
        """
        from ..tracking.mirror import pull

        return pull(account._account(), self._embedded(), since)

    def plan_push(self, account: Moving) -> Plan:
        """What `push` would write."""
        from ..tracking.mirror import plan_push

        return plan_push(self._embedded(), account._account())

    def push(self, account: Moving) -> Receipt:
        """Write what was recorded in this embedded store to an account.

        Args:
            account: the lineage of an account, `Lineage.open("sagemaker")`.

        Raises:
            QuestionError: when this is no embedded store, or the other no account.
        """
        return account.backend.apply(self.plan_push(account))

    def quota(self) -> Report:
        """How many entities and associations the account may still be given by hand.

        Raises:
            QuestionError: when this is no account.
        """
        from ..model import Report, Section

        used = self._account().usage()
        full = [use.kind for use in used if use.nearly_full]
        said = f"Nearly full: {', '.join(full)}. Ask AWS Support for more." if full else "All well."
        rows = tuple((u.kind, str(u.by_hand), str(u.limit), str(u.automatic)) for u in used)
        columns = ("Kind", "Made by hand, at most", "Limit", "Made by SageMaker, uncounted")
        return Report("Quota", (said,), (Section("This account", columns, rows),))

    def _embedded(self) -> LocalBackend:
        from ..backends.local import LocalBackend

        if not isinstance(self.backend, LocalBackend):
            raise QuestionError(
                f"{self.backend.name} is no embedded store. Expected Lineage.open() or "
                "Lineage.open(FILE)."
            )
        return self.backend

    def _account(self) -> SageMakerBackend:
        from ..backends.sagemaker import SageMakerBackend

        if not isinstance(self.backend, SageMakerBackend):
            raise QuestionError(
                f'{self.backend.name} is no account. Expected Lineage.open("sagemaker").'
            )
        return self.backend

    def _plan(self, graph: LineageGraph, title: str) -> Plan:
        from ..model import Plan

        return Plan.of(graph, self.backend.existing(graph.entities.values()), title)

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
