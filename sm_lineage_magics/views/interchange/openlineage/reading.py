"""OpenLineage events as lineage: what each run read and made, and nothing between runs.

>>> graph_of(documents_in(Path("events.jsonl").read_text()))
LineageGraph(…)

Each run is an action of its own, so that a job that ran a hundred times does not seem to have fed
everything it ever read into everything it ever wrote. A data set is known by its namespace and
name, which are the URI of what lies in S3; so what another tool wrote there and what was read from
there here is one thing. Facets that are not known are passed over.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from ....errors import FormatError
from ....model import (
    Association,
    AssociationType,
    ColumnSource,
    Entity,
    Home,
    LineageGraph,
    last_part,
    role_of,
    vocabulary,
    write_columns,
)
from ....model.columns import EVERY
from ....model.serial import time_from_text
from .datasets import entity_of, ours, tags_of, uri_of
from .terms import HOWS, STATUSES

Event = Mapping[str, Any]

_HOME = Home()


def documents_in(text: str) -> list[Any]:
    """The JSON values of a file: of one document that is no list, of a list, or one a line.

    Raises:
        ValueError: when it is not JSON.
    """
    try:
        document = json.loads(text)
    except ValueError:
        return [json.loads(line) for line in text.splitlines() if line.strip()]
    return document if isinstance(document, list) else [document]


def is_event(document: Any) -> bool:
    """Whether a JSON value is an event: of a run, a job or a data set."""
    parts = ("job", "dataset")
    return (
        isinstance(document, Mapping)
        and "eventTime" in document
        and any(isinstance(document.get(part), Mapping) for part in parts)
    )


def graph_of(documents: Iterable[Any]) -> LineageGraph:
    """All that events tell; of what several of them tell of one thing, the later adds.

    Raises:
        FormatError: when one is no event, or holds what the specification does not let it hold.
    """
    told = _Told()
    for number, document in enumerate(documents, 1):
        if not is_event(document):
            raise _wrong(number, "an eventTime, and a job or a dataset")
        try:
            told.take(document)
        except (AttributeError, KeyError, TypeError) as error:
            raise _wrong(number, "what version 2 of the specification says") from error
    return LineageGraph.of(told.entities.values(), told.associations.values())


def _wrong(number: int, expected: str) -> FormatError:
    return FormatError(f"document {number} is no OpenLineage event. Expected {expected}.")


class _Told:
    """What events have told so far."""

    def __init__(self) -> None:
        self.entities: dict[str, Entity] = {}
        self.associations: dict[tuple[str, str], Association] = {}

    def take(self, event: Event) -> None:
        """One more event."""
        at = time_from_text(event["eventTime"])
        if "job" not in event:
            self._add(entity_of(event["dataset"]))
            return
        step = self._add(_step(event, at))
        for code in _code(event):
            self._link(self._add(code), step, "ContributedTo", at)
        for each in event.get("inputs") or ():
            self._link(self._add(entity_of(each)), step, "ContributedTo", at)
        for each in event.get("outputs") or ():
            self._link(step, self._add(entity_of(each)), "Produced", at)

    def _add(self, entity: Entity) -> Entity:
        before = self.entities.get(entity.arn)
        self.entities[entity.arn] = entity if before is None else _added(before, entity)
        return entity

    def _link(
        self, source: Entity, destination: Entity, type: AssociationType, at: datetime
    ) -> None:
        # What was made straight from its inputs is told as a step that puts out itself.
        if source.arn != destination.arn:
            edge = Association(source.arn, destination.arn, type, at)
            self.associations.setdefault(edge.pair, edge)


def _added(before: Entity, after: Entity) -> Entity:
    moments = [moment for each in (before, after) for moment in (each.created, each.modified)]
    known = [moment for moment in moments if moment is not None]
    return replace(
        before,
        properties={**before.properties, **after.properties},
        created=min(known, default=None),
        modified=max(known, default=None),
        created_by=after.created_by or before.created_by,
        status=after.status or before.status,
        details={**before.details, **after.details},
    )


def _step(event: Event, at: datetime) -> Entity:
    """The run an event is about; of an event about a job alone, the job."""
    job, run = event["job"], event.get("run") or {}
    facets = {**(job.get("facets") or {}), **(run.get("facets") or {})}
    uri = uri_of(job["namespace"], job["name"])
    made = ours(facets, uri) or _action(event, facets, uri)
    if made.kind not in ("Action", "TrialComponent"):
        return made
    properties = {**made.properties, **dict(_properties(event, facets))}
    status = STATUSES.get(str(event.get("eventType"))) or made.status
    details = {**made.details, **tags_of(facets)}
    return replace(
        made, status=status, created=at, modified=at, properties=properties, details=details
    )


def _action(event: Event, facets: Event, uri: str) -> Entity:
    called, run = last_part(str(event["job"]["name"])), (event.get("run") or {}).get("runId")
    name = f"{called}-{run}" if run else called
    return Entity(_HOME.action(name), "Action", _type(event, facets), name, uri)


def _type(event: Event, facets: Event) -> str:
    """A query where SQL read feature groups; else `SparkJob`, `DbtJob`: what ends so is a job."""
    read = (role_of(entity_of(each)) for each in event.get("inputs") or ())
    if facets.get("sql") and "feature-group" in read:
        return "FeatureStoreQuery"
    integration = str((facets.get("jobType") or {}).get("integration") or "")
    return f"{integration.title().replace('_', '')}Job"


def _properties(event: Event, facets: Event) -> Iterator[tuple[str, str]]:
    if query := (facets.get("sql") or {}).get("query"):
        yield vocabulary.QUERY, str(query)
    if execution := (facets.get("externalQuery") or {}).get("externalQueryId"):
        yield vocabulary.QUERY_EXECUTION_ID, str(execution)
    if columns := dict(_columns(event)):
        yield vocabulary.COLUMNS, write_columns(columns)


def _columns(event: Event) -> Iterator[tuple[str, tuple[ColumnSource, ...]]]:
    """Output column → what it comes from; under `*` what decides about all rows."""
    for output in event.get("outputs") or ():
        facet = (output.get("facets") or {}).get("columnLineage") or {}
        for column, field in (facet.get("fields") or {}).items():
            yield column, tuple(_sources(field.get("inputFields") or ()))
        if facet.get("dataset"):
            yield EVERY, tuple(_sources(facet["dataset"]))


def _sources(fields: Iterable[Mapping[str, Any]]) -> Iterator[ColumnSource]:
    for field in fields:
        source = entity_of({**field, "facets": {}})
        group = source.name if role_of(source) == "feature-group" else str(field["name"])
        for way in field.get("transformations") or ({"type": "DIRECT"},):
            indirect = way.get("type") == "INDIRECT"
            how = HOWS.get(str(way.get("subtype")), "condition") if indirect else "direct"
            yield ColumnSource(group, str(field["field"]), how)


def _code(event: Event) -> Iterator[Entity]:
    location = (event["job"].get("facets") or {}).get("sourceCodeLocation") or {}
    if uri := location.get("url"):
        known = {"commit_id": location.get("version"), "repository": location.get("repoUrl")}
        metadata = {name: str(value) for name, value in known.items() if value}
        details = {"metadata": metadata} if metadata else {}
        yield Entity(_HOME.artifact(uri), "Artifact", "Code", last_part(uri), uri, details=details)
