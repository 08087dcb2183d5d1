"""Fields of requests and answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Wire = dict[str, Any]
Request = Mapping[str, Any]

# MetadataProperties, and what an entity's details call each of them.
METADATA = {
    "CommitId": "commit_id",
    "Repository": "repository",
    "GeneratedBy": "generated_by",
    "ProjectId": "project_id",
}


def present(**fields: Any) -> Wire:
    """The fields that have a value; an empty text, list or map is none."""
    return {name: value for name, value in fields.items() if value not in (None, "", {}, [])}
