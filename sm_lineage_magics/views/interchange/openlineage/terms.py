"""What OpenLineage calls the states of a run, and the ways a feature decides about a column."""

from __future__ import annotations

from ....model.columns import How

# Status of a job → type of event.
EVENTS = {
    "Completed": "COMPLETE",
    "Failed": "FAIL",
    "Stopped": "ABORT",
    "Stopping": "RUNNING",
    "InProgress": "RUNNING",
}

# Type of event → status.
STATUSES = {event: status for status, event in EVENTS.items()} | {"START": "InProgress"}

# How a feature decides about a column, in the words of the column lineage facet.
SUBTYPES: dict[How, str] = {
    "filter": "FILTER",
    "join": "JOIN",
    "group": "GROUP_BY",
    "order": "SORT",
    "condition": "CONDITIONAL",
}

HOWS: dict[str, How] = {subtype: how for how, subtype in SUBTYPES.items()}
