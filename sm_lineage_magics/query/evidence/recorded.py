"""What was recorded about one entity, read back for comparing and for reports."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ...model import Entity, Home, Role, columns_of, role_of, vocabulary
from ...model.serial import time_from_text

# In the ARNs of the embedded store, where a query is made at the time it ran.
_LOCAL = f":{Home().region}:"

FEATURES_FACT = "Features"
# What a cell's own text is called among other facts, of which `Source` is where a thing lies.
TEXT_FACT = "Text"

# Each run has its own name, so a new name is no news of these; their settings are.
_RUNS: frozenset[Role] = frozenset(
    {"job", "query", "model", "package", "approval", "deployment", "endpoint", "checkpoint"}
)

# Told in a form of their own, or different in every run without meaning anything.
_NOT_COMPARED = frozenset(
    {
        vocabulary.COLUMNS,
        vocabulary.FEATURES,
        vocabulary.QUERY_EXECUTION_ID,
        vocabulary.SUBMITTED,
        vocabulary.MODEL_NAME,
        vocabulary.SOURCE,
    }
)


def facts_of(entity: Entity) -> Mapping[str, str]:
    """What is worth comparing between two entities that play the same part."""
    facts = {} if role_of(entity) in _RUNS else {"Source": _source(entity)}
    facts |= {"Status": entity.status or "", "Commit": commit_of(entity)}
    facts |= {f"Parameter {name}": value for name, value in parameters_of(entity).items()}
    facts |= {k: v for k, v in entity.properties.items() if k not in _NOT_COMPARED}
    if role_of(entity) in ("query", "feature-group"):
        facts[FEATURES_FACT] = ", ".join(features_of(entity) or columns_read(entity))
    if text := entity.properties.get(vocabulary.SOURCE):
        facts |= {TEXT_FACT: text, vocabulary.SHA256: ""}  # the digest of that very text
    return {name: value for name, value in facts.items() if value}


def _source(entity: Entity) -> str:
    # The commit within a permalink is a fact of its own.
    commit = commit_of(entity)
    return entity.source_uri.replace(commit, "…") if commit else entity.source_uri


def commit_of(entity: Entity) -> str:
    """The commit its code stood at; empty when none was recorded."""
    return str(entity.details.get("metadata", {}).get("commit_id") or "")


def repository_of(entity: Entity) -> str:
    """The repository of its code; empty when none was recorded."""
    return str(entity.details.get("metadata", {}).get("repository") or "")


def ran_at(entity: Entity) -> datetime | None:
    """When a job or query began; None where all that is known is when it was recorded.

    SageMaker makes the entity of a job as the job begins, and that of a query when somebody
    records it, which may be long after a model was trained on its result.
    """
    told = entity.details.get("start_time") or entity.properties.get(vocabulary.SUBMITTED)
    if told:
        return time_from_text(told)
    told_then = entity.kind == "TrialComponent" or _LOCAL in entity.arn
    return entity.created if told_then else None


def parameters_of(entity: Entity) -> Mapping[str, str]:
    """A job's settings, name to text."""
    return {str(k): _text(v) for k, v in entity.details.get("parameters", {}).items()}


def features_of(entity: Entity) -> Mapping[str, str]:
    """A feature group's features, name to type; empty when they were not recorded."""
    return features_in(entity.properties.get(vocabulary.FEATURES, ""))


def features_in(text: str) -> Mapping[str, str]:
    """A schema as properties hold it, read; empty when it is none."""
    try:
        features = json.loads(text or "{}")
    except ValueError:
        return {}
    return features if isinstance(features, dict) else {}


def columns_read(entity: Entity) -> tuple[str, ...]:
    """The features a query read, as `group.feature`, each once and in the query's order."""
    return tuple(f"{group}.{feature}" for group, feature in sources_of(entity))


def sources_of(entity: Entity) -> tuple[tuple[str, str], ...]:
    """The (feature group, feature) a query read, each once and in the query's order."""
    used = (use for uses in columns_of(entity).values() for use in uses)
    return tuple(dict.fromkeys((use.feature_group, use.column) for use in used))


def _text(value: Any) -> str:
    # The service keeps a parameter as {"StringValue": …} or {"NumberValue": …}.
    if isinstance(value, dict):
        value = next(iter(value.values()), "")
    # Numbers are doubles there: 3 comes back as 3.0.
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
