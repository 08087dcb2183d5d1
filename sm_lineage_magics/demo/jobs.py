"""Jobs, and what flows through them, as SageMaker draws it by itself.

>>> flow(processing(shop, "clean", monday, [raw], [clean]), [raw], [clean])
LineageGraph(…)                           # raw —ContributedTo→ job —Produced→ clean
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from ..model import Association, AssociationType, Entity, LineageGraph
from .account import Account, Stamp

Places = Mapping[str, Entity]


class Built(NamedTuple):
    """Something built, with the lineage that leads to it."""

    entity: Entity
    graph: LineageGraph


def job(
    account: Account,
    type: str,
    name: str,
    made: Stamp,
    inputs: Places,
    outputs: Places,
    parameters: Mapping[str, Any] | None = None,
) -> LineageGraph:
    """A completed `processing`, `training` or `transform` job with what it read and wrote.

    Args:
        inputs: what it read, by the name of its channel or input; `code` and `image` too.
        outputs: what it wrote, by name.
        parameters: its hyper-parameters.
    """
    job_name, word = f"{name}-{made.suffix}", type.capitalize()
    component = account.trial_component(
        f"{word}Job",
        f"{job_name}-aws-{type}-job",
        account.resources.arn(f"{type}-job", job_name),
        made,
        source_type=f"SageMaker{word}Job",
        parameters=dict(parameters or {}),
        input_artifacts=_values(inputs),
        output_artifacts=_values(outputs),
    )
    return flow(component, inputs.values(), outputs.values())


def flow(through: Entity, inputs: Iterable[Entity], outputs: Iterable[Entity] = ()) -> LineageGraph:
    """Everything that contributed to a job or query, and everything it produced."""
    read, written = tuple(inputs), tuple(outputs)
    return LineageGraph.of(
        (*read, through, *written),
        (
            *(link(each, through, "ContributedTo") for each in read),
            *(link(through, each, "Produced", through) for each in written),
        ),
    )


def link(
    source: Entity, destination: Entity, type: AssociationType, by: Entity | None = None
) -> Association:
    """An association, made when and by whom `by` was; when the destination was, unless given."""
    made = by or destination
    return Association(source.arn, destination.arn, type, made.created, made.created_by)


def joined(graphs: Sequence[LineageGraph]) -> LineageGraph:
    """All of them as one."""
    return LineageGraph.of(
        (entity for graph in graphs for entity in graph.entities.values()),
        (association for graph in graphs for association in graph.associations),
    )


def _values(places: Places) -> dict[str, Any]:
    return {name: {"value": entity.source_uri} for name, entity in places.items()}
