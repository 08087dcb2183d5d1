"""AddAssociation, DeleteAssociation and ListAssociations: the edges, keyed by their two ends.

>>> OPERATIONS["AddAssociation"](account, {"SourceArn": data, "DestinationArn": model})
{'SourceArn': 'arn:…:artifact/…', 'DestinationArn': 'arn:…:artifact/…'}
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import chain
from typing import Any

from ...model import Arn, Association, Entity
from .. import wire
from ..account import Account
from ..refusal import already_exists, invalid, not_found
from ..wire import Request, Wire
from .trials import holds_experiment

_EXPERIMENTS = ("experiment", "experiment-trial", "experiment-trial-component")

Ends = Mapping[str, Entity]


def add(account: Account, request: Request) -> Wire:
    """Draw one edge; the pair is the key, whatever the type.

    That a second type for the same pair is refused too is not verified: DeleteAssociation takes
    no type, so at most one can be told apart.

    Raises:
        Refusal: `ResourceNotFound` for an end that is not there, `ValidationException` for one that
            was drawn already or cannot be, `ResourceLimitExceeded` for one too many.
    """
    edge = _new(account, request)
    with account.store.writing():
        _refuse_missing(account, edge)
        # Looked up first: a full account still answers "already exists" for what it holds.
        if any(account.store.associations(sources=[edge.source], destinations=[edge.destination])):
            raise already_exists(f"Association from {edge.source} to {edge.destination}")
        account.quotas.check_association(account.store)
        account.store.link([edge])
    return _pair(edge.source, edge.destination)


def delete(account: Account, request: Request) -> Wire:
    """Remove the edge between two ends.

    Raises:
        Refusal: `ResourceNotFound` when there is no such edge.
    """
    source, destination = request["SourceArn"], request["DestinationArn"]
    with account.store.writing():
        if not any(account.store.associations(sources=[source], destinations=[destination])):
            raise not_found(f"Association from {source} to {destination}")
        account.store.unlink([(source, destination)])
    return _pair(source, destination)


def list_(account: Account, request: Request) -> Wire:
    """Edges at either end, with the names and types of both.

    An end that does not exist has no edges; that this is no error is not verified.
    """
    page, following = account.paged("ListAssociations", request, partial(_listed, account, request))
    ends = _ends(account, page)
    summaries = [wire.association_summary(edge, ends) for edge in page]
    return {"AssociationSummaries": summaries, **following}


def _new(account: Account, request: Request) -> Association:
    source, destination = request["SourceArn"], request["DestinationArn"]
    if source == destination:
        # Not verified. Refusing is the safer reading: code that passes here passes there.
        raise invalid(f"{source} cannot be associated with itself.")
    if all(Arn.parse(end).type in _EXPERIMENTS for end in (source, destination)):
        raise invalid(
            "An association cannot have both its source and its destination among experiments, "
            "trials and trial components."
        )
    kind = request.get("AssociationType")
    return Association(source, destination, kind, account.clock(), account.caller)


def _refuse_missing(account: Account, edge: Association) -> None:
    found = account.store.get(edge.pair)
    for end in edge.pair:
        if end not in found and not holds_experiment(account, end):
            raise not_found(end)


def _listed(account: Account, request: Request) -> Iterator[Association]:
    edges = list(filter(account.shows, _between(account, request)))
    by = request.get("SortBy", "CreationTime")
    of_types = any(key in request for key in ("SourceType", "DestinationType"))
    ends = _ends(account, edges) if of_types or by.endswith("Type") else {}
    kept = [edge for edge in edges if _wanted(edge, request, ends)]
    downwards = request.get("SortOrder", "Descending") == "Descending"
    return iter(sorted(kept, key=_order(by, ends), reverse=downwards))


def _between(account: Account, request: Request) -> Iterable[Association]:
    given = {"sources": "SourceArn", "destinations": "DestinationArn"}
    return account.store.associations(
        **{ours: [request[theirs]] for ours, theirs in given.items() if theirs in request}
    )


def _wanted(edge: Association, request: Request, ends: Ends) -> bool:
    types = {"SourceType": edge.source, "DestinationType": edge.destination}
    return (
        request.get("AssociationType") in (None, edge.type)
        and wire.in_window(edge.created, request)
        and all(
            wire.associated_type(ends.get(end)) == request[key]
            for key, end in types.items()
            if key in request
        )
    )


def _order(by: str, ends: Ends) -> Callable[[Association], tuple[Any, ...]]:
    keys: dict[str, Callable[[Association], Any]] = {
        "SourceArn": lambda edge: edge.source,
        "DestinationArn": lambda edge: edge.destination,
        "SourceType": lambda edge: wire.associated_type(ends.get(edge.source)),
        "DestinationType": lambda edge: wire.associated_type(ends.get(edge.destination)),
        "CreationTime": lambda edge: edge.created.timestamp() if edge.created else 0.0,
    }
    return lambda edge: (keys[by](edge), edge.pair)


def _ends(account: Account, edges: Iterable[Association]) -> Ends:
    return account.store.get(dict.fromkeys(chain.from_iterable(edge.pair for edge in edges)))


def _pair(source: str, destination: str) -> Wire:
    return {"SourceArn": source, "DestinationArn": destination}


OPERATIONS = {
    "AddAssociation": add,
    "DeleteAssociation": delete,
    "ListAssociations": list_,
}
