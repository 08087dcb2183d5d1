"""Experiments and trials, as far as trial components hang from them.

>>> OPERATIONS["CreateTrial"](account, {"TrialName": "monday", "ExperimentName": "churn"})
{'TrialArn': 'arn:aws:sagemaker:us-east-1:123456789012:experiment-trial/monday'}

They are no lineage entities (an experiment may stand at one end of an association, though), so
they are kept beside the lineage, not in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

from ...model import Arn
from .. import wire
from ..account import Account
from ..records import Record, Records
from ..refusal import already_exists, invalid, not_found
from ..wire import Request, Wire

Word = Literal["Experiment", "Trial"]

ARN_TYPES: dict[Word, str] = {"Experiment": "experiment", "Trial": "experiment-trial"}

_FIELDS = ("DisplayName", "Description", "ExperimentName")
_UPDATABLE = ("DisplayName", "Description")


@dataclass(frozen=True)
class Membership:
    """Which trial components belong to which trials."""

    account: Account

    @property
    def _records(self) -> Records:
        return Records(self.account.store, "emulator.memberships")

    def pairs(self) -> list[tuple[str, str]]:
        """(trial component, trial), as they are named, in the order they were associated."""
        found = sorted(self._records.all().values(), key=lambda one: one["at"])
        return [(one["component"], one["trial"]) for one in found]

    def add(self, component: str, trial: str) -> None:
        """Associate; nothing happens when they are."""
        key = _key(component, trial)
        if self._records.get(key) is None:
            at = self.account.clock().timestamp()
            self._records.put(key, {"component": component, "trial": trial, "at": at})

    def remove(self, component: str, trial: str) -> bool:
        """Disassociate; whether they were associated."""
        key = _key(component, trial)
        there = self._records.get(key) is not None
        self._records.forget(key)
        return there

    def trials_of(self, component: str) -> list[str]:
        """The trials a component belongs to."""
        return [trial for one, trial in self.pairs() if one.lower() == component.lower()]

    def components_of(self, trial: str) -> list[str]:
        """The components of a trial."""
        return [component for component, one in self.pairs() if one.lower() == trial.lower()]


def _key(component: str, trial: str) -> str:
    return f"{component}\n{trial}"


def records(word: Word, account: Account) -> Records:
    """The experiments or the trials of an account."""
    return Records(account.store, f"emulator.{word.lower()}s")


def existing(word: Word, account: Account, name: str) -> Record:
    """The experiment or trial of a name.

    Raises:
        Refusal: `ResourceNotFound`.
    """
    record = records(word, account).get(name)
    if record is None:
        raise not_found(f"{word} {name}")
    return record


def holds_experiment(account: Account, end: str) -> bool:
    """Whether an end is the ARN of an experiment there is: the one end that is no entity."""
    parsed = Arn.parse(end)
    if parsed.type != ARN_TYPES["Experiment"]:
        return False
    return records("Experiment", account).get(parsed.name) is not None


def create(word: Word, account: Account, request: Request) -> Wire:
    """Make one; a second of the same name is refused.

    Raises:
        Refusal: `ValidationException` when the name is taken, `ResourceNotFound` when the
            experiment of a trial is not there.
    """
    name = request[f"{word}Name"]
    with account.store.writing():
        if records(word, account).get(name) is not None:
            raise already_exists(f"{word} {name}")
        if word == "Trial":
            existing("Experiment", account, request["ExperimentName"])
        records(word, account).put(name, _new(word, account, request))
    return {f"{word}Arn": arn(word, account, name)}


def describe(word: Word, account: Account, request: Request) -> Wire:
    """Everything about one."""
    return described(word, account, existing(word, account, request[f"{word}Name"]))


def update(word: Word, account: Account, request: Request) -> Wire:
    """Change the display name or description."""
    name = request[f"{word}Name"]
    with account.store.writing():
        record = existing(word, account, name)
        changed = {key: request[key] for key in _UPDATABLE if key in request}
        now = account.clock().timestamp()
        records(word, account).put(name, {**record, **changed, "LastModifiedTime": now})
    return {f"{word}Arn": arn(word, account, name)}


def delete(word: Word, account: Account, request: Request) -> Wire:
    """Delete one that nothing hangs from any more.

    Raises:
        Refusal: `ResourceNotFound`; `ValidationException` while something belongs to it.
    """
    name = request[f"{word}Name"]
    with account.store.writing():
        existing(word, account, name)
        for other in _hanging_from(word, account, name):
            raise invalid(f"{word} {name} cannot be deleted: {other} still belongs to it.")
        records(word, account).forget(name)
    return {f"{word}Arn": arn(word, account, name)}


def list_(word: Word, account: Account, request: Request) -> Wire:
    """Summaries, newest first unless asked otherwise."""
    page, following = account.paged(
        f"List{word}s", request, partial(_listed, word, account, request)
    )
    summaries = [described(word, account, one) for one in page]
    keys = (f"{word}Name", f"{word}Arn", "DisplayName", "CreationTime", "LastModifiedTime")
    kept = [{key: one[key] for key in keys if key in one} for one in summaries]
    return {f"{word}Summaries": kept, **following}


def described(word: Word, account: Account, record: Record) -> Wire:
    """An experiment or trial as the service describes it."""
    fields = {key: record.get(key) for key in _FIELDS}
    named = {f"{word}Name": record["Name"], f"{word}Arn": arn(word, account, record["Name"])}
    return wire.present(
        **{**fields, **named},
        CreationTime=wire.moment(record["CreationTime"]),
        CreatedBy=wire.user_of(record.get("CreatedBy")),
        LastModifiedTime=wire.moment(record["LastModifiedTime"]),
        LastModifiedBy=wire.user_of(record.get("CreatedBy")),
        MetadataProperties=record.get("MetadataProperties"),
    )


def sorted_records(account: Account, request: Request, found: list[Record]) -> Iterator[Record]:
    """Records within the window asked for, in the order asked for."""
    kept = [one for one in found if wire.in_window(wire.moment(one["CreationTime"]), request)]
    key = "Name" if request.get("SortBy") == "Name" else "CreationTime"
    downwards = request.get("SortOrder", "Descending") == "Descending"
    return iter(sorted(kept, key=lambda one: (one[key], one["Name"]), reverse=downwards))


def _new(word: Word, account: Account, request: Request) -> Record:
    now = account.clock().timestamp()
    return wire.present(
        Name=request[f"{word}Name"],
        **{key: request.get(key) for key in _FIELDS},
        CreationTime=now,
        LastModifiedTime=now,
        CreatedBy=account.caller,
        MetadataProperties=request.get("MetadataProperties"),
        Tags=wire.tags_from(request.get("Tags", ())),
    )


def arn(word: Word, account: Account, name: str) -> str:
    """The ARN of an experiment or trial."""
    return account.home.arn(ARN_TYPES[word], name.lower())


def _hanging_from(word: Word, account: Account, name: str) -> list[str]:
    if word == "Trial":
        return Membership(account).components_of(name)
    return [one["Name"] for one in _trials_of(account, name)]


def names_in(account: Account, experiment: str) -> list[str]:
    """The lower-case names of an experiment's trials."""
    return [one["Name"].lower() for one in _trials_of(account, experiment)]


def _trials_of(account: Account, experiment: str) -> list[Record]:
    every = records("Trial", account).all().values()
    return [one for one in every if one["ExperimentName"].lower() == experiment.lower()]


def _listed(word: Word, account: Account, request: Request) -> Iterator[Record]:
    found = list(records(word, account).all().values())
    if word == "Trial" and "ExperimentName" in request:
        existing("Experiment", account, request["ExperimentName"])
        found = _trials_of(account, request["ExperimentName"])
    if word == "Trial" and "TrialComponentName" in request:
        names = {
            one.lower() for one in Membership(account).trials_of(request["TrialComponentName"])
        }
        found = [one for one in found if one["Name"].lower() in names]
    return sorted_records(account, request, found)


def _operations(word: Word) -> Mapping[str, Any]:
    verbs = {"Create": create, "Describe": describe, "Update": update, "Delete": delete}
    one = {f"{verb}{word}": partial(handle, word) for verb, handle in verbs.items()}
    return {**one, f"List{word}s": partial(list_, word)}


OPERATIONS: dict[str, Any] = {**_operations("Experiment"), **_operations("Trial")}
