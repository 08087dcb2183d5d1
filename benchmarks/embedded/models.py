"""The models that are asked about."""

from __future__ import annotations

import random
from itertools import islice

from sm_lineage_magics.backends.local import LocalBackend
from sm_lineage_magics.model import EntityFilter

_MODELS = EntityFilter(types=("Model",))


def some_models(backend: LocalBackend, smallest: int = 35, largest: int = 80) -> list[str]:
    """ARNs of up to twenty models whose upstream is about fifty entities."""
    models = [entity.arn for entity in islice(backend.find(only=_MODELS), 400)]
    random.Random(7).shuffle(models)
    sized = ((arn, len(backend.traverse([arn], "upstream", max_depth=10))) for arn in models)
    return list(islice((arn for arn, size in sized if smallest <= size <= largest), 20))
