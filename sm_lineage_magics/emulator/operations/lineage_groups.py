"""The one lineage group every entity of an account belongs to, and its policy.

>>> OPERATIONS["ListLineageGroups"](account, {})["LineageGroupSummaries"][0]["LineageGroupName"]
'sagemaker-default-lineage-group'

There is one per account, made with its first entity (Developer Guide, "Cross-account lineage
tracking"). Sharing is done through AWS RAM, so there is no operation that writes a policy.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from .. import wire
from ..account import DEFAULT_GROUP, Account
from ..refusal import not_found
from ..wire import Request, Wire


def describe(account: Account, request: Request) -> Wire:
    """Everything about the group."""
    made = _made(account, request["LineageGroupName"])
    return _group(account, made)


def list_(account: Account, request: Request) -> Wire:
    """The group, if the account has an entity."""
    page, following = account.paged(
        "ListLineageGroups", request, partial(_listed, account, request)
    )
    return {"LineageGroupSummaries": page, **following}


def policy(account: Account, request: Request) -> Wire:
    """The group's resource policy; nothing shares it here, so there is none to give."""
    _made(account, request["LineageGroupName"])
    return {"LineageGroupArn": account.lineage_group}


def _made(account: Account, name_or_arn: str) -> datetime:
    made = _first_entity(account)
    if made is None or name_or_arn not in (DEFAULT_GROUP, account.lineage_group):
        raise not_found(f"Lineage group {name_or_arn}")
    return made


def _first_entity(account: Account) -> datetime | None:
    oldest = account.store.find(order="created", descending=False, limit=1)
    return next((one.created for one in oldest), None)


def _listed(account: Account, request: Request) -> Iterator[Wire]:
    made = _first_entity(account)
    if made is None or not wire.in_window(made, request):
        return iter(())
    return iter([_group(account, made)])


def _group(account: Account, made: datetime) -> Wire:
    return {
        "LineageGroupName": DEFAULT_GROUP,
        "LineageGroupArn": account.lineage_group,
        "CreationTime": made,
        "LastModifiedTime": made,
    }


OPERATIONS = {
    "DescribeLineageGroup": describe,
    "ListLineageGroups": list_,
    "GetLineageGroupPolicy": policy,
}
