"""The outline of each role's shape, as the `d` of an SVG path.

>>> outline("square", Point(50, 20), Size(100, 40))
'M0 0H100V40H0Z'
"""

from __future__ import annotations

from collections.abc import Callable

from ..look import Shape
from ..picture.layout import Point, Size


def outline(shape: Shape, centre: Point, size: Size, grow: float = 0) -> str:
    """The path of a shape, larger by `grow` on every side."""
    half_width, half_height = size.width / 2 + grow, size.height / 2 + grow
    box = (
        centre.x - half_width,
        centre.y - half_height,
        centre.x + half_width,
        centre.y + half_height,
    )
    return _OUTLINES[shape](*box)


def inner(shape: Shape, centre: Point, size: Size) -> str:
    """Lines within the shape that make it what it is; empty for most."""
    left, top = centre.x - size.width / 2, centre.y - size.height / 2
    right, bottom = left + size.width, top + size.height
    draw = _INNER.get(shape)
    return draw(left, top, right, bottom) if draw else ""


def number(value: float) -> str:
    """A coordinate, to a tenth of a pixel and no longer than needed."""
    return f"{round(value, 1):g}" if abs(value) < 100_000 else f"{value:.0f}"


def _polygon(*points: tuple[float, float]) -> str:
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points) + "Z"


def _square(left: float, top: float, right: float, bottom: float) -> str:
    return f"M{number(left)} {number(top)}H{number(right)}V{number(bottom)}H{number(left)}Z"


def _rounded(
    left: float, top: float, right: float, bottom: float, radius: float = 9, *, inward: bool = False
) -> str:
    r, sweep = number(radius), int(not inward)

    def corner(x: float, y: float) -> str:
        return f"A{r} {r} 0 0 {sweep} {number(x)} {number(y)}"

    return (
        f"M{number(left + radius)} {number(top)}H{number(right - radius)}"
        f"{corner(right, top + radius)}V{number(bottom - radius)}"
        f"{corner(right - radius, bottom)}H{number(left + radius)}"
        f"{corner(left, bottom - radius)}V{number(top + radius)}"
        f"{corner(left + radius, top)}Z"
    )


def _stadium(left: float, top: float, right: float, bottom: float) -> str:
    return _rounded(left, top, right, bottom, (bottom - top) / 2)


def _ticket(left: float, top: float, right: float, bottom: float) -> str:
    return _rounded(left, top, right, bottom, 8, inward=True)


def _cylinder(left: float, top: float, right: float, bottom: float) -> str:
    arc = f"A{number((right - left) / 2)} 5 0 0 "
    return (
        f"M{number(left)} {number(top + 4)}{arc}1 {number(right)} {number(top + 4)}"
        f"V{number(bottom - 4)}{arc}1 {number(left)} {number(bottom - 4)}Z"
    )


def _cylinder_lid(left: float, top: float, right: float, bottom: float) -> str:
    arc = f"A{number((right - left) / 2)} 5 0 0 0 "
    return f"M{number(left)} {number(top + 4)}{arc}{number(right)} {number(top + 4)}"


def _slanted(left: float, top: float, right: float, bottom: float) -> str:
    return _polygon((left + 6, top), (right + 6, top), (right - 6, bottom), (left - 6, bottom))


def _document(left: float, top: float, right: float, bottom: float) -> str:
    return _polygon(
        (left, top), (right - 12, top), (right, top + 12), (right, bottom), (left, bottom)
    )


def _document_fold(left: float, top: float, right: float, bottom: float) -> str:
    return f"M{number(right - 12)} {number(top)}V{number(top + 12)}H{number(right)}"


def _octagon(left: float, top: float, right: float, bottom: float) -> str:
    cut = 9
    return _polygon(
        (left + cut, top),
        (right - cut, top),
        (right, top + cut),
        (right, bottom - cut),
        (right - cut, bottom),
        (left + cut, bottom),
        (left, bottom - cut),
        (left, top + cut),
    )


def _hexagon(left: float, top: float, right: float, bottom: float) -> str:
    middle = (top + bottom) / 2
    return _polygon(
        (left + 11, top),
        (right - 11, top),
        (right, middle),
        (right - 11, bottom),
        (left + 11, bottom),
        (left, middle),
    )


def _arrow(left: float, top: float, right: float, bottom: float) -> str:
    middle = (top + bottom) / 2
    return _polygon(
        (left, top), (right - 12, top), (right, middle), (right - 12, bottom), (left, bottom)
    )


def _chevron(left: float, top: float, right: float, bottom: float) -> str:
    middle = (top + bottom) / 2
    return _polygon(
        (left - 7, top),
        (right - 9, top),
        (right, middle),
        (right - 9, bottom),
        (left - 7, bottom),
        (left, middle),
    )


def _tray(left: float, top: float, right: float, bottom: float) -> str:
    return _polygon((left - 4, top), (right + 4, top), (right - 4, bottom), (left + 4, bottom))


def _bars(left: float, top: float, right: float, bottom: float) -> str:
    ends = f"{number(top)}V{number(bottom)}"
    return f"M{number(left + 7)} {ends}M{number(right - 7)} {ends}"


def _box_lid(left: float, top: float, right: float, bottom: float) -> str:
    return f"M{number(left)} {number(top + 5)}H{number(right)}"


_OUTLINES: dict[Shape, Callable[[float, float, float, float], str]] = {
    "cylinder": _cylinder,
    "columns": _square,
    "slanted": _slanted,
    "document": _document,
    "octagon": _octagon,
    "rounded": _rounded,
    "ticket": _ticket,
    "hexagon": _hexagon,
    "box": _square,
    "tray": _tray,
    "arrow": _arrow,
    "stadium": _stadium,
    "chevron": _chevron,
    "square": _square,
}

_INNER: dict[Shape, Callable[[float, float, float, float], str]] = {
    "cylinder": _cylinder_lid,
    "columns": _bars,
    "document": _document_fold,
    "box": _box_lid,
}
