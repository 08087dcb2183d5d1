"""The ways `explorer.py` draws one answer, run in the kernel of its notebook."""

from __future__ import annotations

import json
import time
from typing import Any

import ipycytoscape
import ipywidgets
from IPython.display import display
from layout import BOX, graph
from sm_lineage_widgets.explorer import Explorer

from sm_lineage_magics.model import Answer, Association, Direction, Entity, LineageGraph
from sm_lineage_magics.views.picture.layout import lay_out

# Level by level, so that every role has some and neighbours differ.
TYPES = ("DataSet", "Code", "FeatureGroup", "Image", "Model")
STYLE = [
    {"selector": "node", "style": {"label": "data(label)", "width": 120, "height": 36}},
    {"selector": "edge.directed", "style": {"target-arrow-shape": "triangle"}},
]
DAGRE = {"name": "dagre", "rankDir": "LR"}


def let_go() -> None:
    """Close every widget there is."""
    for each in list(ipywidgets.widgets.widget._instances.values()):
        each.close()


def draw(way: str, size: int) -> None:
    """Show so many entities; print when that began, and what will be seen."""
    links = [(f"n{start}", f"n{end}") for start, end in graph(size)]
    answer = _answer(size, links)
    began = time.time()
    css, nodes = ours(answer) if way == "ours" else _theirs(way, size, links)
    print(json.dumps({"began": began, "css": css, "nodes": nodes}))


def ours(answer: Answer) -> tuple[str, int]:
    """The explorer; expanding adds five entities after a look-up that takes no time."""
    explorer = Explorer(answer, _more)
    display(explorer)
    return explorer._canvas.css_class, len(explorer._canvas._nodes)


def _more(arn: str, way: Direction) -> Answer:
    names = [f"{arn}-{number}" for number in range(5)]
    links = [(arn, name) if way == "downstream" else (name, arn) for name in names]
    graph = LineageGraph.of(map(_entity, names), (Association(*link) for link in links))
    return Answer(graph, (arn,))


def _answer(size: int, links: list[tuple[str, str]]) -> Answer:
    entities = [_entity(f"n{number}", TYPES[number * 10 // size % 5]) for number in range(size)]
    return Answer(LineageGraph.of(entities, (Association(*link, "Produced") for link in links)))


def _entity(name: str, type: str = "DataSet") -> Entity:
    return Entity(name, "Artifact", type, f"entity-{name}", f"s3://bucket/{name}")


def _theirs(way: str, size: int, links: list[tuple[str, str]]) -> tuple[str, int]:
    nodes = [{"id": f"n{number}", "label": f"entity-n{number}"} for number in range(size)]
    edges = [{"source": start, "target": end} for start, end in links]
    widget = _documented(nodes, edges) if way == "A" else _complete(nodes, edges)
    layout = _preset(nodes, links) if way == "P" else DAGRE
    widget.set_layout(**layout)
    widget.set_style(STYLE)
    css = f"way-{time.monotonic_ns()}"
    widget.add_class(css)
    display(widget)
    return css, size


def _documented(nodes: list[dict[str, Any]], edges: list[dict[str, Any]]) -> Any:
    widget = ipycytoscape.CytoscapeWidget()
    elements = {
        "nodes": [{"data": node} for node in nodes],
        "edges": [{"data": edge} for edge in edges],
    }
    widget.graph.add_graph_from_json(elements, directed=True)
    return widget


def _complete(nodes: list[dict[str, Any]], edges: list[dict[str, Any]]) -> Any:
    graph = ipycytoscape.Graph()
    made = [ipycytoscape.Node(data=node) for node in nodes]
    drawn = [ipycytoscape.Edge(data=edge, classes="directed") for edge in edges]
    with graph.hold_sync():
        graph.nodes = made
        graph.edges = drawn
    return ipycytoscape.CytoscapeWidget(graph=graph)


def _preset(nodes: list[dict[str, Any]], links: list[tuple[str, str]]) -> dict[str, Any]:
    layout = lay_out({node["id"]: BOX for node in nodes}, links)
    places = {id: {"x": point.x, "y": point.y} for id, point in layout.positions.items()}
    return {"name": "preset", "positions": places, "fit": True, "padding": 20}
