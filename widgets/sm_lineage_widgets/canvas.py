"""The ipycytoscape canvas: what it draws is only ever added to, faded, or hidden.

ipycytoscape 1.3.3 corrupts its drawing when an element that is not the last one is removed, so
nothing is: what is no longer wanted is hidden, and comes back when it is wanted again.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

import ipycytoscape
import ipywidgets

from sm_lineage_magics.views.picture import Picture

from .controls import Controls
from .elements import Element, edges_of, nodes_of, positions_of
from .release import constructed, release_all
from .style import style_sheet

HIDDEN = "hidden"

Happened = Callable[[str], None]


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
        self._on = on
        self._controls = controls
        self.css_class = f"lineage-{uuid.uuid4().hex[:8]}"
        self.height = height
        self.box = controls.made(ipywidgets.VBox, "lineage-canvas")

    def draw(self, picture: Picture, lit: Collection[str] = (), hits: Collection[str] = ()) -> None:
        """Show this picture, in as few messages as it takes."""
        nodes = {e["data"]["id"]: _hit(e, hits) for e in nodes_of(picture, lit)}
        edges = {e["data"]["id"]: e for e in edges_of(picture, lit)}
        self._place(positions_of(picture))
        with self._graph.hold_sync():
            self._put(self._nodes, nodes, ipycytoscape.Node, "nodes")
            self._put(self._edges, edges, ipycytoscape.Edge, "edges")
        if not self.box.children:
            self.box.children = (self._controls.text(value=self._style), self._widget)

    def fit(self) -> None:
        """Bring everything that is drawn into view."""
        if self._widget is not None:
            self._widget.relayout()

    def _place(self, positions: Mapping[str, Any]) -> None:
        layout = {
            "name": "preset",
            "positions": positions,
            "fit": self._widget is None,
            "padding": 20,
        }
        if self._widget is None:
            self._widget = self._made(layout)
        else:
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
                cytoscape_layout=layout,
                cytoscape_style=style_sheet(),
                tooltip_source="",
                auto_unselectify=False,
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
    def _style(self) -> str:
        # A style element that stands before the canvas: `layout.height` comes after the first
        # drawing, which would then be fitted to ipycytoscape's own 400 pixels.
        return (
            f"<style>.{self.css_class}{{height:{self.height}px !important;background:transparent"
            " !important;border-color:transparent !important;min-width:0;overflow:hidden;"
            "resize:none}</style>"
        )


def _with_id(happened: Happened) -> Callable[[Any], None]:
    def handle(event: Any) -> None:
        happened(event["data"]["id"])

    return handle


def _made(make: Any, element: Element) -> Any:
    return make(data=dict(element["data"]), classes=element["classes"], selectable=True)


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


def _hit(element: Element, hits: Iterable[str]) -> Element:
    if element["data"]["id"] not in hits:
        return element
    return {**element, "classes": f"{element['classes']} hit"}
