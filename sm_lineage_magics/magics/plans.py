"""Plans as tables: what would be written, line by line, each with its reason.

>>> report_of(plan).summary
('2 to create, 1 to link; nothing is written yet.',)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ..model import Answer, Entity, LineageGraph, Plan, Question, Report, Section, reference_of
from ..model.role import role_of

ENTITY_COLUMNS = ("Act", "Entity", "What", "Why")
LINK_COLUMNS = ("Act", "From", "To", "As", "Why")


def report_of(plan: Plan, title: str = "Plan") -> Report:
    """A plan to be read before it is carried out."""
    return Report(
        title,
        (f"{_counted(plan)}; nothing is written yet.",),
        (
            Section("Entities", ENTITY_COLUMNS, tuple(_entities(plan))),
            Section("Associations", LINK_COLUMNS, tuple(_links(plan))),
        ),
        Answer(_graph(plan), question=Question("plan")),
    )


def _counted(plan: Plan) -> str:
    acts = Counter[str](planned.act for planned in plan.entities)
    acts.update(link.act for link in plan.links)
    return ", ".join(f"{count} to {act}" for act, count in acts.items()) or "Nothing to do"


def _entities(plan: Plan) -> Iterable[tuple[str, ...]]:
    for planned in plan.entities:
        entity = planned.entity
        yield planned.act, str(reference_of(entity)), role_of(entity), planned.reason


def _links(plan: Plan) -> Iterable[tuple[str, ...]]:
    names = {planned.key: planned.entity for planned in plan.entities}
    for planned in plan.links:
        edge = planned.association
        ends = (_name(names.get(arn), arn) for arn in edge.pair)
        yield planned.act, *ends, edge.type or "", planned.reason or planned.evidence


def _name(entity: Entity | None, arn: str) -> str:
    return arn if entity is None else str(reference_of(entity))


def _graph(plan: Plan) -> LineageGraph:
    return LineageGraph.of(
        (planned.entity for planned in plan.entities),
        (planned.association for planned in plan.links if planned.act != "skip"),
    )
