"""Which values of a notebook came from what, remembered from one tracked cell to the next.

>>> memory.keep(frame, {raw.arn})
>>> memory.origins(frame)
frozenset({'arn:…/raw'})
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ...model import Entity, Reference, reference_of
from ..facts import Facts
from ..watching.events import Held
from .reading.elements import elements


class Memory:
    """Values by identity, never kept alive, with the ARNs of what they came from.

    A value that was changed in place in a cell nobody tracked still counts as what it was; one
    that was made there is not known.
    """

    def __init__(self) -> None:
        self._values: dict[int, tuple[Held, frozenset[str]]] = {}
        self.entities: dict[str, Entity] = {}
        self.inputs: dict[str, frozenset[str]] = {}
        self.models: dict[str, str] = {}
        self.made: set[str] = set()
        self.used: set[str] = set()
        self.described: set[tuple[str, str]] = set()

    def keep(self, value: Any, origins: Iterable[str]) -> None:
        """Remember where a value came from; one that cannot be told again is not kept."""
        held = Held(value)
        if held() is not None:
            self._values[id(value)] = (held, frozenset(origins))

    def origins(self, value: Any) -> frozenset[str]:
        """The ARNs a value came from; none when it is not known."""
        held, origins = self._values.get(id(value), (None, frozenset()))
        return origins if held is not None and held.is_(value) else frozenset()

    def sources(self, value: Any) -> tuple[Reference, ...]:
        """What a value came from, or the elements of a container, as it would be typed."""
        parts = (self.origins(each) for _, each in elements("", value))
        origins = self.origins(value).union(*parts)
        return tuple(reference_of(each) for arn, each in self.entities.items() if arn in origins)

    def know(self, facts: Facts) -> None:
        """Remember what was recorded, so that later cells can link to it."""
        self.entities |= {entity.arn: entity for entity in facts.entities}
        self.made |= made_by(facts)
        self.used |= {link.association.source for link in facts.links}

    def before(self, values: Mapping[str, Any]) -> dict[str, frozenset[str]]:
        """For each name whose value is known, and each element of a container: its origins.

        Forgets values that are gone.
        """
        self._values = {key: kept for key, kept in self._values.items() if kept[0]() is not None}
        found: dict[str, frozenset[str]] = {}
        for name, value in values.items():
            parts = {part: self.origins(each) for part, each in elements(name, value)}
            found |= parts
            found[name] = self.origins(value).union(*parts.values())
        return {name: origins for name, origins in found.items() if origins}


def made_by(facts: Facts) -> set[str]:
    """ARNs of what something led to; that a file lies in a folder does not make the folder."""
    return {link.association.destination for link in facts.links if link.trust != "inside"}
