"""The whole SVG: frame, style, arrow heads, and what is drawn in which order."""

from __future__ import annotations

from hashlib import blake2b

from ...model import Answer
from ...model.wording import counted, prose
from ..escape import html
from ..look import LINE
from ..picture import PLAIN, Drawing, Picture, picture_of
from .elements import arrow_heads, edge, node, stub
from .legend import legend, notes
from .shapes import number

_MARGIN = 16.0
_NARROWEST = 360.0
# So small names can still be read, and ten levels fit the outputs of a notebook (980 px); a
# narrower page has to scroll.
SHRINK = 0.6
FONT = "system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif"

# Inline, the page's own text colour is right on any theme, whatever the system prefers. Alone, as a
# file or an image, the drawing is the page and brings a ground of its own.
_STYLE = (
    "#{id} .soft{{fill:currentColor;fill-opacity:.78}}"
    "#{id}:root{{color:#24292f;background:#fff}}"
    "@media(prefers-color-scheme:dark){{#{id}:root{{color:#e6edf3;background:#0d1117}}}}"
)


def svg(answer: Answer, drawing: Drawing = PLAIN) -> str:
    """The drawing of an answer."""
    return draw(picture_of(answer, drawing))


def draw(picture: Picture) -> str:
    """The drawing of a picture."""
    layout = picture.layout
    left, top = layout.left - _MARGIN, layout.top - _MARGIN
    width = width_of(picture)
    inside = width - 2 * _MARGIN
    below = layout.bottom + _MARGIN + 6
    legend_part, legend_height = legend(picture, layout.left, below, inside)
    said_below, notes_height = notes(picture, layout.left, below + legend_height, inside)
    height = below + legend_height + notes_height + 8 - top
    content = _content(picture) + legend_part + said_below
    return _framed(picture, content, (left, top, width, height))


def width_of(picture: Picture) -> float:
    """How wide the drawing is, in pixels."""
    return max(picture.layout.width + 2 * _MARGIN, _NARROWEST)


def _content(picture: Picture) -> str:
    """Edges first: nothing lies over a name."""
    if not picture.nodes and not picture.stubs:
        return f'<text class="soft" x="0" y="4" fill="{LINE}">{html(picture.summary)}</text>'
    return (
        "".join(edge(each, "@id@") for each in picture.edges)
        + "".join(map(stub, picture.stubs))
        + "".join(map(node, picture.nodes))
    )


def _framed(picture: Picture, content: str, box: tuple[float, float, float, float]) -> str:
    # Two pictures on one page must not share ids unless they are the same picture.
    id = "lineage-" + blake2b((picture.title + content).encode(), digest_size=6).hexdigest()
    width, height = number(box[2]), number(box[3])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" id="{id}" class="lineage-picture" role="img"'
        f' aria-labelledby="{id}-title {id}-desc" viewBox="{" ".join(map(number, box))}"'
        f' width="{width}" height="{height}" font-family="{FONT}" font-size="12">'
        f'<title id="{id}-title">{html(picture.title)}</title>'
        f'<desc id="{id}-desc">{html(said(picture))}</desc>'
        f"<style>{_STYLE.format(id=id)}</style>"
        f"<defs>{arrow_heads(id)}</defs>{content.replace('@id@', id)}</svg>"
    )


def said(picture: Picture) -> str:
    """What the drawing shows, in words, for those who do not see it."""
    parts = [picture.summary]
    if picture.groups:
        parts.append(f"{counted(len(picture.groups), 'group')} drawn as one each.")
    return prose((*parts, *picture.notes, *(f"Gap: {gap}" for gap in picture.gaps)))
