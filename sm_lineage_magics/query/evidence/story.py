"""The story of a model: all it was made from, and where it answers.

What was made with it is not part of that: predictions it wrote, models trained on top of it.

>>> [entity.label for entity in story_of(before_and_after)]
['train', 'train.csv', …, 'churn/1', 'churn-endpoint']
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ...errors import QuestionError
from ...model import Answer, Entity, LineageGraph, Role, quoted, role_of, walk
from ...model.wording import role_name
from .approval import approvals_of
from .called import typed

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
    name = quoted(typed(subject))
    raise QuestionError(
        f"{name} is no model or endpoint. %lineage models {name} lists the models it led to; "
        f"%lineage impact {name} tells all that depends on it."
    )


def require_comparable(before: Entity, after: Entity) -> None:
    """Refuse to compare what has no parts in common: a model and a data set.

    Raises:
        QuestionError: when they are of different kinds, and not both of what answers.
    """
    roles = (role_of(before), role_of(after))
    if len(set(roles)) == 1 or _ANSWERING.issuperset(roles):
        return
    names = quoted(typed(before)), quoted(typed(after))
    kinds = [f"{name} ({role_name(role)})" for name, role in zip(names, roles, strict=True)]
    raise QuestionError(
        f"{' and '.join(kinds)} cannot be compared part by part. Expected two models, packages or "
        f"endpoints, or two of another kind; %lineage path {' '.join(names)} tells how one leads "
        "to the other."
    )
