"""The explorer's style sheet, made of the same tables as the static pictures."""

from __future__ import annotations

from typing import Any

from sm_lineage_magics.views.card import STYLE as CARD
from sm_lineage_magics.views.look import FOCUS, LINE, LOOKS, MARKS, STROKES, Shape

# The nearest of cytoscape's shapes to each of the picture's.
_SHAPES: dict[Shape, str] = {
    "cylinder": "barrel",
    "columns": "rectangle",
    "slanted": "rhomboid",
    "document": "cut-rectangle",
    "octagon": "octagon",
    "rounded": "round-rectangle",
    "ticket": "concave-hexagon",
    "hexagon": "hexagon",
    "box": "rectangle",
    "tray": "bottom-round-rectangle",
    "arrow": "tag",
    "stadium": "round-tag",
    "chevron": "vee",
    "square": "rectangle",
}

Rule = dict[str, Any]

# The widgets around the canvas; they stand on whatever ground the page has.
PAGE_STYLE = (
    "<style>.lineage-explorer button.lineage-role{color:#fff;border-radius:11px;font-size:11px;"
    "line-height:20px;padding:0 9px;opacity:.55;text-decoration:line-through}"
    ".lineage-explorer button.lineage-role.mod-active{opacity:1;text-decoration:none}"
    + "".join(
        f".lineage-explorer button.lineage-role-{role}{{background:{look.colour}!important}}"
        for role, look in LOOKS.items()
    )
    + CARD
    + ".lineage-explorer .lineage-card{max-width:none}"
    "</style>"
)


def style_sheet() -> list[Rule]:
    """Every rule, later ones over earlier ones."""
    return [*_nodes(), *_edges(), *_marks(), *_states()]


def _rule(selector: str, **style: Any) -> Rule:
    return {
        "selector": selector,
        "style": {name.replace("_", "-"): value for name, value in style.items()},
    }


def _nodes() -> list[Rule]:
    base = _rule(
        "node",
        label="data(label)",
        width="data(width)",
        height="data(height)",
        color="#ffffff",
        font_family="system-ui, sans-serif",
        # Large for its shape: a whole lineage is seen at half its size and must still be read.
        font_size=12.5,
        font_weight=600,
        text_max_width="146px",
        text_wrap="wrap",
        text_valign="center",
        text_halign="center",
        line_height=1.1,
        border_width=0,
        overlay_opacity=0,
    )
    roles = [
        _rule(f".role-{role}", background_color=look.colour, shape=_SHAPES[look.shape])
        for role, look in LOOKS.items()
    ]
    group = _rule("node.group", border_width=3, border_style="double", border_color="#ffffff")
    stub = _rule(
        ".stub",
        background_opacity=0,
        border_width=1.5,
        border_style="dashed",
        border_color=LINE,
        color=LINE,
        shape="round-rectangle",
    )
    return [base, *roles, group, stub]


def _edges() -> list[Rule]:
    base = _rule(
        "edge",
        line_color=LINE,
        target_arrow_color=LINE,
        target_arrow_shape="triangle",
        arrow_scale=0.8,
        curve_style="bezier",
        overlay_opacity=0,
    )
    types = [
        _rule(
            f".type-{type or 'untyped'}",
            width=stroke.width,
            line_style="dashed" if stroke.dashes else "solid",
            target_arrow_shape="triangle" if stroke.arrow else "none",
        )
        for type, stroke in STROKES.items()
    ]
    bent = _rule(
        ".bent",
        curve_style="unbundled-bezier",
        edge_distances="endpoints",
        control_point_weights="data(weights)",
        control_point_distances="data(distances)",
        source_endpoint="data(leaves)",
        target_endpoint="data(arrives)",
    )
    return [base, *types, bent, _rule(".missing", line_style="dashed", line_color=LINE)]


def _marks() -> list[Rule]:
    return [
        rule
        for mark, look in MARKS.items()
        for rule in (
            _rule(f"node.mark-{mark}", border_width=4, border_color=look.colour),
            _rule(
                f"edge.mark-{mark}",
                line_color=look.colour,
                target_arrow_color=look.colour,
                width=3,
            ),
        )
    ]


def _states() -> list[Rule]:
    """What a person does to the picture; last, so that it is seen over everything else."""
    return [
        _rule("node.focus", border_width=4, border_style="solid", border_color=FOCUS),
        _rule("node.hit", border_width=4, border_style="dashed", border_color=FOCUS),
        _rule("node.lit", border_width=3, border_color="#0b62d6"),
        _rule("edge.lit", line_color="#0b62d6", target_arrow_color="#0b62d6", width=3),
        _rule(".faded", opacity=0.3),
        _rule("node:selected", border_width=5, border_style="solid", border_color=FOCUS),
        _rule(".hidden", display="none"),
    ]
