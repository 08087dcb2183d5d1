"""Tags of lineage entities, trials and experiments; associations cannot be tagged.

>>> OPERATIONS["AddTags"](account, {"ResourceArn": arn, "Tags": [{"Key": "team", "Value": "risk"}]})
{'Tags': [{'Key': 'team', 'Value': 'risk'}]}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial

from ...model import Arn, Entity, is_arn
from .. import wire
from ..account import Account
from ..records import Record
from ..refusal import invalid, not_found
from ..wire import Request, Wire
from . import trials
from .trials import ARN_TYPES, Word

MOST_TAGS = 50
USUAL_PAGE = 50

_WORDS: Mapping[str, Word] = {type_: word for word, type_ in ARN_TYPES.items()}


def claims(request: Request) -> bool:
    """Whether the resource is one of those kept here; other resources' tags are others' matter."""
    arn = request.get("ResourceArn", "")
    if not isinstance(arn, str) or not is_arn(arn):
        return False
    parsed = Arn.parse(arn)
    return parsed.kind is not None or parsed.type in _WORDS


def add(account: Account, request: Request) -> Wire:
    """Add tags, or give those there are another value; answers with all of them.

    Raises:
        Refusal: `ResourceNotFound`; `ValidationException` when the resource would have too many.
    """
    with account.store.writing():
        tags = {**_tags(account, request), **wire.tags_from(request["Tags"])}
        if len(tags) > MOST_TAGS:
            raise invalid(f"A resource has at most {MOST_TAGS} tags; this would make {len(tags)}.")
        _keep(account, request, tags)
    return {"Tags": _on_the_wire(tags)}


def delete(account: Account, request: Request) -> Wire:
    """Remove tags by key; a key that is not there is no error.

    Raises:
        Refusal: `ResourceNotFound` when the resource is not there.
    """
    with account.store.writing():
        tags = _tags(account, request)
        kept = {key: value for key, value in tags.items() if key not in request["TagKeys"]}
        _keep(account, request, kept)
    return {}


def list_(account: Account, request: Request) -> Wire:
    """The tags of a resource, in the order they were added (the service's is not verified)."""
    page, following = account.paged(
        "ListTags", request, partial(_listed, account, request), USUAL_PAGE
    )
    return {"Tags": page, **following}


def _listed(account: Account, request: Request) -> Iterator[Wire]:
    return iter(_on_the_wire(_tags(account, request)))


def _tags(account: Account, request: Request) -> dict[str, str]:
    resource = _resource(account, request["ResourceArn"])
    if isinstance(resource, Entity):
        return dict(resource.details.get("tags", {}))
    return dict(resource.get("Tags", {}))


def _keep(account: Account, request: Request, tags: Mapping[str, str]) -> None:
    arn = request["ResourceArn"]
    resource = _resource(account, arn)
    if isinstance(resource, Entity):
        account.store.put([replace(resource, details={**resource.details, "tags": dict(tags)})])
    else:
        word = _WORDS[Arn.parse(arn).type]
        trials.records(word, account).put(resource["Name"], {**resource, "Tags": dict(tags)})


def _resource(account: Account, arn: str) -> Entity | Record:
    parsed = Arn.parse(arn)
    if parsed.type in _WORDS:
        return trials.existing(_WORDS[parsed.type], account, parsed.name)
    found = account.store.get([arn])
    if arn not in found:
        raise not_found(arn)
    return found[arn]


def _on_the_wire(tags: Mapping[str, str]) -> list[Wire]:
    return [{"Key": key, "Value": value} for key, value in tags.items()]


OPERATIONS = {"AddTags": add, "DeleteTags": delete, "ListTags": list_}
