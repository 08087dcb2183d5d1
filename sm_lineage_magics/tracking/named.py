"""What the person says of a cell beside its code: its sources, links they know of, a note.

>>> named(facts, sources=["s3://shop/raw.csv"], note="after the fix").links[-1].trust
'named'
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..model import Association, Entity, Gap, Role, role_of, vocabulary
from .data.datasets import dataset
from .data.locations import location
from .facts import Facts, Link

# What stands beside data: without data of its own, something came from a source not seen.
_BESIDE: frozenset[Role] = frozenset(("code", "image"))
NAMED = "named by the user"
_NO_MODEL = (
    "No model was seen in the cell, so nothing is called that. Seen are training jobs, and objects "
    "whose `fit` has left attributes that end in `_`, as scikit-learn's does."
)


def with_note(facts: Facts, code: Entity, note: str) -> Facts:
    """The facts, with a note on the cell's code."""
    noted = replace(code, properties={**code.properties, vocabulary.NOTE: note})
    return replace(facts, entities=tuple(noted if e.arn == code.arn else e for e in facts.entities))


def with_links(facts: Facts, ends: Iterable[tuple[Entity, Entity]]) -> Facts:
    """The facts, with links the person named; an inferred one between the same two is theirs."""
    links = [
        (Association(source.arn, destination.arn, "ContributedTo"), source, destination)
        for source, destination in ends
    ]
    entities = tuple(entity for _, *both in links for entity in both)
    return Facts(entities, tuple(Link(edge, NAMED, "named") for edge, *_ in links)) | facts


def with_sources(facts: Facts, uris: Sequence[str]) -> Facts:
    """The facts, with data sets named as sources of what else in the cell has none."""
    sources = [dataset(location(uri)) for uri in uris]
    made = _without_data(facts)
    facts = with_links(facts, [(source, each) for source in sources for each in made])
    gaps = () if made or not sources else (_no_use(sources),)
    return Facts(tuple(sources), (), gaps) | facts


def with_model_named(facts: Facts, name: str) -> Facts:
    """The facts, which say so where the cell made nothing that could be called `name`."""
    if any(role_of(entity) == "model" for entity in facts.entities):
        return facts
    return replace(facts, gaps=(*facts.gaps, Gap("unresolved", name, _NO_MODEL)))


def find_in(facts: Facts, text: str) -> Entity | None:
    """The entity of these facts that a person calls `text`: its URI, path, name or label."""
    wanted = (text, location(text) if text else "")
    found = [e for e in facts.entities if e.source_uri in wanted or text in (e.name, e.label)]
    return found[0] if len(found) == 1 else None


def _without_data(facts: Facts) -> list[Entity]:
    """What was made in the cell and to which no data is seen to have come."""
    fed: dict[str, list[Entity]] = {}
    entities = {entity.arn: entity for entity in facts.entities}
    for link in facts.links:
        edge = link.association
        if edge.source in entities and edge.destination in entities:
            fed.setdefault(edge.destination, []).append(entities[edge.source])
    return [
        entities[arn]
        for arn, sources in fed.items()
        if all(role_of(source) in _BESIDE for source in sources)
    ]


def _no_use(sources: Iterable[Entity]) -> Gap:
    names = ", ".join(source.label for source in sources)
    why = "Nothing the cell made is without a data source. Say what came of it with --link A B."
    return Gap("unresolved", names, why)


def without(facts: Facts, entity: Entity) -> Facts:
    """The facts without an entity and its links."""
    entities = tuple(each for each in facts.entities if each.arn != entity.arn)
    links = tuple(each for each in facts.links if entity.arn not in each.association.pair)
    return replace(facts, entities=entities, links=links)
