"""The ipycytoscape canvas: what it draws is only ever added to, faded, or hidden.

ipycytoscape 1.3.3 corrupts its drawing when an element that is not the last one is removed, so
nothing is: what is no longer wanted is hidden, and comes back when it is wanted again.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from typing import Any

import ipycytoscape
import ipywidgets

from sm_lineage_magics.views.picture import Picture
from sm_lineage_magics.views.picture.layout import Layout

from .controls import Controls
from .elements import DARK, Element, Light, edges_of, nodes_of, positions_of
from .release import constructed, release_all
from .style import style_sheet

HIDDEN = "hidden"

# The width a cell has in most notebooks, to guess how high the picture will be when it fits.
_CELL_WIDTH = 960
_LOWEST, _HIGHEST = 160, 420

Happened = Callable[[str], None]


def fitting(picture: Picture) -> int:
    """The height in pixels at which a picture fills the width of a cell, within bounds."""
    layout = picture.layout
    scale = min(_CELL_WIDTH / max(layout.width, 1), 1)
    return int(min(max(layout.height * scale + 60, _LOWEST), _HIGHEST))


class Canvas:
    """One cytoscape widget and the elements on it.

    Attributes:
        box: the widget to put into a layout.
        css_class: told apart from every other canvas on the page by this.
    """

    def __init__(
        self, controls: Controls, height: int, on: Mapping[tuple[str, str], Happened]
    ) -> None:
        """Make a canvas with nothing on it yet.

        Args:
            controls: what makes widgets.
            height: in pixels.
            on: (`node` or `edge`, event) → called with the id of the element it happened to.
        """
        self._nodes: dict[str, ipycytoscape.Node] = {}
        self._edges: dict[str, ipycytoscape.Edge] = {}
        self._widget: Any = None
        self._seen = Layout()
        self._on = on
        self._controls = controls
        self.css_class = f"lineage-{uuid.uuid4().hex[:8]}"
        self._height = height
        self._style = controls.text(value=self._rules)
        self.box = controls.made(ipywidgets.VBox, "lineage-canvas")

    def draw(self, picture: Picture, light: Light = DARK) -> None:
        """Show this picture, in as few messages as it takes."""
        nodes = {e["data"]["id"]: e for e in nodes_of(picture, light)}
        edges = {e["data"]["id"]: e for e in edges_of(picture, light)}
        self._place(picture)
        with self._graph.hold_sync():
            self._put(self._nodes, nodes, ipycytoscape.Node, "nodes")
            self._put(self._edges, edges, ipycytoscape.Edge, "edges")
        if not self.box.children:
            self.box.children = (self._style, self._widget)

    def fit(self) -> None:
        """Bring everything that is drawn into view, also where the room for it has changed."""
        if self._widget is not None:
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
        layout = {
            "name": "preset",
            "positions": positions_of(picture),
            # What came to stand beyond what was in view would not be seen to have come.
            "fit": not _holds(self._seen, picture.layout),
            "padding": 20,
        }
        if layout["fit"]:
            self._seen = picture.layout
        if self._widget is None:
            self._widget = self._made(layout)
        elif layout != self._widget.cytoscape_layout:
            self._widget.cytoscape_layout = layout

    def _put(
        self, there: dict[str, Any], wanted: Mapping[str, Element], make: Any, trait: str
    ) -> None:
        """Change what is there, hide what is not wanted, add what is new, in one message."""
        for id, element in there.items():
            _update(element, wanted.get(id))
        new = {id: _made(make, element) for id, element in wanted.items() if id not in there}
        if new:
            there.update(new)
            # Plain lists: the adding methods send the whole adjacency again each time.
            setattr(self._graph, trait, list(there.values()))

    def _made(self, layout: Mapping[str, Any]) -> Any:
        with constructed() as made:
            widget = self._controls.made(
                ipycytoscape.CytoscapeWidget,
                self.css_class,
                layout=ipywidgets.Layout(),
                cytoscape_layout=layout,
                cytoscape_style=style_sheet(),
                tooltip_source="",
                # Bends are measured from where a node stands: one that is dragged leaves them.
                auto_ungrabify=True,
                max_zoom=3,
                min_zoom=0.05,
            )
        # ipycytoscape 1.3.3 makes a graph before the one it keeps, and forgets it.
        release_all(
            each
            for each in made
            if isinstance(each, ipycytoscape.Graph) and each is not widget.graph
        )
        # Before it is displayed: a second event never attaches after that.
        with widget.hold_sync():
            for (target, event), happened in self._on.items():
                widget.on(target, event, _with_id(happened))
        return widget

    @property
    def _graph(self) -> Any:
        return self._widget.graph

    @property
    def _rules(self) -> str:
        # A style element that stands before the canvas: `layout.height` comes after the first
        # drawing, which would then be fitted to ipycytoscape's own 400 pixels.
        return (
            f"<style>.{self.css_class}{{height:{self._height}px !important;background:transparent"
            " !important;border-color:transparent !important;min-width:0;overflow:hidden;"
            "resize:none}</style>"
        )


def _holds(outer: Layout, inner: Layout) -> bool:
    return (
        outer.left <= inner.left
        and outer.top <= inner.top
        and outer.right >= inner.right
        and outer.bottom >= inner.bottom
        and bool(outer.positions)
    )


def _with_id(happened: Happened) -> Callable[[Any], None]:
    def handle(event: Any) -> None:
        happened(event["data"]["id"])

    return handle


def _made(make: Any, element: Element) -> Any:
    return make(data=dict(element["data"]), classes=element["classes"])


def _update(element: Any, wanted: Element | None) -> None:
    if wanted is None:
        classes = f"{element.classes} {HIDDEN}" if HIDDEN not in element.classes else ""
        _set_classes(element, classes or element.classes)
        return
    _set_classes(element, wanted["classes"])
    if dict(element.data) != dict(wanted["data"]):
        element.data = dict(wanted["data"])


def _set_classes(element: Any, classes: str) -> None:
    if element.classes != classes:
        element.classes = classes
