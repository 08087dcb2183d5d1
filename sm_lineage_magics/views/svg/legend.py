"""What stands beneath a picture: which shape, line and mark is what, what is left out, the gaps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...model import ROLES, AssociationType
from ...model.wording import role_name
from ..escape import html
from ..look import FOCUS, LINE, LOOKS, MARKS, STROKES, MarkLook, Stroke
from ..picture import Picture
from ..picture.layout import Point, Size
from ..words import columns, shortened
from .shapes import number, outline

_KEY = Size(22, 12)
_LARGE = Size(58, 36)  # shapes are made for the size of nodes, and shrunk to that of the key
_ROW = 20.0
_LETTER = 5.9
_MOST_GAPS = 6


@dataclass(frozen=True)
class Item:
    """One entry: a small drawing, at the origin, and what it means."""

    key: str
    words: str

    @property
    def width(self) -> float:
        """Room it takes, with what parts it from the next."""
        return 30 + _LETTER * columns(self.words) + 16


def legend(picture: Picture, left: float, top: float, width: float) -> tuple[str, float]:
    """The entries in rows of `width`, and how high they are together."""
    parts, x, y = [], 0.0, 0.0
    for item in _items(picture):
        if x and x + item.width > width:
            x, y = 0.0, y + _ROW
        place = f"translate({number(left + x)} {number(top + y)})"
        parts.append(f'<g transform="{place}">{item.key}{_text(item.words, 30, 10)}</g>')
        x += item.width
    return "".join(parts), (y + _ROW if parts else 0.0)


def notes(picture: Picture, left: float, top: float, width: float) -> tuple[str, float]:
    """What is left out, a line for each gap, the first few, and how high they are together."""
    lines = [*picture.notes, *(f"⚠ {line}" for line in picture.gaps[:_MOST_GAPS])]
    if len(picture.gaps) > _MOST_GAPS:
        lines.append(f"⚠ {len(picture.gaps) - _MOST_GAPS:,} more gaps, listed in the table")
    room = max(int(width / _LETTER), 30)
    texts = (
        f"<g><title>{html(line)}</title>"
        f"{_text(shortened(line, room), left, top + 10 + index * 18)}</g>"
        for index, line in enumerate(lines)
    )
    return "".join(texts), 18.0 * len(lines)


def _items(picture: Picture) -> Iterator[Item]:
    roles = {node.role for node in picture.nodes if not (node.members and node.role == "other")}
    for role in ROLES:
        if role in roles:
            look = LOOKS[role]
            key = outline(look.shape, Point(0, 0), _LARGE)
            small = f'transform="translate(11 6) scale(.36)" fill="{look.colour}"'
            yield Item(f'<path d="{key}" {small}/>', role_name(role))
    types = {edge.type for edge in picture.edges if edge.number and not edge.missing}
    if len(types) > 1:
        yield from (Item(_line(STROKES[type]), STROKES[type].words) for type in _ordered(types))
    if any(node.focus for node in picture.nodes):
        ring = f'<path d="{outline("rounded", Point(11, 6), _KEY)}" fill="none" '
        yield Item(f'{ring}stroke="{FOCUS}" stroke-width="2.4"/>', "asked about")
    marks = {node.mark for node in picture.nodes}
    yield from (Item(_dot(look), look.words) for mark, look in MARKS.items() if mark in marks)


def _ordered(types: set[AssociationType | None]) -> Iterator[AssociationType | None]:
    return (type for type in STROKES if type in types and type is not None)


def _line(stroke: Stroke) -> str:
    dashes = f' stroke-dasharray="{stroke.dashes}"' if stroke.dashes else ""
    end = f'<path d="M17 2.5L22 6L17 9.5Z" fill="{LINE}"/>' if stroke.arrow else ""
    return f'<path d="M0 6H20" stroke="{LINE}" stroke-width="{stroke.width:g}"{dashes}/>{end}'


def _dot(look: MarkLook) -> str:
    return f'<circle cx="11" cy="6" r="6" fill="{look.colour}"/>'


def _text(text: str, x: float, y: float) -> str:
    place = f'x="{number(x)}" y="{number(y)}"'
    return f'<text class="soft" {place} fill="{LINE}" font-size="11">{html(text)}</text>'
