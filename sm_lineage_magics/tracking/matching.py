"""One URI inside another: an object that was made, and the prefix a job read it through.

The same URI on both sides needs no matching: it is the same artifact.

>>> [link.evidence for link in inside(facts)]
['s3://shop/train/part-0.csv is inside s3://shop/train/']
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..model import Association, Entity, role_of
from .facts import Facts, Link

_BESIDE = frozenset({"code", "image", "feature-group"})


def inside(facts: Facts) -> tuple[Link, ...]:
    """Links between what was made and what was read, where one is a place within the other.

    An object made within a prefix that was read contributed to it; a prefix made by a job
    contributed to what was read within it, the nearest such prefix only. Prefixes end at a `/`:
    `s3://b/train` holds nothing of `s3://b/train-2/`, though S3 itself would list both.
    """
    made = _by_uri(facts, {link.association.destination for link in facts.links})
    read = _by_uri(facts, {link.association.source for link in facts.links})
    links = {}
    for inner, outer in (*_outward(made, read), *_inward(made, read)):
        links[inner.arn, outer.arn] = inner, outer
    known = {link.association.pair for link in facts.links}
    return tuple(
        _link(source, destination)
        for pair, (source, destination) in links.items()
        if pair not in known and pair[::-1] not in known
    )


def with_inside(facts: Facts) -> Facts:
    """The facts, with the links of `inside`."""
    return facts | Facts(links=inside(facts))


def _outward(
    made: Mapping[str, Entity], read: Mapping[str, Entity]
) -> Iterator[tuple[Entity, Entity]]:
    """Each thing made with every prefix around it that was read."""
    for uri, entity in made.items():
        yield from ((entity, read[around]) for around in _around(uri) if around in read)


def _inward(
    made: Mapping[str, Entity], read: Mapping[str, Entity]
) -> Iterator[tuple[Entity, Entity]]:
    """The nearest prefix around each thing read that was made, unless the thing itself was."""
    for uri, entity in read.items():
        if uri not in made:
            nearest = next((around for around in _around(uri) if around in made), None)
            if nearest is not None:
                yield made[nearest], entity


def _around(uri: str) -> Iterator[str]:
    """The prefixes a URI is in, the nearest first; a whole bucket is none."""
    path = uri.removeprefix("s3://")
    while path.count("/") > 1:
        path = path.rpartition("/")[0]
        yield f"s3://{path}"


def _by_uri(facts: Facts, arns: set[str]) -> dict[str, Entity]:
    """Data in S3 among these ARNs, by its URI without the slash at the end."""
    return {
        entity.source_uri.rstrip("/"): entity
        for entity in facts.entities
        if entity.arn in arns
        and entity.kind == "Artifact"
        and entity.source_uri.startswith("s3://")
        and role_of(entity) not in _BESIDE
    }


def _link(source: Entity, destination: Entity) -> Link:
    shorter, longer = sorted((source.source_uri, destination.source_uri), key=len)
    edge = Association(source.arn, destination.arn, "ContributedTo")
    return Link(edge, f"{longer} is inside {shorter}", "inside")
