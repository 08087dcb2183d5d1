"""Entities by text, source or filter, newest first, as the lists give them.

>>> [entity.label for entity in Finding(service, memory).find("churn", None, None)]
['churn-model', 'churn-train']
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from ....model import Entity, EntityFilter
from ..calls.service import ITEMS_ON_A_PAGE, Service
from ..memory import Memory
from .described import Described
from .listing import by_source, everything, kinds_of_source


class Finding:
    """Reads the lists; what memory knows of an entity beside its summary is filled in."""

    def __init__(self, service: Service, memory: Memory) -> None:
        self._service = service
        self._memory = memory

    def find(
        self, text: str | None, source_uri: str | None, only: EntityFilter | None
    ) -> Iterator[Entity]:
        """Entities that meet every condition given; the service itself cannot search for text.

        Properties are asked for only where the filter needs them.
        """
        likely = EntityFilter() if only is None else only._replace(properties={})
        listed = self._listed(source_uri, likely)
        matching = (e for e in listed if likely(e) and (text is None or _mentions(e, text)))
        for page in _paged(matching):
            known = self._known(page, described=bool(only and only.properties))
            yield from (entity for entity in known if only is None or only(entity))

    def _listed(self, source_uri: str | None, only: EntityFilter) -> Iterable[Entity]:
        if source_uri is None:
            return everything(self._service, only)
        return by_source(self._service, source_uri, kinds_of_source(source_uri))

    def _known(self, page: list[Entity], *, described: bool) -> list[Entity]:
        arns = [entity.arn for entity in page]
        if described:
            known = Described(self._service, self._memory).of(arns)
            for error in known.refused.values():
                raise error
            return list(known.entities.values())
        self._memory.glimpse(page)
        remembered = self._memory.recall(arns)
        return [remembered.get(entity.arn, entity) for entity in page]


def _mentions(entity: Entity, text: str) -> bool:
    wanted = text.casefold()
    return wanted in entity.name.casefold() or wanted in entity.source_uri.casefold()


def _paged(entities: Iterable[Entity]) -> Iterator[list[Entity]]:
    rest = iter(entities)
    while page := list(islice(rest, ITEMS_ON_A_PAGE)):
        yield page
