"""What a cell's lineage has come to so far: entities, links with their evidence, gaps."""

from __future__ import annotations

from dataclasses import replace

from ...model import Association, AssociationType, Entity, Gap
from ..facts import Facts, Link
from .memory import Memory


class Drawn:
    """Each entity once, with all that was seen of it; each pair linked once, as seen first."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._entities: dict[str, Entity] = {}
        self._links: dict[tuple[str, str], Link] = {}
        self.gaps: list[Gap] = []

    @property
    def facts(self) -> Facts:
        """All of it."""
        return Facts(tuple(self._entities.values()), tuple(self._links.values()), tuple(self.gaps))

    def known(self, arn: str) -> Entity | None:
        """An entity of this cell or an earlier one."""
        return self._entities.get(arn) or self._memory.entities.get(arn)

    def label(self, arn: str) -> str:
        """What people call an entity."""
        known = self.known(arn)
        return known.label if known else arn

    def add(self, entity: Entity) -> None:
        """Draw an entity; of one that is there, the properties are joined."""
        known = self._entities.get(entity.arn)
        if known is not None:
            entity = replace(known, properties={**known.properties, **entity.properties})
        self._entities[entity.arn] = entity

    def link(self, source: str, destination: str, type: AssociationType, evidence: str) -> None:
        """Draw a link; ends from earlier cells are drawn with it."""
        for arn in (source, destination):
            known = self.known(arn)
            if known is not None:
                self._entities.setdefault(arn, known)
        association = Association(source, destination, type)
        self._links.setdefault(association.pair, Link(association, evidence, "flow"))
