"""An answer as a page of its own: pan, zoom, click for details; no server, nothing to load.

>>> pathlib.Path("churn.html").write_text(page(answer))

Every card is in the page as markup; the script shows and hides, and never makes markup itself, so
no name can become some. Without scripts the cards stand one after the other.
"""

from __future__ import annotations

from importlib.resources import files

from ...model import Answer
from ..entity.card import STYLE, card, feature_card, group_card
from ..escape import html
from ..naming import gap_lines, summary_of, title_of
from ..picture import PLAIN, Drawing, Picture, picture_of
from ..svg import draw
from ..table import table

# Rows in the table; what is more is for formats that machines read.
_ROWS = 2_000


def page(answer: Answer, drawing: Drawing = PLAIN) -> str:
    """Question, picture, the details of all that is drawn, table and gaps."""
    picture = picture_of(answer, drawing)
    title = html(title_of(answer))
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{title}</title><style>{_own('page.css')}{STYLE}</style></head>"
        f"<body><h1>{title}</h1><p>{html(summary_of(answer))}</p>{_view(picture)}"
        f'<div id="cards" aria-live="polite">{_cards(answer, picture)}</div>{_gaps(answer)}'
        f'<div class="wide">{table(answer, arns=True, limit=_ROWS)}</div>'
        f"<script>{_own('page.js')}</script></body></html>\n"
    )


def _view(picture: Picture) -> str:
    return (
        f'<figure id="view">{draw(picture)}<nav aria-label="Picture">'
        '<button type="button" data-zoom="0.8" aria-label="Zoom in">+</button>'
        '<button type="button" data-zoom="1.25" aria-label="Zoom out">−</button>'
        '<button type="button" data-zoom="0" aria-label="Show all">fit</button></nav></figure>'
    )


def _cards(answer: Answer, picture: Picture) -> str:
    graph = answer.graph
    cards = {group.id: group_card(group, graph) for group in picture.groups}
    cards |= {feature.id: feature_card(feature, graph) for feature in picture.features}
    rest = (node.id for node in picture.nodes if node.id not in cards)
    cards |= {arn: card(graph.entities[arn], graph) for arn in rest}
    return "".join(f'<div data-of="{html(id)}">{text}</div>' for id, text in cards.items())


def _gaps(answer: Answer) -> str:
    lines = "".join(f"<li>{html(line)}</li>" for line in gap_lines(answer))
    return f"<h2>What is missing</h2><ul>{lines}</ul>" if lines else ""


def _own(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")
