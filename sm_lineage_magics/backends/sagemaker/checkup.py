"""Whether an account can be asked and written: credentials, region, and each permission.

>>> list(checked(backend))
[('credentials', 'account 123456789012', ''), ('region', 'us-east-1', ''), …]

The probes change nothing: reads ask for one item, writes name an entity that cannot be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ...errors import AccessDenied, EntityNotFound, LineageError
from ...model import Home
from .calls.service import Service

# What was looked at, what was found, and what to do about it; nothing to do when empty.
Check = tuple[str, str, str]

_NOBODY = "sm-lineage-magics-probe-of-permissions"

_READS: dict[str, dict[str, Any]] = {
    "ListArtifacts": {"MaxResults": 1},
    "ListActions": {"MaxResults": 1},
    "ListContexts": {"MaxResults": 1},
    "ListTrialComponents": {"MaxResults": 1},
    "ListAssociations": {"MaxResults": 1},
    "DescribeAction": {"ActionName": _NOBODY},
    "DescribeContext": {"ContextName": _NOBODY},
    "DescribeTrialComponent": {"TrialComponentName": _NOBODY},
}


def checked(service: Service, home: Callable[[], Home]) -> Iterator[Check]:
    """A line for the credentials, the region and each permission."""
    try:
        found = home()
    except LineageError as error:
        yield "credentials", "no", str(error)
        return
    yield "credentials", f"account {found.account}", ""
    yield "region", found.region, ""
    yield "writes", "refused by read_only" if service.read_only else "allowed by settings", ""
    yield from _permissions(service, _probes(found))


def _probes(home: Home) -> dict[str, dict[str, Any]]:
    nothing = home.artifact(_NOBODY)
    ends = {"SourceArn": nothing, "DestinationArn": home.action(_NOBODY)}
    return {
        **_READS,
        "DescribeArtifact": {"ArtifactArn": nothing},
        "QueryLineage": {"StartArns": [nothing], "MaxResults": 1},
        # Neither end exists, so that being allowed to is all that can be found out.
        "AddAssociation": ends,
        "DeleteAssociation": ends,
        "UpdateArtifact": {"ArtifactArn": nothing},
        "DeleteArtifact": {"ArtifactArn": nothing},
    }


def _permissions(service: Service, probes: dict[str, dict[str, Any]]) -> Iterator[Check]:
    asked = {op: request for op, request in probes.items() if _may_ask(service, op)}
    outcome = service.each(lambda operation: service.call(operation, **asked[operation]), asked)
    for operation in asked:
        yield _told(operation, outcome.refused.get(operation))


def _may_ask(service: Service, operation: str) -> bool:
    return not service.read_only or operation.startswith(("List", "Describe", "Query"))


def _told(operation: str, error: LineageError | None) -> Check:
    permission = f"sagemaker:{operation}"
    if error is None or isinstance(error, EntityNotFound):
        return permission, "allowed", ""
    if isinstance(error, AccessDenied):
        return permission, "denied", f"Ask for the IAM action {permission}."
    return permission, "not known", str(error)
