"""Everything seen of a block of code that ran, handed on to those who read it."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ...model import Entity, Gap
from .events import Call, Event


@dataclass(frozen=True)
class Sighting:
    """What was seen of a block of code that ran.

    Attributes:
        tree: its code.
        code: the entity that stands for it.
        events: what it read and wrote, in order.
        values: the variables it names, or made, or changed.
        calls: what it asked of AWS services, in order.
        made: of these calls, the entities they made or filled.
        title: what the person called it.
        model: what the person calls the model it makes.
        gaps: what it set going that nobody sees.
    """

    tree: ast.Module
    code: Entity
    events: tuple[Event, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    title: str = ""
    model: str = ""
    calls: tuple[Call, ...] = ()
    made: Mapping[Call, Entity] = field(default_factory=dict)
    gaps: tuple[Gap, ...] = ()
