"""What a rule is: an id people write into pipelines, a severity, a repair, and a check."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from ....model import Entity
from ..inspected import Inspected

Severity = Literal["error", "warning", "info"]

Broken = Iterator[tuple[Entity, str]]


@dataclass(frozen=True)
class Rule:
    """One thing that makes a lineage less trustworthy.

    Attributes:
        id: stable, for configuration and pipelines.
        severity: `error` when answers may be wrong, `warning` when they cannot be proved.
        repair: what to type or do; `{name}` is the entity.
        check: from a lineage to pairs of an entity and what is wrong with it.
    """

    id: str
    severity: Severity
    repair: str
    check: Callable[[Inspected], Broken]
