"""The explorer's style sheet, made of the same tables as the static pictures."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from sm_lineage_magics.views.entity.card import STYLE as CARD
from sm_lineage_magics.views.look import FOCUS, LINE, LOOKS
from sm_lineage_magics.views.picture import NODE_WIDTH

from .elements import LETTERS

Rule = dict[str, Any]


def page_style() -> str:
    """The style of the widgets around the canvas; they stand on whatever ground the page has."""
    own = files(__package__).joinpath("explorer.css").read_text(encoding="utf-8")
    roles = "".join(
        f".lineage-explorer button.lineage-role-{role}{{background:{look.colour}!important}}"
        for role, look in LOOKS.items()
    )
    return f"<style>{own}{roles}{CARD}</style>"


def style_sheet() -> list[Rule]:
    """Every rule, later ones over earlier ones."""
    letters = _rule("node[letters]", font_size="data(letters)")
    return [_name(), _lines(), _image(), letters, _stub(), *_states()]


def _rule(selector: str, **style: Any) -> Rule:
    return {
        "selector": selector,
        "style": {name.replace("_", "-"): value for name, value in style.items()},
    }


def _name() -> Rule:
    """A node is its name, in a box that is not drawn."""
    return _rule(
        "node",
        width=NODE_WIDTH,
        height="data(height)",
        shape="round-rectangle",
        z_index=1,
        background_opacity=0,
        border_width=0,
        overlay_opacity=0,
        underlay_padding=5,
        underlay_color=FOCUS,
        label="data(label)",
        # Cytoscape takes no name of a font in quotes, as the drawing's own list has.
        font_family="system-ui, sans-serif",
        font_size=LETTERS,
        line_height=14 / LETTERS,
        text_wrap="wrap",
        text_valign="center",
        text_halign="center",
    )


def _image() -> Rule:
    """Behind the name, as an image, the picture's own drawing of the rest of a node."""
    return _rule(
        "node[above]",
        background_image="data(image)",
        background_clip="none",
        background_image_containment="over",
        # As far as a ring reaches; what is beyond is not drawn.
        bounds_expansion=8,
        color="#fff",
        font_weight=600,
        text_margin_y="data(above)",
    )


def _stub() -> Rule:
    """What is missing is text in a dashed frame, for there is no drawing of it."""
    return _rule(
        ".stub",
        color=LINE,
        border_width=1.5,
        border_style="dashed",
        border_color=LINE,
    )


def _lines() -> Rule:
    """Lines lie beneath the nodes, and the pointer goes through to what is beneath."""
    return _rule(
        ".lines",
        width="data(width)",
        height="data(height)",
        background_image="data(image)",
        z_index=0,
        events="no",
    )


def _states() -> list[Rule]:
    """What a person does to the picture; last, so that it is seen over everything else."""
    return [
        # The name fades less: it is written over the rest, not drawn as a part of it.
        _rule("node.faded", background_image_opacity=0.42, text_opacity=0.8),
        _rule("node.hit", underlay_opacity=0.45),
        _rule("node.chosen", underlay_opacity=0.9),
        # Its ring lies within, not half over the edge.
        _rule("node.asked", underlay_padding=8),
        _rule(".hidden", display="none"),
    ]
