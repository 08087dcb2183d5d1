"""From what a caller says of a training run to facts: what AWS describes, and what was named.

>>> facts = facts_of(Told("train-fraud", query="SELECT …", feature_groups=("claims",)), clients)
>>> {link.trust for link in facts.links}
{'recorded', 'named'}

What AWS describes is drawn as it describes it. What only the caller knows is drawn between what
they named, and never where a description says otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ..errors import QuestionError
from ..model import Entity, LineageGraph, role_of
from ..query.traverse import descendants
from ..tracking.describe import Clients, describe
from ..tracking.describe.ask import Ask
from ..tracking.describe.drawing import Drawing, artifact, combined
from ..tracking.describe.queries import draw_text
from ..tracking.facts import Facts, Resource
from ..tracking.flow.inside import inside
from ..tracking.flow.memory import Memory
from ..tracking.recognise import recognise

_NAMED = "named in create_ml_lineage"


@dataclass(frozen=True)
class Told:
    """What the caller of `create_ml_lineage` says.

    Attributes:
        training: the name of the training job.
        model: the name of the SageMaker model.
        query: the SQL that selected the training data.
        feature_groups: names of the feature groups it was selected from.
        processing: the name of the processing job before them.
        repo_links: ("processing_code" or "training_code", page on the git host).
    """

    training: str
    model: str | None = None
    query: str | None = None
    feature_groups: tuple[str, ...] = ()
    processing: str | None = None
    repo_links: tuple[tuple[str, str], ...] = ()

    @property
    def resources(self) -> Iterator[Resource]:
        """What there is to describe."""
        yield Resource("training-job", self.training)
        yield from (Resource("model", name) for name in (self.model,) if name)
        yield from (Resource("feature-group", name) for name in self.feature_groups)
        yield from (Resource("processing-job", name) for name in (self.processing,) if name)


def training_job(estimator: Any) -> str:
    """The name of the training job of an estimator; a name is taken as it is.

    Raises:
        QuestionError: when it was never trained, or is no estimator.
    """
    if isinstance(estimator, str):
        return estimator
    names = [each.name for each in recognise(estimator) if each.type == "training-job"]
    if not names:
        raise QuestionError(
            f"{type(estimator).__name__} speaks of no training job. Expected a trained "
            "estimator, or the name of a training job."
        )
    return names[0]


def facts_of(told: Told, clients: Clients) -> Facts:
    """The facts of a training run.

    Raises:
        QuestionError: when the training job cannot be described or has made no model.
    """
    described = inside(describe(told.resources, clients), Memory())
    model_uri(described)
    run = _Run(told, described)
    named = Drawing(_NAMED)
    run.draw_code(named)
    run.draw_processing(named)
    run.draw_selection(named, Ask(clients, told.feature_groups))
    return combined([described, named.facts])


def model_uri(facts: Facts) -> str:
    """Where the model of a training run is.

    Raises:
        QuestionError: when there is none.
    """
    made = [entity for entity in facts.entities if _made_by_training(entity, facts.graph)]
    if not made:
        seen = "; ".join(gap.why for gap in facts.gaps) or "it has made none yet, or has failed."
        raise QuestionError(f"No model of this training job is known: {seen}")
    return made[0].source_uri


def _made_by_training(entity: Entity, graph: LineageGraph) -> bool:
    makers = (graph.entities[edge.source] for edge in graph.incoming.get(entity.arn, ()))
    return role_of(entity) == "model" and any(maker.type == "TrainingJob" for maker in makers)


class _Run:
    """One training run: the jobs, the data and the feature groups that were described."""

    def __init__(self, told: Told, described: Facts) -> None:
        self._told, self._graph = told, described.graph
        self._training = self._job("TrainingJob", told.training)
        self._processing = self._job("ProcessingJob", told.processing)
        self._groups = self._all(lambda e: e.name in told.feature_groups, "feature-group")
        read = {edge.source for edge in self._graph.incoming.get(self._training.arn, ())}
        self._data = self._all(lambda e: e.arn in read, "dataset")

    def draw_code(self, named: Drawing) -> None:
        """Scripts by the links of `get_repo_link`, each to the job that ran it."""
        jobs = {"training_code": self._training, "processing_code": self._processing}
        for kind, link in self._told.repo_links:
            job = jobs.get(kind)
            if job is None:
                named.gap("unresolved", link, f"There is no job to link this {kind} to.")
            else:
                named.link(artifact("Code", link), job, "ContributedTo", trust="named")

    def draw_processing(self, named: Drawing) -> None:
        """What the processing job made, unless its own description tells."""
        if self._processing is None:
            return
        made = descendants(self._graph, [self._processing.arn])
        wanted = self._groups or self._data
        if not any(entity in made.entities for entity in wanted):
            for entity in wanted:
                named.link(self._processing, entity, "Produced", trust="named")

    def draw_selection(self, named: Drawing, ask: Ask) -> None:
        """From the feature groups to the training data, through the query where there is one."""
        if not self._told.query:
            _all_to_all(named, self._groups, self._data)
            return
        job, uri = self._training.name, f"{self._training.source_uri}#query"
        ran = draw_text(named, f"query-{job}", uri, self._told.query, ask)
        for data in self._data:
            named.link(ran, data, "Produced", trust="named")
        self._draw_unread(named, ran)

    def _draw_unread(self, named: Drawing, ran: Entity) -> None:
        """Groups that were named and that the query is not seen to read."""
        graph = named.facts.graph
        read = {edge.source for edge in graph.incoming.get(ran.arn, ())}
        unread = [group for group in self._groups if group.arn not in read]
        if len(unread) == len(self._groups):
            _all_to_all(named, unread, [ran])
            return
        for group in unread:
            named.gap("unresolved", group.name, "The query does not read it; it was not linked.")

    def _job(self, type: str, name: str | None) -> Any:
        found = self._all(lambda e: e.type == type and e.name == name, "job")
        return found[0] if found else None

    def _all(self, wanted: Callable[[Entity], bool], role: str) -> list[Entity]:
        return [e for e in self._graph.entities.values() if role_of(e) == role and wanted(e)]


def _all_to_all(named: Drawing, sources: Iterable[Entity], destinations: list[Entity]) -> None:
    for source in sources:
        for destination in destinations:
            named.link(source, destination, "ContributedTo", trust="named")
