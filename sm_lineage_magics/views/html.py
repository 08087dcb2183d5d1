"""An answer as HTML for a notebook's output: picture and table, with nothing to load.

>>> fragment(answer).startswith('<div class="lineage">')
True
"""

from __future__ import annotations

from base64 import b64encode

from ..model import Answer
from .escape import html
from .naming import summary_of
from .picture import PLAIN, Drawing, picture_of
from .svg.document import SHRINK, draw, said, width_of
from .table import table


def fragment(answer: Answer, drawing: Drawing = PLAIN) -> str:
    """What a notebook shows of an answer: the picture, and the table folded beneath."""
    caption = html(summary_of(answer))
    parts = f"<details><summary>{caption}</summary>{table(answer)}</details>"
    return f'<div class="lineage">{scrolling(answer, drawing)}{parts}</div>'


def scrolling(answer: Answer, drawing: Drawing = PLAIN) -> str:
    """The picture, shrunk to the width there is as long as it stays readable.

    An image, not an element: GitHub and notebooks that are not trusted take elements of SVG out of
    an output and leave images in.
    """
    picture = picture_of(answer, drawing)
    drawn, width = draw(picture), width_of(picture)
    source = "data:image/svg+xml;base64," + b64encode(drawn.encode()).decode("ascii")
    style = f"width:100%;max-width:{width:.0f}px;min-width:{width * SHRINK:.0f}px;height:auto"
    image = (
        f'<img class="lineage-picture" src="{source}" alt="{html(said(picture))}" style="{style}">'
    )
    return f'<div style="overflow-x:auto;max-width:100%">{image}</div>'
