"""The service's dictionaries and the model's values, one into the other.

>>> wire.new_entity("Context", {"ContextName": "churn", "ContextType": "Endpoint"}, account).label
'churn'
>>> wire.described(entity, account)["ContextName"]
'churn'
"""

from __future__ import annotations

from .answers import (
    associated_type,
    association_summary,
    described,
    edge_of,
    metadata_of,
    summarised,
    times_of,
    user_of,
    vertex,
    vertex_of,
)
from .fields import Request, Wire, present
from .requests import (
    filter_of,
    in_window,
    moment,
    named_arn,
    new_entity,
    source_arn,
    tags_from,
    window_of,
)

__all__ = [
    "Request",
    "Wire",
    "associated_type",
    "association_summary",
    "described",
    "edge_of",
    "filter_of",
    "in_window",
    "metadata_of",
    "moment",
    "named_arn",
    "new_entity",
    "present",
    "source_arn",
    "summarised",
    "tags_from",
    "times_of",
    "user_of",
    "vertex",
    "vertex_of",
    "window_of",
]
