"""Data sets of which one lies inside another: a file written into a folder that a job reads.

>>> [link.evidence for link in inside(facts, memory).links]
['s3://shop/train/part-1.csv lies inside s3://shop/train/']
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..model import Association, Entity, role_of
from .facts import Facts, Link
from .memory import Memory, made_by


def inside(facts: Facts, memory: Memory) -> Facts:
    """The facts, with links from what was made to what was used, where one lies in the other.

    A link is drawn only where one side was made and the other was used, now or in an earlier
    cell: two data sets of one bucket that have nothing else to do with each other stay apart.
    """
    edges = [link.association for link in facts.links]
    made = made_by(facts) | memory.made
    used = {edge.source for edge in edges} | memory.used
    new = {entity.arn for entity in facts.entities}
    known = {**memory.entities, **{entity.arn: entity for entity in facts.entities}}
    found = [
        (a, b)
        for pair in _nested(known.values())
        for a, b in (pair, pair[::-1])
        if a.arn in made and b.arn in used - made and not new.isdisjoint((a.arn, b.arn))
    ]
    links = (Link(Association(a.arn, b.arn, "DerivedFrom"), _why(a, b), "inside") for a, b in found)
    return facts | Facts(tuple(each for pair in found for each in pair), tuple(links))


def _nested(entities: Iterable[Entity]) -> Iterator[tuple[Entity, Entity]]:
    """Pairs of data sets; the first lies inside the second, with none of the others between."""
    sets = {_folder(e.source_uri): e for e in entities if role_of(e) in ("dataset", "model")}
    for folder, entity in sets.items():
        parent = folder
        while "/" in parent.removeprefix(_scheme(folder)):
            parent = parent.rpartition("/")[0]
            if parent in sets:
                yield entity, sets[parent]
                break


def _folder(uri: str) -> str:
    return uri.rstrip("/")


def _scheme(uri: str) -> str:
    return uri[: uri.find("://") + 3]


def _why(one: Entity, other: Entity) -> str:
    inner, outer = sorted((one.source_uri, other.source_uri), key=len, reverse=True)
    return f"{inner} lies inside {outer}"
