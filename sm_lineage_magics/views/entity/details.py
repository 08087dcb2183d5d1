"""All that is known of an entity, as a report.

>>> print(details(answer).to("text"))
fg:customers
…
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from ...model import (
    Answer,
    Direction,
    Entity,
    LineageGraph,
    Report,
    Section,
    columns_of,
    reference_of,
    role_of,
    vocabulary,
)
from ...model.wording import some
from ...query.evidence.recorded import features_of
from .values import readable

FACTS = ("What", "Value")
NEIGHBOURS = ("Entity", "What", "As")
FEATURES = ("Feature", "Type")
COLUMNS = ("Column", "Comes from", "How")

# What is shown in full, under a heading of its own, and the language it is in.
_TEXTS = {vocabulary.QUERY: "sql", vocabulary.SOURCE: "python"}
# Entities told in full; of a larger selection the table is what helps.
MOST = 20


def details(answer: Answer) -> Report:
    """Facts, properties, texts and direct neighbours of every entity found."""
    told = ((entity, _headed(entity, answer)) for entity in answer[:MOST])
    sections = tuple(part for each in told for part in _entity(*each, answer.graph))
    title = some(str(reference_of(entity)) for entity in answer) or str(answer.question)
    return Report(title, tuple(_left_out(answer)), sections, Answer(gaps=answer.gaps))


def _left_out(answer: Answer) -> Iterator[str]:
    if len(answer) > MOST:
        yield f"The first {MOST} of {len(answer)}; --as table lists them all."


def _headed(entity: Entity, answer: Answer) -> str:
    """The name of one of several; of one alone the title says it."""
    return str(reference_of(entity)) if len(answer) > 1 else "Facts"


def _entity(entity: Entity, heading: str, graph: LineageGraph) -> Iterator[Section]:
    yield Section(heading, FACTS, tuple(_facts(entity)))
    yield from _table("Properties", FACTS, _properties(entity))
    yield from _table("Features", FEATURES, features_of(entity).items())
    yield from _table("Columns", COLUMNS, _columns(entity))
    for name, language in _TEXTS.items():
        if name in entity.properties:
            yield Section(name, code=entity.properties[name], language=language)
    yield from _neighbours("Built from", entity.arn, graph, "upstream")
    yield from _neighbours("Built from it", entity.arn, graph, "downstream")


def _facts(entity: Entity) -> Iterator[tuple[str, str]]:
    known = {
        "Name": entity.name,
        "Role": role_of(entity),
        "Type": f"{entity.kind} {entity.type}".rstrip(),
        "Status": entity.status,
        "Source": entity.source_uri,
        "ARN": entity.arn,
        "Created": entity.created,
        "Modified": entity.modified,
        "By": entity.created_by,
    }
    yield from ((name, readable(str(value))) for name, value in known.items() if value)
    yield from ((_heading(k), _text(v)) for k, v in entity.details.items() if v)


def _properties(entity: Entity) -> Iterator[tuple[str, str]]:
    """The properties that are told nowhere else."""
    told = {*_TEXTS}
    told |= {vocabulary.FEATURES} if features_of(entity) else set()
    told |= {vocabulary.COLUMNS} if columns_of(entity) else set()
    return ((k, readable(v)) for k, v in entity.properties.items() if k not in told)


def _columns(entity: Entity) -> Iterator[tuple[str, str, str]]:
    for column, sources in columns_of(entity).items():
        yield from ((column, f"{each.feature_group}.{each.column}", each.how) for each in sources)


def _table(
    title: str, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]
) -> Iterable[Section]:
    kept = tuple(rows)
    return (Section(title, columns, kept),) if kept else ()


def _neighbours(
    title: str, arn: str, graph: LineageGraph, direction: Direction
) -> Iterable[Section]:
    rows = tuple(
        (_named(near, graph), _role(near, graph), edge.type or "")
        for near, edge in graph.step([arn], direction)
    )
    return _table(title, NEIGHBOURS, rows)


def _named(arn: str, graph: LineageGraph) -> str:
    return str(reference_of(graph.entities[arn])) if arn in graph else arn


def _role(arn: str, graph: LineageGraph) -> str:
    return role_of(graph.entities[arn]) if arn in graph else "not there"


def _heading(key: str) -> str:
    return key.replace("_", " ").capitalize()


def _text(value: Any) -> str:
    if isinstance(value, str):
        return readable(value)
    return readable(json.dumps(value, default=str, ensure_ascii=False))
