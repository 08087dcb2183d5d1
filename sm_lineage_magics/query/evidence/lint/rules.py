"""The rules of `lint`: each a function from a lineage to what breaks it.

A rule is one function and one row of `RULES`. Ids are stable: people write them into pipelines.
"""

from __future__ import annotations

from . import drift, origins, records, shape
from .rule import Rule

RULES: tuple[Rule, ...] = (
    Rule(
        "model-without-data",
        "error",
        "%%lineage track the cell that trains {name}, or %lineage link DATA {name}",
        origins.model_without_data,
    ),
    Rule(
        "endpoint-without-lineage",
        "error",
        "%lineage backfill, then %lineage upstream {name}",
        origins.endpoint_without_lineage,
    ),
    Rule(
        "query-not-recorded",
        "error",
        "%%lineage track the cell that runs the query",
        records.query_not_recorded,
    ),
    Rule(
        "query-truncated",
        "error",
        "%%lineage track the cell that runs the query; the whole SQL is kept",
        records.query_truncated,
    ),
    Rule(
        "data-overwritten",
        "error",
        "write each training set to a path of its own, and train on that",
        drift.data_overwritten,
    ),
    Rule(
        "cycle",
        "error",
        "%lineage show {name}; then %lineage undo RUN, or %lineage forget ENTITY",
        shape.cycle,
    ),
    Rule(
        "twin-feature-group",
        "error",
        "%lineage link to the other one what is at this one, then %lineage forget {name}",
        shape.twin_feature_group,
    ),
    Rule(
        "schema-changed",
        "warning",
        "%lineage models {name} lists what was trained on it; train that again",
        drift.schema_changed,
    ),
    Rule(
        "model-without-features",
        "warning",
        "%lineage datasets {name} lists its data; %lineage link fg:NAME DATA",
        origins.model_without_features,
    ),
    Rule(
        "data-without-origin",
        "warning",
        "%%lineage track the cell that writes {name}, or %lineage link SOURCE {name}",
        origins.data_without_origin,
    ),
    Rule("no-commit", "warning", "commit the code, then track the cell again", records.no_commit),
    Rule(
        "dirty-commit",
        "warning",
        "commit the code, then track the cell again",
        records.dirty_commit,
    ),
    Rule(
        "orphan",
        "info",
        "%lineage link {name} ENTITY, or %lineage forget {name}",
        origins.orphan,
    ),
)
