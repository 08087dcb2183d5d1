"""An answer as a networkx graph, and as GraphML, which most graph programs read.

Nodes are ARNs, with `name`, `role`, `type`, `kind`, `status`, `source_uri`, `created`,
`created_by`, `focus`, and every property under `property:` and its name. Edges have `type`. The
graph has `question`, `complete` and `gaps`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ...errors import FormatError
from ...model import Answer, Association, Entity, role_of
from ...model.serial import time_to_text
from ..escape import html
from ..naming import gap_lines


def to_networkx(answer: Answer) -> Any:
    """A `networkx.DiGraph`.

    Raises:
        FormatError: when networkx is not installed.
    """
    try:
        import networkx
    except ImportError as error:
        raise FormatError(
            "networkx is not installed. Expected it for this format; type: %pip install networkx"
        ) from error
    graph = networkx.DiGraph(**_about(answer))
    for arn, entity in answer.graph.entities.items():
        graph.add_node(arn, **_attributes(entity, answer))
    for edge in answer.graph.associations:
        graph.add_edge(edge.source, edge.destination, type=edge.type or "")
    return graph


def graphml(answer: Answer) -> str:
    """The graph as GraphML; entities that are only named by an association are nodes as well."""
    nodes: dict[str, Mapping[str, str]] = {
        end: {} for edge in answer.graph.associations for end in edge.pair
    }
    nodes |= {
        arn: {key: str(value) for key, value in _attributes(entity, answer).items() if value}
        for arn, entity in answer.graph.entities.items()
    }
    keys = {name: f"n{number}" for number, name in enumerate(_names(nodes))}
    return "\n".join(_graphml_lines(answer, nodes, keys)) + "\n"


def _about(answer: Answer) -> dict[str, Any]:
    return {
        "question": str(answer.question),
        "complete": answer.complete,
        "gaps": gap_lines(answer),
    }


def _attributes(entity: Entity, answer: Answer) -> dict[str, Any]:
    return {
        "name": entity.label,
        "role": role_of(entity),
        "type": entity.type,
        "kind": entity.kind,
        "status": entity.status or "",
        "source_uri": entity.source_uri,
        "created": time_to_text(entity.created) if entity.created else "",
        "created_by": entity.created_by or "",
        "focus": entity.arn in answer.focus,
        **{f"property:{key}": value for key, value in entity.properties.items()},
    }


def _names(nodes: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    yield from dict.fromkeys(name for attributes in nodes.values() for name in attributes)


def _graphml_lines(
    answer: Answer, nodes: Mapping[str, Mapping[str, str]], keys: Mapping[str, str]
) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    about = _about(answer)
    yield from (_key(key, "node", html(name)) for name, key in keys.items())
    yield _key("type", "edge", "type")
    yield from (_key(name, "graph", name) for name in about)
    yield '<graph edgedefault="directed">'
    for name, value in about.items():
        text = "\n".join(map(html, value)) if isinstance(value, list) else html(str(value))
        yield f'<data key="{name}">{text}</data>'
    yield from (_node(arn, attributes, keys) for arn, attributes in nodes.items())
    yield from map(_edge, answer.graph.associations)
    yield "</graph></graphml>"


def _key(id: str, of: str, name: str) -> str:
    return f'<key id="{id}" for="{of}" attr.name="{name}" attr.type="string"/>'


def _node(arn: str, attributes: Mapping[str, str], keys: Mapping[str, str]) -> str:
    data = (f'<data key="{keys[name]}">{html(value)}</data>' for name, value in attributes.items())
    return f'<node id="{html(arn)}">{"".join(data)}</node>'


def _edge(edge: Association) -> str:
    ends = f'source="{html(edge.source)}" target="{html(edge.destination)}"'
    return f'<edge {ends}><data key="type">{html(edge.type or "")}</data></edge>'
