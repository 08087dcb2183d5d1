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
    reference_of,
    role_of,
    vocabulary,
)

FACTS = ("What", "Value")
NEIGHBOURS = ("Entity", "What", "As")

# What is shown in full, under a heading of its own, and the language it is in.
_TEXTS = {vocabulary.QUERY: "sql", vocabulary.SOURCE: "python"}
# Entities told in full; of a larger selection the table is what helps.
MOST = 20


def details(answer: Answer) -> Report:
    """Facts, properties, texts and direct neighbours of every entity found."""
    sections = tuple(part for entity in answer[:MOST] for part in _entity(entity, answer.graph))
    title = ", ".join(str(reference_of(entity)) for entity in answer[:3]) or str(answer.question)
    return Report(title, tuple(_left_out(answer)), sections, Answer(gaps=answer.gaps))


def _left_out(answer: Answer) -> Iterator[str]:
    if len(answer) > MOST:
        yield f"The first {MOST} of {len(answer)}; --as table lists them all."


def _entity(entity: Entity, graph: LineageGraph) -> Iterator[Section]:
    yield Section(str(reference_of(entity)), FACTS, tuple(_facts(entity)))
    plain = {k: v for k, v in entity.properties.items() if k not in _TEXTS}
    if plain:
        yield Section("Properties", FACTS, tuple(plain.items()))
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
    yield from ((name, str(value)) for name, value in known.items() if value)
    yield from ((_heading(k), _text(v)) for k, v in entity.details.items() if v)


def _neighbours(
    title: str, arn: str, graph: LineageGraph, direction: Direction
) -> Iterable[Section]:
    rows = tuple(
        (_named(near, graph), _role(near, graph), edge.type or "")
        for near, edge in graph.step([arn], direction)
    )
    return (Section(title, NEIGHBOURS, rows),) if rows else ()


def _named(arn: str, graph: LineageGraph) -> str:
    return str(reference_of(graph.entities[arn])) if arn in graph else arn


def _role(arn: str, graph: LineageGraph) -> str:
    return role_of(graph.entities[arn]) if arn in graph else "not there"


def _heading(key: str) -> str:
    return key.replace("_", " ").capitalize()


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, default=str, ensure_ascii=False)
