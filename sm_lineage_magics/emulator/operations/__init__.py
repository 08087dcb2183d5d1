"""The operations of the lineage API: what answers each of them for one account."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..account import Account
from ..wire import Request, Wire
from . import (
    associations,
    entities,
    lineage_groups,
    query_lineage,
    search,
    tags,
    trial_components,
    trials,
)

__all__ = ["CLAIMS", "OPERATIONS"]

Handler = Callable[[Account, Request], Wire]

OPERATIONS: Mapping[str, Handler] = {
    **entities.OPERATIONS,
    **associations.OPERATIONS,
    **query_lineage.OPERATIONS,
    **lineage_groups.OPERATIONS,
    **trial_components.OPERATIONS,
    **trials.OPERATIONS,
    **tags.OPERATIONS,
    **search.OPERATIONS,
}

# Operations that are lineage calls for some resources only.
CLAIMS: Mapping[str, Callable[[Request], bool]] = {
    **dict.fromkeys(tags.OPERATIONS, tags.claims),
    **dict.fromkeys(search.OPERATIONS, search.claims),
}
