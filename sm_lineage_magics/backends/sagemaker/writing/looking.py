"""One look at what is to be recorded: what is there, and while that is acted on, how it stands.

>>> looking = Looking(service, memory, entities, links)
>>> looking.there.entities          # after one round of calls; the next is under way
{'arn:aws:sagemaker:local:000000000000:artifact/…': Entity('arn:aws:sagemaker:us-east-1:…')}
>>> looking.whole().links
frozenset({('arn:…/raw', 'arn:…/job')})
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ....model import Entity, Known
from ....model.plan import Pair
from ..calls.service import Service
from ..memory import Memory
from ..reading import edges
from ..reading.ascent import Ascent, climbed, ends_of
from .existing import Existing, Sight

# Looking up two entities costs no more calls than asking what lies upstream of them.
_WORTH_A_QUERY = 3


class Looking:
    """Looks up entities and the links between them, in two rounds of calls.

    The first is over when this is made: what is remembered is confirmed while the rest is looked
    up. The second has begun by then: values are asked for while links are.

    Attributes:
        there: which of the entities are there, as the first round shows them.

    Raises:
        ServiceError: when a look-up is refused.
    """

    def __init__(
        self, service: Service, memory: Memory, entities: Iterable[Entity], links: Iterable[Pair]
    ) -> None:
        self._service = service
        self._existing = Existing(service, memory)
        asked, pairs = {entity.arn: entity for entity in entities}, tuple(links)
        sights, ascent = self._seen(asked, pairs)
        found = {key: sight.entity for key, sight in sights.items()}
        self.there = Known(found, whole=False)
        self._values = {
            key: service.submit(self._existing.whole, asked[key], sight)
            for key, sight in sights.items()
            if not sight.tells(asked[key])
        }
        stored = {(found[a].arn, found[b].arn) for a, b in pairs if a in found and b in found}
        self._links = service.beside(edges.between, service, stored, ascent)

    def whole(self) -> Known:
        """What is there with the values and links that recording may change.

        Raises:
            ServiceError: when one is refused.
        """
        linked = self._service.result(self._links)
        values = self._service.outcome(self._values)
        for error in values.refused.values():
            raise error
        found = {**self.there.entities, **values.found}
        return Known({key: one for key, one in found.items() if one is not None}, linked)

    def _seen(
        self, asked: Mapping[str, Entity], links: Sequence[Pair]
    ) -> tuple[dict[str, Sight], Ascent]:
        """What there is, at one look each; memory is confirmed, and what it had wrong looked up."""
        remembered = ((key, self._existing.remembered(entity)) for key, entity in asked.items())
        known = {key: entity for key, entity in remembered if entity is not None}
        if len(known) < _WORTH_A_QUERY:
            known = {}
        confirming = self._service.beside(self._confirmed, known, links)
        looked = self._looked(asked, asked.keys() - known.keys())
        confirmed, ascent = self._service.result(confirming)
        wrong = self._looked(asked, known.keys() - confirmed.keys())
        return {**looked, **wrong, **confirmed}, ascent

    def _looked(self, asked: Mapping[str, Entity], keys: Iterable[str]) -> dict[str, Sight]:
        return self._existing.seen({key: asked[key] for key in sorted(keys)})

    def _confirmed(
        self, known: Mapping[str, Entity], links: Sequence[Pair]
    ) -> tuple[dict[str, Sight], Ascent]:
        """What is remembered, as far as the lineage at its ends shows it is there."""
        ends = ends_of(links, known)
        arns = {stored.arn for stored in known.values()}
        ascent = climbed(self._service, {known[key].arn for key in ends}, arns)
        there = ascent.entities
        sights = {k: Sight(stored, True) for k, stored in known.items() if stored.arn in there}
        return sights, ascent
