"""Whether a model package was approved, and by whom, as its lineage tells."""

from __future__ import annotations

import re

from ...model import Entity, LineageGraph, role_of
from ...model.vocabulary import APPROVAL_STATUS

# SageMaker's own approval actions carry the status in their name:
# <group>-<version>-<status>-<epoch>-aws-model-group.
_IN_NAME = re.compile(r"-(Approved|PendingManualApproval|Rejected)-\d+-aws-model-group$")


def approvals_of(graph: LineageGraph, package: str) -> tuple[Entity, ...]:
    """The approval actions of a package, the latest first."""
    actions = (graph.entities.get(arn) for arn in graph.upstream_of([package]))
    approvals = [a for a in actions if a is not None and role_of(a) == "approval"]
    return tuple(sorted(approvals, key=_moment, reverse=True))


def approval_status(graph: LineageGraph, package: Entity) -> str:
    """`Approved`, `Rejected`, `PendingManualApproval`, or empty where nothing tells."""
    stated = [status_said(action) for action in approvals_of(graph, package.arn)]
    return next(filter(None, stated), package.properties.get(APPROVAL_STATUS, ""))


def status_said(action: Entity) -> str:
    """The status one approval action speaks of; empty where it does not say."""
    in_name = _IN_NAME.search(action.name)
    by_name = in_name.group(1) if in_name else ""
    return action.properties.get(APPROVAL_STATUS, "") or by_name


def _moment(action: Entity) -> float:
    return action.created.timestamp() if action.created else 0.0
