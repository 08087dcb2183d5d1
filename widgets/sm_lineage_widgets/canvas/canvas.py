"""The ipycytoscape canvas: what it draws is only ever added to, faded, or hidden.

ipycytoscape 1.3.3 corrupts its drawing when an element that is not the last one is removed, so
nothing is: what is no longer wanted is hidden, and comes back when it is wanted again.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import ipywidgets

from sm_lineage_magics.views.picture import Picture
from sm_lineage_magics.views.picture.layout import Layout

from ..controls import Controls
from .elements import DARK, Element, Light, elements_of, positions_of
from .models import Cytoscape, Graph, Node
from .style import page_style, style_sheet

HIDDEN = "hidden"

# The width a cell has in most notebooks, to guess how high the picture will be when it fits.
_CELL_WIDTH = 960
# So high, a cell is still seen whole; lower, names of a hundred entities are too small to read.
_LOWEST, _HIGHEST = 160, 560

Happened = Callable[[str], None]


def fitting(picture: Picture) -> int:
    """The height in pixels at which a picture fills the width of a cell, within bounds."""
    layout = picture.layout
    scale = min(_CELL_WIDTH / max(layout.width, 1), 1)
    return int(min(max(layout.height * scale + 60, _LOWEST), _HIGHEST))


class Canvas:
    """One cytoscape widget and the elements on it.

    Attributes:
        widgets: to put into a layout, one beneath the other.
        css_class: told apart from every other canvas on the page by this.
    """

    def __init__(
        self,
        controls: Controls,
        picture: Picture,
        height: int,
        on: Mapping[str, Happened],
    ) -> None:
        """Draw a picture, with every model complete before it is sent.

        Args:
            controls: what makes widgets.
            picture: what is drawn first.
            height: in pixels.
            on: what may happen to a node → called with its id when it does.
        """
        self.css_class = f"lineage-{uuid.uuid4().hex[:8]}"
        self._height = height
        self._seen = picture.layout
        self._on = on
        self._nodes: dict[str, Node] = {}
        _put(self._nodes, elements_of(picture))
        self._widget = self._made(controls, _preset(picture, fit=True))
        self._widget.on_msg(self._heard)
        self._style = controls.text("lineage-style", value=self._rules)
        # The style stands before what it is for: drawn without it, the picture would be fitted to
        # ipycytoscape's own 400 pixels.
        self.widgets = (self._style, self._widget)

    def draw(self, picture: Picture, light: Light = DARK) -> None:
        """Show this picture, in as few messages as it takes."""
        # First the places: what is new shall not be seen elsewhere.
        self._place(picture)
        if _put(self._nodes, elements_of(picture, light)):
            self._widget.graph.nodes = list(self._nodes.values())

    def fit(self) -> None:
        """Bring everything that is drawn into view, also where the room for it has changed."""
        # Of all there is, only a new width makes ipycytoscape 1.3.3 measure its room again.
        layout = self._widget.layout
        layout.width = "auto" if layout.width == "100%" else "100%"

    def grow(self, height: int) -> None:
        """Be as high as this, in pixels, or stay higher: what is below should not jump."""
        if height > self._height:
            self._height = height
            self._style.value = self._rules
            self.fit()

    def _place(self, picture: Picture) -> None:
        # What came to stand beyond what was in view would not be seen to have come.
        fit = not _holds(self._seen, picture.layout)
        if fit:
            self._seen = picture.layout
        layout = _preset(picture, fit=fit)
        if layout != self._widget.cytoscape_layout:
            self._widget.cytoscape_layout = layout

    def _made(self, controls: Controls, layout: Mapping[str, Any]) -> Any:
        return controls.made(
            Cytoscape,
            "lineage-canvas",
            self.css_class,
            layout=ipywidgets.Layout(),
            graph=Graph(nodes=list(self._nodes.values())),
            cytoscape_layout=layout,
            cytoscape_style=style_sheet(),
            _interaction_handlers={"node": list(self._on)},
        )

    def _heard(self, _: Any, content: Mapping[str, Any], buffers: Any) -> None:
        self._on[content["event"]](content["data"]["data"]["id"])

    @property
    def _rules(self) -> str:
        # By a rule, since `layout.height` comes after the first drawing.
        return page_style() + (
            f"<style>.{self.css_class}{{height:{self._height}px !important;background:transparent"
            " !important;border-color:transparent !important;min-width:0;overflow:hidden;"
            "resize:none}</style>"
        )


def _preset(picture: Picture, *, fit: bool) -> dict[str, Any]:
    return {"name": "preset", "positions": positions_of(picture), "fit": fit, "padding": 20}


def _holds(outer: Layout, inner: Layout) -> bool:
    return (
        outer.left <= inner.left
        and outer.top <= inner.top
        and outer.right >= inner.right
        and outer.bottom >= inner.bottom
        and bool(outer.positions)
    )


def _put(there: dict[str, Node], wanted: Iterable[Element]) -> bool:
    """Change what is there, hide what is not wanted, add what is new; whether anything is."""
    elements = {each["data"]["id"]: each for each in wanted}
    for id, element in there.items():
        _update(element, elements.get(id))
    new = {id: Node(**each) for id, each in elements.items() if id not in there}
    there.update(new)
    return bool(new)


def _update(element: Node, wanted: Element | None) -> None:
    if wanted is None:
        if HIDDEN not in element.classes:
            element.classes = f"{element.classes} {HIDDEN}"
        return
    # traitlets sends what differs and nothing else.
    element.classes = wanted["classes"]
    element.data = wanted["data"]
