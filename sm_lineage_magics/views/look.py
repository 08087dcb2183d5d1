"""How roles, associations and marks look: one table each, for every drawing there is.

>>> LOOKS["model"]
Look(colour='#722a72', shape='hexagon')

Colours carry white text (contrast 4.5 to 1 and more), are right on light and dark pages, and the
roles that stand beside each other most stay apart for colour-blind eyes; no role is told by its
colour alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ..model import AssociationType, Mark, Role

Shape = Literal[
    "cylinder",
    "columns",
    "slanted",
    "document",
    "octagon",
    "rounded",
    "ticket",
    "hexagon",
    "box",
    "tray",
    "arrow",
    "stadium",
    "chevron",
    "square",
]


@dataclass(frozen=True)
class Look:
    """Colour (of the shape; text on it is white) and outline of a role."""

    colour: str
    shape: Shape


LOOKS: dict[Role, Look] = {
    "dataset": Look("#1f66ad", "cylinder"),
    "feature-group": Look("#087e71", "columns"),
    "query": Look("#5a4fcf", "slanted"),
    "code": Look("#4f5b6b", "document"),
    "image": Look("#7d5a3c", "octagon"),
    "job": Look("#c44509", "rounded"),
    "checkpoint": Look("#7a6200", "ticket"),
    "model": Look("#722a72", "hexagon"),
    "package": Look("#6a3fa0", "box"),
    "package-group": Look("#54488c", "tray"),
    "approval": Look("#2c7a3f", "ticket"),
    "deployment": Look("#96501a", "arrow"),
    "endpoint": Look("#b5203c", "stadium"),
    "pipeline": Look("#35708c", "chevron"),
    "other": Look("#666c75", "square"),
}


@dataclass(frozen=True)
class Stroke:
    """How an association is drawn.

    Attributes:
        words: what it is called.
        width: of the line, in pixels.
        dashes: lengths of dash and gap; empty for a line without.
        arrow: whether it ends in an arrow: some associations have no direction worth following.
    """

    words: str
    width: float = 1.4
    dashes: str = ""
    arrow: bool = True


STROKES: dict[AssociationType | None, Stroke] = {
    "ContributedTo": Stroke("contributed to"),
    "Produced": Stroke("produced", width=2.4),
    "DerivedFrom": Stroke("derived from", dashes="7 4"),
    "AssociatedWith": Stroke("associated with", dashes="2 4", arrow=False),
    "SameAs": Stroke("same as", width=3, dashes="1 3", arrow=False),
    None: Stroke("linked", width=1.2),
}


@dataclass(frozen=True)
class MarkLook:
    """How a mark is drawn: a ring in its colour and a badge with its sign."""

    colour: str
    sign: str
    words: str


MARKS: dict[Mark, MarkLook] = {
    "added": MarkLook("#1a7f37", "+", "added"),
    "removed": MarkLook("#c62828", "−", "removed"),  # a minus, as wide as the plus
    "changed": MarkLook("#9a6700", "~", "changed"),
    "path": MarkLook("#0b62d6", "›", "on the path"),  # a sign, not a quotation
    "live": MarkLook("#1a7f37", "●", "live"),
    "finding": MarkLook("#c62828", "!", "finding"),
}

FOCUS = "#e09b00"  # the ring around what was asked about
LINE = "#8b929c"  # edges, and text beside the shapes where a host drops style sheets
