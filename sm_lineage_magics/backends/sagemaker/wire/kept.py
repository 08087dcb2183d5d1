"""Where what the service has no field for is kept, and what its own fields are called here."""

from __future__ import annotations

METADATA = {
    "CommitId": "commit_id",
    "Repository": "repository",
    "GeneratedBy": "generated_by",
    "ProjectId": "project_id",
}

# What an entity carries that the service has no field for: a name it would refuse, and the
# source and type of a trial component made by hand. Kept beside the properties, under names
# nobody else would take.
NAME = "sm_lineage_magics:name"
SOURCE = "sm_lineage_magics:source"
TYPE = "sm_lineage_magics:type"

# The source of what has none: the service wants one, and not an empty one.
NO_SOURCE = "sm-lineage-magics:none/"
