"""The models that ipycytoscape's front end draws, with the state it reads and no more.

>>> canvas = Cytoscape(cytoscape_style=rules, cytoscape_layout=layout)
>>> canvas.graph.nodes = [Node(data={"id": "a"}, classes="chosen")]

ipycytoscape's own classes import pandas and networkx where those are installed, watch every
dictionary in depth, and make a graph that is thrown away; its front end asks for none of that.
"""

from __future__ import annotations

from typing import Any

import ipywidgets
from traitlets import Bool, Dict, Float, Instance, List, Unicode

_MODULE, _VERSION = "jupyter-cytoscape", "^1.3.3"


class _Drawn(ipywidgets.Widget):  # type: ignore[misc]  # ipywidgets has no annotations
    """What belongs to ipycytoscape's part in the browser."""

    _model_module = Unicode(_MODULE).tag(sync=True)
    _model_module_version = Unicode(_VERSION).tag(sync=True)
    _view_module = Unicode(_MODULE).tag(sync=True)
    _view_module_version = Unicode(_VERSION).tag(sync=True)


class Node(_Drawn):
    """What is drawn at a place.

    Attributes:
        data: what it is, `id` among it; what the style sheet's rules read.
        classes: what the style sheet's rules tell it by, with blanks between.
    """

    _model_name = Unicode("NodeModel").tag(sync=True)
    _view_name = Unicode("NodeView").tag(sync=True)
    data = Dict().tag(sync=True)
    classes = Unicode().tag(sync=True)


class Graph(_Drawn):
    """Nodes; only ever added to, at the end. Its edges are none: lines are an image on a node."""

    _model_name = Unicode("GraphModel").tag(sync=True)
    nodes = List(Instance(Node)).tag(sync=True, **ipywidgets.widget_serialization)


class Cytoscape(ipywidgets.DOMWidget, _Drawn):  # type: ignore[misc]  # no annotations
    """The canvas."""

    _model_name = Unicode("CytoscapeModel").tag(sync=True)
    _view_name = Unicode("CytoscapeView").tag(sync=True)
    _interaction_handlers = Dict().tag(sync=True)
    graph = Instance(Graph).tag(sync=True, **ipywidgets.widget_serialization)
    cytoscape_layout = Dict().tag(sync=True)
    cytoscape_style: List[Any] = List().tag(sync=True)
    min_zoom = Float(0.05).tag(sync=True)
    # Three nodes are brought near, not blown up.
    max_zoom = Float(1.25).tag(sync=True)
    # Bends are measured from where a node stands: one that is dragged leaves them.
    auto_ungrabify = Bool(True).tag(sync=True)
