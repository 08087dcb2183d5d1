"""An answer as HTML for a notebook's output: picture and table, with nothing to load.

>>> fragment(answer).startswith('<div class="lineage">')
True
"""

from __future__ import annotations

from ..model import Answer
from .compose import picture_of
from .escape import html
from .naming import summary_of
from .picture import PLAIN, Drawing
from .svg import draw
from .table import table


def fragment(answer: Answer, drawing: Drawing = PLAIN) -> str:
    """What a notebook shows of an answer: the picture, and the table folded beneath."""
    caption = html(summary_of(answer))
    parts = f"<details><summary>{caption}</summary>{table(answer)}</details>"
    return f'<div class="lineage">{scrolling(answer, drawing)}{parts}</div>'


def scrolling(answer: Answer, drawing: Drawing = PLAIN) -> str:
    """The picture, shrunk to the width there is as long as it stays readable."""
    picture = draw(picture_of(answer, drawing), fitted=True)
    return f'<div style="overflow-x:auto;max-width:100%">{picture}</div>'
