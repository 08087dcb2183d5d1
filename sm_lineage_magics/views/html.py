"""An answer as HTML with nothing to load: a fragment for a notebook's output, a page for a file.

>>> page(answer).startswith("<!doctype html>")
True
"""

from __future__ import annotations

from ..model import Answer
from .compose import picture_of
from .escape import html
from .naming import summary_of, title_of
from .picture import PLAIN, Drawing
from .svg import draw
from .table import table

_PAGE_STYLE = (
    "body{font:14px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif;"
    "margin:2rem auto;max-width:1400px;padding:0 1rem;color:#24292f;background:#fff}"
    "h1{font-size:1.4rem}table{margin-top:1rem}pre{overflow-x:auto}"
    "@media(prefers-color-scheme:dark){body{color:#e6edf3;background:#0d1117}}"
)


def fragment(answer: Answer, drawing: Drawing = PLAIN) -> str:
    """What a notebook shows of an answer: the picture, and the table folded beneath."""
    caption = html(summary_of(answer))
    parts = f"<details><summary>{caption}</summary>{table(answer)}</details>"
    return f'<div class="lineage">{scrolling(answer, drawing)}{parts}</div>'


def page(answer: Answer, drawing: Drawing = PLAIN) -> str:
    """A page of its own: question, picture, table and gaps."""
    content = f"<p>{html(summary_of(answer))}</p>{scrolling(answer, drawing)}"
    return document(title_of(answer), content + table(answer, arns=True, limit=100_000))


def document(title: str, content: str) -> str:
    """An HTML page around `content`, which is markup already; `title` is text."""
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{html(title)}</title><style>{_PAGE_STYLE}</style></head>"
        f"<body><h1>{html(title)}</h1>{content}</body></html>\n"
    )


def scrolling(answer: Answer, drawing: Drawing = PLAIN) -> str:
    """The picture, shrunk to the width there is as long as it stays readable."""
    picture = draw(picture_of(answer, drawing), fitted=True)
    return f'<div style="overflow-x:auto;max-width:100%">{picture}</div>'
