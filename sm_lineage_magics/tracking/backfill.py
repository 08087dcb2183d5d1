"""Lineage of what ran before anyone tracked it: jobs, queries, what ml-lineage-helper wrote.

>>> facts = backfill(clients, describe, since, backend)
>>> tracker.preview(facts, "backfill").plan
Plan(…)

What SageMaker and Athena still list is described as if a cell had just made it. Where a query's
result lies in what a job read, they are linked; nothing else is guessed.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Any

from ..backends import Backend
from ..model import Association, Entity, EntityFilter, Gap, role_of, vocabulary
from ..model.vocabulary import HELPER_QUERY, HELPER_QUERY_CUT
from .clients import Clients
from .facts import Facts, Link, Resource
from .flow.inside import inside
from .flow.memory import Memory
from .gathering import Describe, joined

# How many of one kind are looked at; more than that is said as a gap.
MOST = 1_000
_BATCH = 50  # of BatchGetQueryExecution
# What ml-lineage-helper calls the data sets it keeps a query with.
_HELPERS_SETS = frozenset(("TrainingData", "TestingData"))


@dataclass(frozen=True)
class Listing:
    """An operation that lists resources of one kind, newest first."""

    operation: str
    rows: str
    type: str
    stem: str


LISTINGS = (
    Listing("list_feature_groups", "FeatureGroupSummaries", "feature-group", "FeatureGroup"),
    Listing("list_processing_jobs", "ProcessingJobSummaries", "processing-job", "ProcessingJob"),
    Listing("list_training_jobs", "TrainingJobSummaries", "training-job", "TrainingJob"),
    Listing("list_transform_jobs", "TransformJobSummaries", "transform-job", "TransformJob"),
    Listing("list_models", "Models", "model", "Model"),
    Listing("list_endpoints", "Endpoints", "endpoint", "Endpoint"),
)


def backfill(clients: Clients, describe: Describe, since: datetime, backend: Backend) -> Facts:
    """Facts of all that was made since a moment, and of what ml-lineage-helper recorded."""
    listed = [_listed(clients.sagemaker, listing, since) for listing in LISTINGS]
    queries = _queries(clients.athena, since)
    long = (each for each, found in zip(LISTINGS, listed, strict=True) if len(found) > MOST)
    resources = [each for found in listed for each in found[:MOST]] + queries[:MOST]
    facts = _without_idle_queries(describe(resources, clients)) if resources else Facts()
    facts = joined(facts, adopted(backend, facts))
    facts = inside(facts, Memory())
    return replace(facts, gaps=(*facts.gaps, *map(_cut, long)))


def adopted(backend: Backend, facts: Facts) -> Facts:
    """What ml-lineage-helper recorded, in today's terms: queries whole, jobs as what they are.

    It kept queries as Base64 cut at 256 characters, and a processing job as an artifact of its
    own beside the one SageMaker makes.
    """
    entities = list(backend.find(only=EntityFilter(kinds=("Artifact",))))
    # An account lists artifacts without their properties.
    listed = [e.arn for e in entities if HELPER_QUERY in e.properties or e.name in _HELPERS_SETS]
    kept = [e for e in backend.get(listed).values() if HELPER_QUERY in e.properties]
    read = [(entity, _decoded(entity)) for entity in kept]
    queries = tuple(_with_query(entity, text) for entity, text in read if text)
    gaps = tuple(_undecodable(entity) for entity, text in read if not text)
    jobs = {e.source_uri: e for e in facts.entities if e.kind == "TrialComponent" and e.source_uri}
    twins = [(e, jobs[e.source_uri]) for e in entities if e.source_uri in jobs]
    links = (Association(artifact.arn, job.arn, "SameAs") for artifact, job in twins)
    evidence = "both are the job of this ARN"
    both = tuple(entity for pair in twins for entity in pair)
    return Facts((*queries, *both), tuple(Link(each, evidence, "same-uri") for each in links), gaps)


def _listed(client: Any, listing: Listing, since: datetime) -> list[Resource]:
    pages = client.get_paginator(listing.operation).paginate(CreationTimeAfter=since)
    rows = (row for page in pages for row in page[listing.rows])
    return [
        Resource(
            listing.type, row[f"{listing.stem}Name"], row[f"{listing.stem}Arn"], {}, "backfill"
        )
        for row in islice(rows, MOST + 1)
    ]


def _queries(client: Any, since: datetime) -> list[Resource]:
    """Queries that succeeded since a moment, of every workgroup that may be read."""
    groups = (row["Name"] for page in _groups(client) for row in page["WorkGroups"])
    return [query for group in groups for query in _queries_of(client, group, since)]


def _groups(client: Any) -> Iterator[Any]:
    page = client.list_work_groups()
    yield page
    while token := page.get("NextToken"):
        page = client.list_work_groups(NextToken=token)
        yield page


def _queries_of(client: Any, group: str, since: datetime) -> Iterator[Resource]:
    pages = client.get_paginator("list_query_executions").paginate(WorkGroup=group)
    ids = (id for page in pages for id in page["QueryExecutionIds"])
    while batch := list(islice(ids, _BATCH)):
        found = client.batch_get_query_execution(QueryExecutionIds=batch)["QueryExecutions"]
        recent = [row for row in found if _submitted(row) >= since]
        yield from (_query(row) for row in recent if row["Status"]["State"] == "SUCCEEDED")
        if not recent:  # they come newest first
            return


def _submitted(row: Any) -> datetime:
    moment: datetime = row["Status"]["SubmissionDateTime"]
    return moment


def _query(row: Any) -> Resource:
    known = {
        "query": row.get("Query", ""),
        "database": row.get("QueryExecutionContext", {}).get("Database", ""),
        "output": row.get("ResultConfiguration", {}).get("OutputLocation", ""),
    }
    return Resource("athena-query", row["QueryExecutionId"], "", known, "backfill")


def _without_idle_queries(facts: Facts) -> Facts:
    """Athena serves others too: only queries that read a feature group are lineage here."""
    groups = {e.arn for e in facts.entities if role_of(e) == "feature-group"}
    reading = {
        link.association.destination for link in facts.links if link.association.source in groups
    }
    idle = {e.arn for e in facts.entities if role_of(e) == "query"} - reading
    links = tuple(link for link in facts.links if idle.isdisjoint(link.association.pair))
    touched = {arn for link in facts.links for arn in link.association.pair} - {
        arn for link in links for arn in link.association.pair
    }
    kept = tuple(entity for entity in facts.entities if entity.arn not in idle | touched)
    return replace(facts, entities=kept, links=links)


def _decoded(entity: Entity) -> str:
    """The query that was kept; empty where that is only the beginning of it."""
    encoded = entity.properties[HELPER_QUERY]
    if len(encoded) >= HELPER_QUERY_CUT:  # what was cut there decodes without complaint
        return ""
    try:
        return base64.b64decode(encoded.encode("ascii"), validate=True).decode("utf-8")
    except (binascii.Error, UnicodeError):
        return ""


def _with_query(entity: Entity, text: str) -> Entity:
    return replace(entity, properties={vocabulary.QUERY: text})


def _undecodable(entity: Entity) -> Gap:
    return Gap("truncated", entity.label, "Its query was cut off when it was recorded.")


def _cut(listing: Listing) -> Gap:
    why = f"Only the newest {MOST} are here; ask with a later --since."
    return Gap("truncated", listing.operation, why)
