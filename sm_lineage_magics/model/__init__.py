"""Frozen values everything else speaks in. Standard library only."""

from . import vocabulary
from .answer import Answer, Gap, GapKind, Question, formats, quoted
from .arn import KINDS, Arn, Home, Kind, is_arn
from .association import ASSOCIATION_TYPES, Association, AssociationType
from .columns import ColumnSource, columns_of, write_columns
from .entity import Entity, last_part
from .filter import EntityFilter
from .graph import LineageGraph
from .plan import Plan, PlannedEntity, PlannedLink, Receipt
from .reach import Reach, answer_of, reach
from .reference import SCHEMES, Reference, aliases, reference_of
from .report import Mark, Report, Section, report_formats
from .role import ROLES, Role, role_of
from .walk import Direction, Level, Step, crossings, steps_of, walk

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
    "reference_of",
    "report_formats",
    "role_of",
    "steps_of",
    "vocabulary",
    "walk",
    "write_columns",
]
