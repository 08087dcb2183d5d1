"""Search for trial components, trials and experiments; other resources are others' matter.

>>> of_trial = {"Filters": [{"Name": "Parents.TrialName", "Operator": "Equals", "Value": "monday"}]}
>>> request = {"Resource": "ExperimentTrialComponent", "SearchExpression": of_trial}
>>> OPERATIONS["Search"](account, request)["Results"]
[{'TrialComponent': {'TrialComponentName': 'train-churn', …}}]
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timezone
from functools import partial
from typing import Any

from ...model import KINDS, Entity, EntityFilter
from .. import wire
from ..account import Account
from ..refusal import invalid
from ..wire import Request, Wire
from . import trial_components, trials
from .trials import Membership, Word

# Resource → the field of a result it is found in.
RESOURCES = {
    "ExperimentTrialComponent": "TrialComponent",
    "ExperimentTrial": "Trial",
    "Experiment": "Experiment",
}

_NUMBERS = ("GreaterThan", "GreaterThanOrEqualTo", "LessThan", "LessThanOrEqualTo")


def claims(request: Request) -> bool:
    """Whether the search is for something kept here, or for lineage, which Search has none of."""
    return request.get("Resource") in (*RESOURCES, *KINDS, "Association")


def search(account: Account, request: Request) -> Wire:
    """The documents an expression holds for, last changed first unless asked otherwise."""
    page, following = account.paged("Search", request, partial(_found, account, request))
    field = RESOURCES[request["Resource"]]
    return {"Results": [{field: document} for document in page], **following}


def _found(account: Account, request: Request) -> Iterator[Wire]:
    expression = request.get("SearchExpression", {})
    kept = [one for one in _documents(account, request["Resource"]) if holds(expression, one)]
    by = request.get("SortBy", "LastModifiedTime")
    downwards = request.get("SortOrder", "Descending") == "Descending"
    return iter(sorted(kept, key=lambda one: _sortable(values(one, by)), reverse=downwards))


def holds(expression: Request, document: Wire) -> bool:
    """Whether an expression holds for a document: its parts joined by And, or by Or."""
    parts: list[bool] = [
        *(_filter_holds(one, document) for one in expression.get("Filters", ())),
        *(_nested_holds(one, document) for one in expression.get("NestedFilters", ())),
        *(holds(one, document) for one in expression.get("SubExpressions", ())),
    ]
    if not parts:
        return True
    return any(parts) if expression.get("Operator") == "Or" else all(parts)


def _nested_holds(nested: Request, document: Wire) -> bool:
    # All filters must hold for one and the same element of the nested list.
    prefix = nested["NestedPropertyName"]
    return any(
        all(_filter_holds(_relative(one, prefix), element) for one in nested["Filters"])
        for element in values(document, prefix)
    )


def _relative(one: Request, prefix: str) -> Wire:
    return {**one, "Name": one["Name"].removeprefix(f"{prefix}.")}


def _filter_holds(one: Request, document: Wire) -> bool:
    found, value = values(document, one["Name"]), one.get("Value")
    operator = one.get("Operator", "Equals")
    if operator in ("Exists", "NotExists"):
        return bool(found) is (operator == "Exists")
    if value is None:
        raise invalid(f"Operator {operator} on {one['Name']} needs a Value.")
    if operator == "NotEquals":
        return not any(_compared("Equals", each, value) for each in found)
    return any(_compared(operator, each, value) for each in found)


def _compared(operator: str, found: Any, value: str) -> bool:
    if operator in _NUMBERS:
        left, right = _number(found), _number(value)
        return left is not None and right is not None and _COMPARISONS[operator](left, right)
    if operator == "In":
        return str(found) in [part.strip() for part in value.split(",")]
    if operator == "Contains":
        return value in str(found)
    return found == value if isinstance(found, str) else _number(found) == _number(value)


_COMPARISONS: Mapping[str, Callable[[float, float], bool]] = {
    "GreaterThan": lambda left, right: left > right,
    "GreaterThanOrEqualTo": lambda left, right: left >= right,
    "LessThan": lambda left, right: left < right,
    "LessThanOrEqualTo": lambda left, right: left <= right,
}


def values(document: Any, path: str) -> list[Any]:
    """What a dotted path leads to; through a list, to each element's; names may hold dots."""
    if isinstance(document, list):
        return [found for element in document for found in values(element, path)]
    if not isinstance(document, dict):
        return []
    if path in document:
        found = document[path]
        return found if isinstance(found, list) else [found]
    return [
        found
        for name, inner in document.items()
        if path.startswith(f"{name}.")
        for found in values(_plain(name, inner), path[len(name) + 1 :])
    ]


def _plain(name: str, value: Any) -> Any:
    # Tags are searched by key (`Tags.team`), parameters by name, whichever value they hold.
    if name == "Tags":
        return {tag["Key"]: tag["Value"] for tag in value}
    if name == "Parameters":
        return {key: next(iter(one.values()), None) for key, one in value.items()}
    return value


def _documents(account: Account, resource: str) -> Iterable[Wire]:
    if resource == "ExperimentTrialComponent":
        return _components(account)
    word: Word = "Trial" if resource == "ExperimentTrial" else "Experiment"
    every = trials.records(word, account).all().values()
    return [
        {**trials.described(word, account, one), **_tagged(one.get("Tags", {}))} for one in every
    ]


def _components(account: Account) -> Iterator[Wire]:
    parents = _parents(account)
    found = account.store.find(only=EntityFilter(kinds=("TrialComponent",)))
    for component in filter(account.shows, found):
        yield _document(account, component, parents.get(component.name.lower(), []))


def _document(account: Account, component: Entity, parents: list[Wire]) -> Wire:
    document = trial_components.described(component, account)
    document.pop("Sources", None)  # Search's shape of a trial component has Source alone.
    tags = _tagged(component.details.get("tags", {}))
    return {**document, **tags, **wire.present(Parents=parents)}


def _parents(account: Account) -> dict[str, list[Wire]]:
    of_trial = trials.records("Trial", account).all()
    found: dict[str, list[Wire]] = {}
    for component, trial in Membership(account).pairs():
        record = of_trial.get(trial.lower())
        if record is not None:
            parent = {"TrialName": record["Name"], "ExperimentName": record["ExperimentName"]}
            found.setdefault(component.lower(), []).append(parent)
    return found


def _tagged(tags: Mapping[str, str]) -> Wire:
    return wire.present(Tags=[{"Key": key, "Value": value} for key, value in tags.items()])


def _number(value: Any) -> float | None:
    if isinstance(value, datetime):
        return value.timestamp()
    try:
        return float(value)
    except (TypeError, ValueError):
        return _seconds(value)


def _seconds(value: Any) -> float | None:
    try:
        parsed = datetime.fromisoformat(str(value).replace("Z", "+00:00"))
    except ValueError:
        return None
    return (parsed if parsed.tzinfo else parsed.replace(tzinfo=timezone.utc)).timestamp()


def _sortable(found: list[Any]) -> tuple[bool, float, str]:
    first = found[0] if found else None
    number = _number(first) if first is not None else None
    return (first is not None, number or 0.0, "" if first is None else str(first))


OPERATIONS = {"Search": search}
