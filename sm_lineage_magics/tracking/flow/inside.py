"""One URI inside another: an object that was made, and the prefix a job read it through.

The same URI on both sides needs no matching: it is the same artifact.

>>> [link.evidence for link in inside(facts, Memory()).links]
['s3://shop/train/part-0.csv is inside s3://shop/train/']
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ...model import Association, Entity, LineageGraph, role_of, walk
from ..facts import Facts, Link
from .memory import Memory, made_by

_BESIDE = frozenset({"code", "image", "feature-group"})
Pair = tuple[Entity, Entity]


def inside(facts: Facts, memory: Memory) -> Facts:
    """The facts, with links between what was made and what was read, one within the other.

    An object made within a prefix that was read contributed to it; a prefix that was made
    contributed to what was read within it, the nearest such prefix only. Either may have been
    seen in an earlier cell. Two places that nothing made, or nothing read, stay apart.
    """
    known = {**memory.entities, **{entity.arn: entity for entity in facts.entities}}
    places = _by_uri(known.values())
    sources = {link.association.source for link in facts.links}
    made = {uri: e for uri, e in places.items() if e.arn in made_by(facts) | memory.made}
    read = {uri: e for uri, e in places.items() if e.arn in sources | memory.used}
    found = list(_news((*_outward(made, read), *_inward(made, read)), facts))
    ends = tuple(entity for pair in found for entity in pair)
    return facts | Facts(ends, tuple(_link(*pair) for pair in found))


def _outward(made: Mapping[str, Entity], read: Mapping[str, Entity]) -> Iterator[Pair]:
    """Each thing made, with every prefix around it that was read."""
    for uri, entity in made.items():
        yield from ((entity, read[around]) for around in _around(uri) if around in read)


def _inward(made: Mapping[str, Entity], read: Mapping[str, Entity]) -> Iterator[Pair]:
    """The nearest prefix around each thing read that was made, unless the thing itself was."""
    for uri, entity in read.items():
        if uri not in made:
            nearest = next((around for around in _around(uri) if around in made), None)
            if nearest is not None:
                yield made[nearest], entity


def _news(pairs: Iterable[Pair], facts: Facts) -> Iterator[Pair]:
    """The pairs these facts have a part in, and that would not close a circle.

    A job that reads a prefix and writes into it read what was there before.
    """
    new = {entity.arn for entity in facts.entities}
    linked = {link.association.pair for link in facts.links}
    graph = facts.graph
    for source, destination in pairs:
        pair = source.arn, destination.arn
        news = pair not in linked and not new.isdisjoint(pair)
        if news and not _leads(graph, destination.arn, source.arn):
            yield source, destination


def _leads(graph: LineageGraph, start: str, end: str) -> bool:
    def step(frontier: Sequence[str]) -> Iterator[tuple[str, None]]:
        return ((e.destination, None) for arn in frontier for e in graph.outgoing.get(arn, ()))

    return any(end in nodes for _, nodes, _ in walk([start], step))


def _around(uri: str) -> Iterator[str]:
    """The prefixes a URI is in, the nearest first; a whole bucket is none.

    They end at a `/`: `s3://b/train` holds nothing of `s3://b/train-2/`, though S3 itself would
    list both.
    """
    scheme, _, path = uri.partition("://")
    while path.count("/") > 1:
        path = path.rpartition("/")[0]
        yield f"{scheme}://{path}"


def _by_uri(entities: Iterable[Entity]) -> dict[str, Entity]:
    """Data among these entities, by its URI without the slash at the end."""
    return {
        entity.source_uri.rstrip("/"): entity
        for entity in entities
        if entity.kind == "Artifact"
        and "://" in entity.source_uri
        and role_of(entity) not in _BESIDE
    }


def _link(source: Entity, destination: Entity) -> Link:
    shorter, longer = sorted((source.source_uri, destination.source_uri), key=len)
    edge = Association(source.arn, destination.arn, "ContributedTo")
    return Link(edge, f"{longer} is inside {shorter}", "inside")
