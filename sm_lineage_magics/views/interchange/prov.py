"""An answer as W3C PROV-JSON: artifacts and contexts are entities, what was done are activities.

>>> json.loads(prov(answer))["wasGeneratedBy"]
{'_:r2': {'prov:entity': 'lineage:arn%3Aaws%3A…', 'prov:activity': 'lineage:arn%3Aaws%3A…'}}
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from ...model import Answer, Association, Entity, LineageGraph, role_of
from ...model.serial import time_to_text
from .steps import is_activity

_PREFIX = {"lineage": "urn:sagemaker-lineage:", "agent": "urn:sagemaker-lineage:agent:"}

Document = dict[str, dict[str, Any]]


def prov(answer: Answer) -> str:
    """The whole graph; gaps are entities of the type `lineage:Gap`."""
    document: Document = defaultdict(dict)
    document["prefix"] = dict(_PREFIX)
    for entity in answer.graph.entities.values():
        section = "activity" if is_activity(entity) else "entity"
        document[section][_id(entity.arn)] = dict(_attributes(entity))
        _attribute_to_agent(document, entity)
    for number, edge in enumerate(answer.graph.associations):
        _relate(document, answer.graph, edge, number)
    for number, gap in enumerate(answer.gaps):
        about = {"lineage:kind": gap.kind, "lineage:where": gap.where, "prov:label": gap.why}
        document["entity"][f"lineage:gap{number}"] = {**about, "prov:type": _name("lineage:Gap")}
    return json.dumps(document, indent=2) + "\n"


def _relate(document: Document, graph: LineageGraph, edge: Association, number: int) -> None:
    """The relation PROV has for these two; its words go against the data: B was made from A."""
    ends = [graph.entities.get(arn) for arn in edge.pair]
    source, destination = (each is not None and is_activity(each) for each in ends)
    relation, later, earlier = _RELATIONS[source, destination]
    if not (source or destination) and edge.type in _BESIDE:
        relation, later, earlier = _BESIDE[edge.type]
    for arn in (arn for arn, end in zip(edge.pair, ends, strict=True) if end is None):
        document["entity"].setdefault(_id(arn), {"prov:type": _name("lineage:Missing")})
    document[relation][f"_:r{number}"] = {
        later: _id(edge.destination),
        earlier: _id(edge.source),
        **({"lineage:association": edge.type} if edge.type else {}),
    }


# (source is an activity, destination is an activity) → relation, and what its ends are called,
# the later one first.
_RELATIONS = {
    (False, True): ("used", "prov:activity", "prov:entity"),
    (True, False): ("wasGeneratedBy", "prov:entity", "prov:activity"),
    (True, True): ("wasInformedBy", "prov:informed", "prov:informant"),
    (False, False): ("wasDerivedFrom", "prov:generatedEntity", "prov:usedEntity"),
}
_BESIDE: dict[str | None, tuple[str, str, str]] = {
    "AssociatedWith": ("wasInfluencedBy", "prov:influencee", "prov:influencer"),
    "SameAs": ("alternateOf", "prov:alternate1", "prov:alternate2"),
}


def _attributes(entity: Entity) -> Iterator[tuple[str, Any]]:
    yield "prov:label", entity.label
    yield "prov:type", _name(f"lineage:{role_of(entity)}")
    yield "lineage:arn", entity.arn
    for name in ("kind", "type", "source_uri", "status"):
        if getattr(entity, name):
            yield f"lineage:{name}", getattr(entity, name)
    if entity.created:
        yield "lineage:created", _moment(time_to_text(entity.created))
    if is_activity(entity):
        times = {"prov:startTime": "start_time", "prov:endTime": "end_time"}
        yield from (
            (name, entity.details[key]) for name, key in times.items() if entity.details.get(key)
        )
    yield from ((f"lineage:property-{_quoted(k)}", v) for k, v in entity.properties.items())


def _attribute_to_agent(document: Document, entity: Entity) -> None:
    if entity.created_by:
        agent = f"agent:{_quoted(entity.created_by)}"
        document["agent"][agent] = {"prov:label": entity.created_by}
        relation = "wasAssociatedWith" if is_activity(entity) else "wasAttributedTo"
        end = "prov:activity" if is_activity(entity) else "prov:entity"
        key = f"_:a{len(document[relation])}"
        document[relation][key] = {end: _id(entity.arn), "prov:agent": agent}


def _id(arn: str) -> str:
    return f"lineage:{_quoted(arn)}"


def _quoted(text: str) -> str:
    return quote(text, safe="", errors="replace")


def _name(name: str) -> dict[str, str]:
    return {"$": name, "type": "prov:QUALIFIED_NAME"}


def _moment(text: str) -> dict[str, str]:
    return {"$": text, "type": "xsd:dateTime"}
