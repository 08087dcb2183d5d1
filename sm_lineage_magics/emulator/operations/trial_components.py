"""Trial components: made by hand or for each job, and their place in trials.

>>> OPERATIONS["CreateTrialComponent"](account, {"TrialComponentName": "train-churn"})
{'TrialComponentArn': 'arn:…:experiment-trial-component/train-churn'}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from ...model import Entity, EntityFilter
from .. import wire
from ..account import Account
from ..refusal import already_exists, invalid, not_found
from ..wire import Request, Wire
from . import entities, particulars, trials
from .trials import Membership


def create(account: Account, request: Request) -> Wire:
    """Make one by hand; a second of the same name, whatever its case, is refused.

    Raises:
        Refusal: `ValidationException` when the name is taken.
    """
    component = _new(account, request)
    with account.store.writing():
        if account.store.get([component.arn]):
            raise already_exists(f"TrialComponent {component.name}")
        account.store.put([component])
    return {"TrialComponentArn": component.arn}


def describe(account: Account, request: Request) -> Wire:
    """Everything about one."""
    return described(existing(account, request["TrialComponentName"]), account)


def update(account: Account, request: Request) -> Wire:
    """Change what is given; parameters and artifacts are merged, then the …ToRemove removed."""
    with account.store.writing():
        component = existing(account, request["TrialComponentName"])
        account.store.put([_updated(component, account, request)])
    return {"TrialComponentArn": component.arn}


def delete(account: Account, request: Request) -> Wire:
    """Delete one that is in no trial and that no association leads to or from.

    Raises:
        Refusal: `ResourceNotFound`; `ValidationException` while a trial or an association holds it.
    """
    with account.store.writing():
        component = existing(account, request["TrialComponentName"])
        for trial in Membership(account).trials_of(component.name):
            raise invalid(f"{component.name} cannot be deleted: it still belongs to trial {trial}.")
        entities.refuse_associated(account, component.arn)
        account.store.drop([component.arn])
    return {"TrialComponentArn": component.arn}


def list_(account: Account, request: Request) -> Wire:
    """Summaries, newest first unless asked otherwise.

    Raises:
        Refusal: `ValidationException` when more than one of them is given.
    """
    given = [key for key in ("ExperimentName", "TrialName", "SourceArn") if key in request]
    if len(given) > 1:
        raise invalid(
            f"Specify at most one of ExperimentName, TrialName and SourceArn, not {given}"
        )
    page, following = account.paged(
        "ListTrialComponents", request, partial(_listed, account, request)
    )
    return {"TrialComponentSummaries": [_summarised(one) for one in page], **following}


def associate(account: Account, request: Request) -> Wire:
    """Put a component into a trial; doing it again changes nothing.

    Raises:
        Refusal: `ResourceNotFound` when either is not there.
    """
    component, trial = _pair(account, request)
    with account.store.writing():
        Membership(account).add(component.name, trial["Name"])
    return _pair_arns(account, component, trial)


def disassociate(account: Account, request: Request) -> Wire:
    """Take a component out of a trial.

    Raises:
        Refusal: `ResourceNotFound` when either is not there, or the one is not in the other.
    """
    component, trial = _pair(account, request)
    with account.store.writing():
        if not Membership(account).remove(component.name, trial["Name"]):
            raise not_found(f"{component.name} in trial {trial['Name']}")
    return _pair_arns(account, component, trial)


def existing(account: Account, name: str) -> Entity:
    """The trial component of a name or ARN.

    Raises:
        Refusal: `ResourceNotFound`.
    """
    arn = wire.named_arn("TrialComponent", name, account.home)
    return entities.existing(account, "TrialComponent", arn)


def described(component: Entity, account: Account) -> Wire:
    """A trial component as the service describes it."""
    details = component.details
    source = _source(component)
    return wire.present(
        TrialComponentName=component.name,
        TrialComponentArn=component.arn,
        DisplayName=details.get("display_name"),
        Source=source,
        Status=_status(component),
        **wire.times_of(component),
        **particulars.told_of(details),
        MetadataProperties=wire.metadata_of(details),
        LineageGroupArn=account.lineage_group,
        Sources=[source] if source else None,
    )


def _new(account: Account, request: Request) -> Entity:
    entity = wire.new_entity("TrialComponent", request, account)
    details = {**entity.details, **particulars.kept_of(request)}
    return replace(entity, status=_primary(request), details=details)


def _primary(request: Request) -> str | None:
    status: str | None = request.get("Status", {}).get("PrimaryStatus")
    return status


def _updated(component: Entity, account: Account, request: Request) -> Entity:
    given = particulars.kept_of(request)
    details: dict[str, Any] = {**component.details, **given}
    for theirs, ours in particulars.MERGED.items():
        merged = {**component.details.get(ours, {}), **given.get(ours, {})}
        removed = request.get(f"{theirs}ToRemove", ())
        details[ours] = {key: value for key, value in merged.items() if key not in removed}
    details["modified_by"] = account.caller
    status = _primary(request) or component.status
    return replace(component, modified=account.clock(), details=details, status=status)


def _status(component: Entity) -> Wire | None:
    if component.status is None:
        return None
    message = component.details.get("status_message")
    return wire.present(PrimaryStatus=component.status, Message=message)


def _source(component: Entity) -> Wire:
    if not component.source_uri:
        return {}
    return wire.present(SourceArn=component.source_uri, SourceType=wire.associated_type(component))


def _summarised(component: Entity) -> Wire:
    return wire.present(
        TrialComponentName=component.name,
        TrialComponentArn=component.arn,
        DisplayName=component.details.get("display_name"),
        TrialComponentSource=_source(component),
        Status=_status(component),
        **particulars.times_of(component.details),
        **wire.times_of(component),
    )


def _listed(account: Account, request: Request) -> Iterator[Entity]:
    within = _names_within(account, request)
    found = account.store.find(
        only=EntityFilter(kinds=("TrialComponent",), **wire.window_of(request)),
        source_uri=request.get("SourceArn"),
        order="name" if request.get("SortBy") == "Name" else "created",
        descending=request.get("SortOrder", "Descending") == "Descending",
    )
    shown = filter(account.shows, found)
    return (one for one in shown if within is None or one.name.lower() in within)


def _names_within(account: Account, request: Request) -> frozenset[str] | None:
    if "TrialName" in request:
        trials.existing("Trial", account, request["TrialName"])
        wanted = {request["TrialName"].lower()}
    elif "ExperimentName" in request:
        trials.existing("Experiment", account, request["ExperimentName"])
        wanted = set(trials.names_in(account, request["ExperimentName"]))
    else:
        return None
    pairs = Membership(account).pairs()
    return frozenset(component.lower() for component, trial in pairs if trial.lower() in wanted)


def _pair(account: Account, request: Request) -> tuple[Entity, Mapping[str, Any]]:
    return (
        existing(account, request["TrialComponentName"]),
        trials.existing("Trial", account, request["TrialName"]),
    )


def _pair_arns(account: Account, component: Entity, trial: Mapping[str, Any]) -> Wire:
    return {
        "TrialComponentArn": component.arn,
        "TrialArn": trials.arn("Trial", account, trial["Name"]),
    }


OPERATIONS = {
    "CreateTrialComponent": create,
    "DescribeTrialComponent": describe,
    "UpdateTrialComponent": update,
    "DeleteTrialComponent": delete,
    "ListTrialComponents": list_,
    "AssociateTrialComponent": associate,
    "DisassociateTrialComponent": disassociate,
}
