"""An answer as a pandas DataFrame: one row for each entity found, nothing shortened.

Columns: `name` · `role` · `type` · `kind` · `status` · `way` (focus, upstream, downstream or
empty) · `distance` (associations from what was asked about, nullable integer) · `source_uri` ·
`created`, `modified` (UTC) · `created_by` · `arn` · `properties` (a dict each). The frame's
`attrs` hold `question`, `complete` and `gaps`, as text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..model import Answer
from .naming import gap_lines
from .rows import Row, rows_of

if TYPE_CHECKING:
    from pandas import DataFrame

COLUMNS = (
    "name",
    "role",
    "type",
    "kind",
    "status",
    "way",
    "distance",
    "source_uri",
    "created",
    "modified",
    "created_by",
    "arn",
    "properties",
)


def frame(answer: Answer) -> DataFrame:
    """The entities found, with the columns above, in the answer's order."""
    import pandas

    data = pandas.DataFrame([_record(row) for row in rows_of(answer)], columns=list(COLUMNS))
    data["distance"] = data["distance"].astype("Int64")
    for name in ("created", "modified"):
        data[name] = pandas.to_datetime(data[name], utc=True)
    data.attrs = {
        "question": str(answer.question),
        "complete": answer.complete,
        "gaps": gap_lines(answer),
    }
    return data


def _record(row: Row) -> dict[str, Any]:
    own = {name: getattr(row.entity, name, None) for name in COLUMNS}
    return own | {
        "name": row.entity.label,
        "role": row.role,
        "way": row.way,
        "distance": row.distance,
        "properties": dict(row.entity.properties),
    }
