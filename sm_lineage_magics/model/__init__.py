"""Frozen values everything else speaks in. Standard library only.

What is only written or reported comes in when it is first asked for: a question needs none of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import vocabulary
from .answer import Answer, Gap, GapKind, Question, quoted
from .arn import KINDS, Arn, Home, Kind, is_arn
from .association import ASSOCIATION_TYPES, Association, AssociationType
from .entity import Entity, last_part
from .filter import EntityFilter
from .formats import formats, report_formats
from .graph import LineageGraph
from .reach import Reach, answer_of, reach
from .reference import SCHEMES, Reference, aliases, reference_among, reference_of
from .role import ROLES, Role, role_of
from .walk import Direction, Level, Step, crossings, steps_of, walk

if TYPE_CHECKING:
    from .columns import ColumnSource, columns_of, write_columns
    from .plan import Known, Plan, PlannedEntity, PlannedLink, Receipt
    from .report import Mark, Report, Section

# The same names for when the program runs, each with its module.
_LATE = {
    **dict.fromkeys(("ColumnSource", "columns_of", "write_columns"), "columns"),
    **dict.fromkeys(("Known", "Plan", "PlannedEntity", "PlannedLink", "Receipt"), "plan"),
    **dict.fromkeys(("Mark", "Report", "Section"), "report"),
}


def __getattr__(name: str) -> Any:
    if name not in _LATE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_LATE[name]}"), name)


__all__ = [
    "ASSOCIATION_TYPES",
    "KINDS",
    "ROLES",
    "SCHEMES",
    "Answer",
    "Arn",
    "Association",
    "AssociationType",
    "ColumnSource",
    "Direction",
    "Entity",
    "EntityFilter",
    "Gap",
    "GapKind",
    "Home",
    "Kind",
    "Known",
    "Level",
    "LineageGraph",
    "Mark",
    "Plan",
    "PlannedEntity",
    "PlannedLink",
    "Question",
    "Reach",
    "Receipt",
    "Reference",
    "Report",
    "Role",
    "Section",
    "Step",
    "aliases",
    "answer_of",
    "columns_of",
    "crossings",
    "formats",
    "is_arn",
    "last_part",
    "quoted",
    "reach",
    "reference_among",
    "reference_of",
    "report_formats",
    "role_of",
    "steps_of",
    "vocabulary",
    "walk",
    "write_columns",
]
