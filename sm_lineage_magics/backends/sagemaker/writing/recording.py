"""Something recorded in as few rounds of calls as can be: each writes what the one before allows.

>>> record(service, memory, entities, links, attempt).created
('arn:aws:sagemaker:us-east-1:123456789012:artifact/…',)

1. Everything is looked up by source and name.
2. What is not there is made, while values and links of what is there are asked for.
3. Values are brought up to date and links are made.
"""

from __future__ import annotations

from collections.abc import Iterable

from ....model import Entity, Receipt
from ....model.plan import Attempt, Pair
from ..calls.service import Service
from ..memory import Memory
from .applying import Applying
from .looking import Looking


def record(
    service: Service,
    memory: Memory,
    entities: Iterable[Entity],
    links: Iterable[Pair],
    attempt: Attempt,
) -> Receipt:
    """Look up, have it decided and write; see `Backend.record`."""
    looking, applying = Looking(service, memory, entities, links), Applying(service, memory)
    made = applying.make(attempt.decided(looking.there))
    if made.created:
        attempt.wrote(made)
    known = looking.whole()
    return applying.finish(attempt.decided(known), known.entities.values())
