"""Create, Describe, Update, Delete and List of artifacts, actions and contexts: one table.

>>> OPERATIONS["CreateAction"](account, {"ActionName": "join", "ActionType": "Query", "Source": …})
{'ActionArn': 'arn:aws:sagemaker:us-east-1:123456789012:action/join'}
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import Any

from ...model import Entity, EntityFilter, Kind
from .. import wire
from ..account import Account
from ..refusal import already_exists, invalid, not_found
from ..wire import Request, Wire

Handler = Callable[[Account, Request], Wire]

KINDS: tuple[Kind, ...] = ("Artifact", "Action", "Context")


def create(kind: Kind, account: Account, request: Request) -> Wire:
    """Make one; a second one of the same source or name is refused, not returned.

    Raises:
        Refusal: `ValidationException` when it is there already, `ResourceLimitExceeded` when the
            account is full.
    """
    entity = wire.new_entity(kind, request, account)
    with account.store.writing():
        if account.store.get([entity.arn]):
            raise already_exists(f"{kind} {entity.arn}")
        account.quotas.check_entity(account.store, kind)
        account.store.put([entity])
    return {f"{kind}Arn": entity.arn}


def describe(kind: Kind, account: Account, request: Request) -> Wire:
    """Everything about one."""
    return wire.described(existing(account, kind, _named(kind, account, request)), account)


def update(kind: Kind, account: Account, request: Request) -> Wire:
    """Change what may change.

    Properties replace those there were ("overwrites the current property list" says the model),
    then PropertiesToRemove are removed; whether the service merges instead is not verified.

    Raises:
        Refusal: `ResourceNotFound`.
    """
    with account.store.writing():
        entity = existing(account, kind, _named(kind, account, request))
        account.store.put([_updated(entity, account, request)])
    return {f"{kind}Arn": entity.arn}


def delete(kind: Kind, account: Account, request: Request) -> Wire:
    """Delete one that no association leads to or from.

    The guide says associations must be removed first; that the refusal is a ValidationException
    is not verified.

    Raises:
        Refusal: `ResourceNotFound`; `ValidationException` while it is associated.
    """
    with account.store.writing():
        entity = existing(account, kind, _named(kind, account, request))
        refuse_associated(account, entity.arn)
        account.store.drop([entity.arn])
    return {f"{kind}Arn": entity.arn}


def list_(kind: Kind, account: Account, request: Request) -> Wire:
    """Summaries, newest first unless asked otherwise."""
    page, following = account.paged(
        f"List{kind}s", request, partial(_listed, kind, account, request)
    )
    return {f"{kind}Summaries": [wire.summarised(one) for one in page], **following}


def existing(account: Account, kind: Kind, arn: str) -> Entity:
    """The entity of this kind and ARN.

    Raises:
        Refusal: `ResourceNotFound`.
    """
    entity = account.store.get([arn]).get(arn)
    if entity is None or entity.kind != kind:
        raise not_found(arn)
    return entity


def refuse_associated(account: Account, arn: str) -> None:
    """Refuse when an association leads to or from this ARN.

    Raises:
        Refusal: `ValidationException`, which names the first association found.
    """
    store = account.store
    for edge in chain(store.associations(sources=[arn]), store.associations(destinations=[arn])):
        raise invalid(
            f"{arn} cannot be deleted: it is associated, from {edge.source} to "
            f"{edge.destination}. Delete its associations first."
        )


def _named(kind: Kind, account: Account, request: Request) -> str:
    if kind != "Artifact":
        return wire.named_arn(kind, request[f"{kind}Name"], account.home)
    if "ArtifactArn" in request:
        return str(request["ArtifactArn"])
    if "Source" not in request:
        raise invalid("Either ArtifactArn or Source must be specified.")
    return wire.source_arn(request["Source"], account.home)


def _updated(entity: Entity, account: Account, request: Request) -> Entity:
    details: dict[str, Any] = {**entity.details, "modified_by": account.caller}
    if "Description" in request:
        details["description"] = request["Description"]
    return replace(
        entity,
        name=request.get("ArtifactName", entity.name),
        status=request.get("Status", entity.status),
        properties=_properties(entity, request),
        modified=account.clock(),
        details=details,
    )


def _properties(entity: Entity, request: Request) -> dict[str, str]:
    kept = request.get("Properties", entity.properties)
    removed = request.get("PropertiesToRemove", ())
    return {key: value for key, value in kept.items() if key not in removed}


def _listed(kind: Kind, account: Account, request: Request) -> Iterator[Entity]:
    types = (request[f"{kind}Type"],) if f"{kind}Type" in request else ()
    found = account.store.find(
        only=EntityFilter(kinds=(kind,), types=types, **wire.window_of(request)),
        source_uri=request.get("SourceUri"),
        order="name" if request.get("SortBy") == "Name" else "created",
        descending=request.get("SortOrder", "Descending") == "Descending",
    )
    return filter(account.shows, found)


def _operations(kind: Kind) -> dict[str, Handler]:
    verbs = {"Create": create, "Describe": describe, "Update": update, "Delete": delete}
    one = {f"{verb}{kind}": partial(handle, kind) for verb, handle in verbs.items()}
    return {**one, f"List{kind}s": partial(list_, kind)}


OPERATIONS: dict[str, Handler] = {
    name: handler for kind in KINDS for name, handler in _operations(kind).items()
}
