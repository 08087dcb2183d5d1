"""An answer as OpenLineage 2-0-2 run events, one JSON document a line, one event per step.

>>> [json.loads(line)["job"]["name"] for line in openlineage(answer).splitlines()]
['join-customers', 'train-churn']

A step is an action or a trial component with what leads into it and out of it; what an entity
contributed to another with nothing between them is a step of that other. Never one event for all:
that would say that every input fed every output.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timezone
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from ....model import Answer, ColumnSource, Entity, aliases, columns_of, role_of, vocabulary
from ....model.serial import time_to_text
from ...naming import gap_lines
from ..steps import Step, steps_in
from .datasets import dataset, facet, name_of, sagemaker, tagged
from .terms import EVENTS, SUBTYPES

_SCHEMA = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent"
_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


def openlineage(answer: Answer) -> str:
    """Run events, one a line, in the order of the answer; gaps go with every one of them."""
    return "".join(f"{json.dumps(event)}\n" for event in events(answer))


def events(answer: Answer) -> Iterator[dict[str, Any]]:
    """The run events as plain JSON values."""
    gaps = gap_lines(answer)
    for step in steps_in(answer.graph):
        yield _event(step, gaps)


def _event(step: Step, gaps: Sequence[str]) -> dict[str, Any]:
    entity = step.entity
    namespace, name = name_of(entity)
    event = {
        "eventType": EVENTS.get(entity.status or "", "COMPLETE" if not entity.status else "OTHER"),
        "eventTime": time_to_text(_when(step)),
        "producer": facet("")["_producer"],
        "schemaURL": _SCHEMA,
        "run": {"runId": str(uuid5(NAMESPACE_URL, entity.arn)), "facets": _run(entity, gaps)},
        "job": {"namespace": namespace, "name": name, "facets": _job(step)},
        "inputs": [dataset(each) for each in step.inputs if role_of(each) not in _NOT_DATA],
        "outputs": [_output(each, step) for each in step.outputs],
    }
    return event


# Code and images are what a step runs, not what it reads; they become facets of the job.
_NOT_DATA = ("code", "image")


def _when(step: Step) -> datetime:
    return step.entity.modified or step.entity.created or _EPOCH


def _run(entity: Entity, gaps: Sequence[str]) -> dict[str, Any]:
    facets = {"sagemaker": sagemaker(entity)}
    execution = entity.properties.get(vocabulary.QUERY_EXECUTION_ID)
    if execution:
        facets["externalQuery"] = facet(
            "1-0-2/ExternalQueryRunFacet", externalQueryId=execution, source="athena"
        )
    if tags := tagged(entity, "1-0-0/TagsRunFacet"):
        facets["tags"] = tags
    if gaps:
        facets["lineageGaps"] = facet("", complete=False, gaps=list(gaps))
    return facets


def _job(step: Step) -> dict[str, Any]:
    facets = {
        "jobType": facet(
            "2-0-4/JobTypeJobFacet",
            processingType="BATCH",
            integration="SAGEMAKER",
            jobType=(step.entity.type or role_of(step.entity)).upper(),
        )
    }
    sql = step.entity.properties.get(vocabulary.QUERY)
    if sql:
        facets["sql"] = facet("1-1-0/SQLJobFacet", query=sql)
    code = next((each for each in step.inputs if role_of(each) == "code"), None)
    if code is not None and code.source_uri:
        facets["sourceCodeLocation"] = _location(code)
    return facets


def _location(code: Entity) -> dict[str, Any]:
    metadata: Mapping[str, Any] = code.details.get("metadata") or {}
    known = {"version": metadata.get("commit_id"), "repoUrl": metadata.get("repository")}
    return facet(
        "1-1-0/SourceCodeLocationJobFacet",
        type="git" if known["version"] else "file",
        url=code.source_uri,
        **{key: value for key, value in known.items() if value},
    )


def _output(entity: Entity, step: Step) -> dict[str, Any]:
    described = dataset(entity)
    columns = columns_of(entity) or columns_of(step.entity)
    groups = [each for each in step.inputs if role_of(each) == "feature-group"]
    fields = dict(_fields(columns, groups))
    if fields:
        described["facets"]["columnLineage"] = facet(
            "1-2-0/ColumnLineageDatasetFacet", fields=fields
        )
    return described


def _fields(
    columns: Mapping[str, Iterable[ColumnSource]], groups: Iterable[Entity]
) -> Iterator[tuple[str, Any]]:
    by_name = {alias: each for each in groups for alias in aliases(each)}
    for column, sources in columns.items():
        known = (source for source in sources if source.feature_group in by_name)
        inputs = [_origin(by_name[source.feature_group], source) for source in known]
        if inputs:
            yield column, {"inputFields": inputs}


def _origin(group: Entity, source: ColumnSource) -> dict[str, Any]:
    namespace, name = name_of(group)
    return {
        "namespace": namespace,
        "name": name,
        "field": source.column,
        "transformations": [_transformation(source)],
    }


def _transformation(source: ColumnSource) -> dict[str, str]:
    if source.direct:
        return {"type": "DIRECT"}
    return {"type": "INDIRECT", "subtype": SUBTYPES[source.how]}
