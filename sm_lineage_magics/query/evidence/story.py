"""The story of a model: all it was made from, and where it answers.

What was made with it is not part of that: predictions it wrote, models trained on top of it.

>>> [entity.label for entity in story_of(before_and_after)]
['train', 'train.csv', …, 'churn/1', 'churn-endpoint']
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ...errors import QuestionError
from ...model import Answer, LineageGraph, Role, quoted, reference_of, role_of, walk
from .approval import approvals_of

SERVING: frozenset[Role] = frozenset(
    {"package", "package-group", "approval", "deployment", "endpoint"}
)

_ANSWERING: frozenset[Role] = SERVING | {"model", "checkpoint"}


def story_of(answer: Answer) -> Answer:
    """Of what lies before and after the focus: all before it, and what serves it."""
    graph = answer.graph
    before = graph.distances(answer.focus, "upstream")
    served = {*before, *_serving(graph, answer.focus)}
    # An approval lies before the package that serves, not before the model.
    approvals = (each.arn for arn in served for each in approvals_of(graph, arn))
    kept = {*served, *approvals}
    return replace(answer, graph=graph.induced(arn for arn in graph.entities if arn in kept))


def _serving(graph: LineageGraph, focus: Iterable[str]) -> Iterator[str]:
    def step(frontier: Iterable[str]) -> Iterator[tuple[str, None]]:
        for arn in graph.downstream_of(frontier):
            entity = graph.entities.get(arn)
            if entity is not None and role_of(entity) in SERVING:
                yield arn, None

    return (arn for _, nodes, _ in walk(focus, step) for arn in nodes)


def require_answering(answer: Answer) -> None:
    """Refuse a story in which nothing answers: of a feature group, of raw data.

    Raises:
        QuestionError: when no model, package or endpoint is in it.
    """
    entities = answer.graph.entities
    subject = next((entities[arn] for arn in answer.focus if arn in entities), None)
    # Of a moment at which the subject was not recorded yet, its gap tells all there is.
    if subject is None or any(role_of(each) in _ANSWERING for each in entities.values()):
        return
    name = quoted(str(reference_of(subject)))
    raise QuestionError(
        f"{name} is no model or endpoint. %lineage models {name} lists the models it led to; "
        f"%lineage impact {name} tells all that depends on it."
    )
