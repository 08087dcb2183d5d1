"""Nodes, edges and stubs of a picture as SVG elements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..escape import html
from ..look import FOCUS, LINE, LOOKS, MARKS, STROKES
from ..picture import Edge, Node, Stub
from ..picture.layout import Point
from .shapes import inner, number, outline

_FAINT = ' opacity="0.42"'


def node(drawn: Node) -> str:
    """Shape, name and what it is; a stack for a group, a ring for focus and mark."""
    faint = _FAINT if drawn.faded else ""
    name = title(drawn.title)
    return f'<g data-id="{html(drawn.id)}"{faint}><title>{name}</title>{figure(drawn)}</g>'


def figure(drawn: Node) -> str:
    """All that is seen of a node."""
    return f"{nameless(drawn)}{_name(drawn)}"


def nameless(drawn: Node) -> str:
    """All that is seen of a node but its name, which for many nodes is the same."""
    return f"{''.join(_rings(drawn))}{_shape(drawn)}{_note(drawn)}{_badge(drawn)}"


def name_height(drawn: Node) -> float:
    """How far beneath the middle of a node the middle of its name is."""
    return _sunk(drawn) - (6 if drawn.note else 0)


def edge(drawn: Edge, arrows: str) -> str:
    """A line that says what it means; `arrows` is what the ids of the arrow heads begin with."""
    return f"{_line(drawn, arrows)}><title>{title(drawn.title)}</title></path>"


def wordless(drawn: Edge, arrows: str) -> str:
    """A line where nothing rests on it that could be told what it means."""
    return f"{_line(drawn, arrows)}/>"


def arrow_heads(arrows: str) -> str:
    """The heads that lines end in, one for each colour."""
    colours: dict[str, str] = {"plain": LINE}
    colours |= {mark: look.colour for mark, look in MARKS.items()}
    return "".join(
        f'<marker id="{arrows}-{name}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8"'
        f' markerHeight="8" markerUnits="userSpaceOnUse" orient="auto">'
        f'<path d="M0 0.5L8 4L0 7.5Z" fill="{colour}"/></marker>'
        for name, colour in colours.items()
    )


def stub(drawn: Stub) -> str:
    """A dashed outline that says what is missing."""
    size, centre = drawn.size, drawn.centre
    return (
        f"<g><title>{title(drawn.title)}</title>"
        f'<path d="{outline("rounded", centre, size)}" fill="{LINE}" fill-opacity="0.08"'
        f' stroke="{LINE}" stroke-width="1.4" stroke-dasharray="4 3"/>'
        f"{_lines(drawn.lines, centre, LINE, weight=500, style='soft')}</g>"
    )


def path(route: Sequence[Point]) -> str:
    """Curves between columns, level within them."""
    steps = [f"M{_at(route[0])}"]
    for index, (one, next) in enumerate(pairwise(route)):
        if one == next:
            continue
        steps.append(f"L{_at(next)}" if index % 2 == 0 else _curve(one, next))
    return "".join(steps)


def title(text: str) -> str:
    """Text for a `<title>`, its lines kept."""
    return "\n".join(html(line) for line in text.split("\n"))


def _line(drawn: Edge, arrows: str) -> str:
    stroke = STROKES[drawn.type]
    colour = MARKS[drawn.mark].colour if drawn.mark else LINE
    dashes = "3 3" if drawn.missing else stroke.dashes
    width = stroke.width + (1.2 if drawn.mark else 0)
    head = f"{arrows}-{drawn.mark or 'plain'}"
    return (
        f'<path d="{path(drawn.route)}" fill="none" stroke="{colour}" stroke-width="{width:g}"'
        + (f' stroke-dasharray="{dashes}"' if dashes else "")
        + (f' marker-end="url(#{head})"' if stroke.arrow else "")
        + (_FAINT if drawn.faded else "")
    )


def _curve(one: Point, next: Point) -> str:
    if abs(one.y - next.y) < 0.1:
        return f"L{_at(next)}"
    middle = (one.x + next.x) / 2
    return f"C{number(middle)} {number(one.y)} {number(middle)} {number(next.y)} {_at(next)}"


def _at(point: Point) -> str:
    return f"{number(point.x)} {number(point.y)}"


def _rings(drawn: Node) -> Iterator[str]:
    shape = LOOKS[drawn.role].shape
    if drawn.focus:
        ring = outline(shape, drawn.centre, drawn.size, 4.5)
        yield f'<path d="{ring}" fill="none" stroke="{FOCUS}" stroke-width="2.6"/>'
    if drawn.mark:
        ring = outline(shape, drawn.centre, drawn.size, 3 if not drawn.focus else 8)
        dashes = ' stroke-dasharray="5 3"' if drawn.mark == "removed" else ""
        colour = MARKS[drawn.mark].colour
        yield f'<path d="{ring}" fill="none" stroke="{colour}" stroke-width="2.2"{dashes}/>'


def _shape(drawn: Node) -> str:
    look = LOOKS[drawn.role]
    shape = f'<path d="{outline(look.shape, drawn.centre, drawn.size)}" fill="{look.colour}"/>'
    lines = inner(look.shape, drawn.centre, drawn.size)
    if lines:
        shape += f'<path d="{lines}" fill="none" stroke="#fff" stroke-opacity="0.45"/>'
    return "".join(_stack(drawn)) + shape


def _stack(drawn: Node) -> Iterator[str]:
    """Two more of the same behind a group."""
    look = LOOKS[drawn.role]
    for away in (6, 3) if drawn.members else ():
        behind = Point(drawn.centre.x + away, drawn.centre.y + away)
        yield (
            f'<path d="{outline(look.shape, behind, drawn.size)}" fill="{look.colour}"'
            ' fill-opacity="0.45" stroke="#fff" stroke-opacity="0.5" stroke-width="0.8"/>'
        )


def _name(drawn: Node) -> str:
    middle = Point(drawn.centre.x, drawn.centre.y + name_height(drawn))
    return _lines(drawn.lines, middle, "#fff", weight=600)


def _note(drawn: Node) -> str:
    below = drawn.centre.y + 7 * len(drawn.lines) + 3.5 + _sunk(drawn) / 2
    return (
        f'<text x="{number(drawn.centre.x)}" y="{number(below)}" fill="#fff" fill-opacity="0.88"'
        f' font-size="10" text-anchor="middle">{html(drawn.note)}</text>'
    )


def _sunk(drawn: Node) -> float:
    """A cylinder's lid takes room from the top."""
    return 2.5 if LOOKS[drawn.role].shape == "cylinder" else 0


def _lines(
    lines: Sequence[str], middle: Point, colour: str, *, weight: int, style: str = ""
) -> str:
    first = middle.y - 7 * (len(lines) - 1) + 4
    known = f' class="{style}"' if style else ""
    return "".join(
        f'<text{known} x="{number(middle.x)}" y="{number(first + 14 * index)}" fill="{colour}"'
        f' font-weight="{weight}" text-anchor="middle"{_squeezed(line)}>{html(line)}</text>'
        for index, line in enumerate(lines)
    )


def _squeezed(line: str) -> str:
    """Letters wider than the usual are pushed together rather than out of the shape."""
    return ' textLength="114" lengthAdjust="spacingAndGlyphs"' if breadth(line) > 116 else ""


def breadth(line: str) -> float:
    """About how many pixels a line of a name takes."""
    return sum(11.0 if char in "MW@%" else 8.6 if char.isupper() else 6.6 for char in line)


def _badge(drawn: Node) -> str:
    if not drawn.mark:
        return ""
    look = MARKS[drawn.mark]
    x = drawn.centre.x + drawn.size.width / 2 - 4
    y = drawn.centre.y - drawn.size.height / 2
    return (
        f'<circle cx="{number(x)}" cy="{number(y)}" r="8" fill="{look.colour}" stroke="#fff"/>'
        f'<text x="{number(x)}" y="{number(y + 4)}" fill="#fff" font-weight="700"'
        f' text-anchor="middle">{look.sign}</text>'
    )
