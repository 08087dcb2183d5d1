"""What was seen in a notebook, before anything is decided about it.

>>> seen = Facts((raw, table), (Link(Association(raw.arn, table.arn, "Produced"), "same cell"),))
>>> (seen | others).graph
LineageGraph(…)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from ..model import Arn, Association, Entity, Gap, LineageGraph, is_arn

# In order of trust: a person named it; the same URI on both sides; one URI inside another; a
# value that flows from one call to the next within the cell, read from its own code.
Trust = Literal["named", "recorded", "same-uri", "inside", "flow"]


@dataclass(frozen=True)
class Resource:
    """Something a notebook value or an API call speaks of, as yet undescribed.

    Attributes:
        type: as in its ARN: `training-job`, `processing-job`, `feature-group`, `endpoint`, …; or
            `athena-query`, `s3`, `file`, `image`, `estimator`.
        name: its name, id, path or URI.
        arn: its ARN where it is known.
        known: what was seen of it without asking anybody: response fields, SQL, paths.
        origin: where it was seen, for people: a variable's name or an operation.
    """

    type: str
    name: str
    arn: str = ""
    known: Mapping[str, Any] = field(default_factory=dict, hash=False)
    origin: str = ""

    def is_at(self, source: str) -> bool:
        """Whether a source is an ARN of this kind and name, of whatever account."""
        if not is_arn(source):
            return False
        arn = Arn.parse(source)
        return (arn.type, arn.name) == (self.type, self.name)


@dataclass(frozen=True)
class Link:
    """An association with what was seen that says so."""

    association: Association
    evidence: str
    trust: Trust = "recorded"


@dataclass(frozen=True)
class Facts:
    """Entities seen, links seen between them, and what could not be seen.

    Entities carry the ARN the embedded store would give them, as the key that links use.
    """

    entities: tuple[Entity, ...] = ()
    links: tuple[Link, ...] = ()
    gaps: tuple[Gap, ...] = ()

    @property
    def graph(self) -> LineageGraph:
        """The facts as a graph, evidence left out."""
        return LineageGraph.of(self.entities, (link.association for link in self.links))

    def __or__(self, other: Facts) -> Facts:
        return Facts(
            tuple({e.arn: e for e in (*other.entities, *self.entities)}.values()),
            tuple({k.association.pair: k for k in (*other.links, *self.links)}.values()),
            tuple(dict.fromkeys((*self.gaps, *other.gaps))),
        )
