"""Records of feature groups: put, read back, deleted, and written offline as they come.

>>> Records(groups, offline).put({"FeatureGroupName": "customers", "Record": […]})
{}
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timezone
from typing import Any

from ...parsed import Parsed
from ...refusal import Refusal
from ..calls import Request
from .group import Group, Record
from .groups import FeatureGroups
from .journal import Journal
from .offline import OfflineStore

SERVICE = "sagemaker-featurestore-runtime"


class Records:
    """What the Feature Store runtime does, for the feature groups of one sandbox."""

    def __init__(self, groups: FeatureGroups, offline: OfflineStore, journal: Journal) -> None:
        self._groups = groups
        self._offline = offline
        self._journal = journal

    @property
    def answers(self) -> dict[tuple[str, str], Callable[[Request], Parsed]]:
        """The operations answered here."""
        return {
            (SERVICE, "PutRecord"): self.put,
            (SERVICE, "GetRecord"): self.get,
            (SERVICE, "DeleteRecord"): self.delete,
            (SERVICE, "BatchGetRecord"): self.batch_get,
            (SERVICE, "BatchWriteRecord"): self.batch_write,
        }

    def put(self, request: Request) -> Parsed:
        """Write one record to the stores of its group, or to those named."""
        group = self._groups.named(request["FeatureGroupName"])
        self._write(group, request, _record(group, request["Record"]), is_deleted=False)
        return {}

    def get(self, request: Request) -> Parsed:
        """The latest record of an identifier; nothing when there is none."""
        self._read()
        group = self._online(request["FeatureGroupName"])
        identifier = request["RecordIdentifierValueAsString"]
        record = group.records.get(identifier)
        if record is None or identifier in group.deleted:
            return {}
        return {"Record": _chosen(record, request.get("FeatureNames"))}

    def delete(self, request: Request) -> Parsed:
        """Delete the record of an identifier; offline a row says that it was."""
        group = self._groups.named(request["FeatureGroupName"])
        row: Record = {
            group.described["RecordIdentifierFeatureName"]: (
                request["RecordIdentifierValueAsString"]
            ),
            group.described["EventTimeFeatureName"]: request["EventTime"],
        }
        self._write(group, request, row, is_deleted=True)
        return {}

    def settle(self) -> None:
        """Have everything that was put stand in the offline tables."""
        self._read()
        self._offline.flush_all()

    def batch_get(self, request: Request) -> Parsed:
        """The latest records of many identifiers, of several groups."""
        found: list[Parsed] = []
        for asked in request["Identifiers"]:
            for identifier in asked["RecordIdentifiersValueAsString"]:
                one = {**asked, "RecordIdentifierValueAsString": identifier}
                record = self.get(one).get("Record")
                if record is not None:
                    name = asked["FeatureGroupName"]
                    found.append(
                        {
                            "FeatureGroupName": name,
                            "RecordIdentifierValueAsString": identifier,
                            "Record": record,
                        }
                    )
        return {"Records": found, "Errors": [], "UnprocessedIdentifiers": []}

    def batch_write(self, request: Request) -> Parsed:
        """Write many records, of several groups; a bad one does not hold back the others."""
        errors: list[Parsed] = []
        for entry in request["Entries"]:
            try:
                self.put(entry)
            except Refusal as refusal:
                told = {"ErrorCode": refusal.code, "ErrorMessage": refusal.message}
                errors.append({"Entry": entry, **told})
        return {"Errors": errors, "UnprocessedEntries": []}

    def _online(self, name: str) -> Group:
        group = self._groups.named(name)
        if not group.online:
            raise _invalid(f"FeatureGroup {group.name} has no online store.")
        return group

    def _write(self, group: Group, request: Request, record: Record, *, is_deleted: bool) -> None:
        stores = _stores(group, request)
        self._journal.write(
            {
                "group": group.name,
                "made": group.made,
                "record": record,
                "typed": {name: _typed(group, name, value) for name, value in record.items()},
                "online": "OnlineStore" in stores,
                "offline": group.offline if "OfflineStore" in stores else None,
                "time": datetime.now(timezone.utc).replace(tzinfo=None).isoformat(),
                "is_deleted": is_deleted,
            }
        )

    def _read(self) -> None:
        for entry in self._journal.unread():
            if entry["offline"] is not None:
                self._offline.add(entry["offline"], _row(entry))
            if entry["online"]:
                self._keep_online(entry)

    def _keep_online(self, entry: Mapping[str, Any]) -> None:
        group = self._groups.still_there(entry["group"], entry["made"])
        if group is None:
            return
        record, identifier = entry["record"], _identifier(group, entry["record"])
        if _older(group, record, identifier):
            return
        group.records[identifier] = record
        if entry["is_deleted"]:
            group.deleted.add(identifier)
        else:
            group.deleted.discard(identifier)


def _row(entry: Mapping[str, Any]) -> dict[str, Any]:
    written = datetime.fromisoformat(entry["time"])
    return {
        **entry["typed"],
        "write_time": written,
        "api_invocation_time": written,
        "is_deleted": entry["is_deleted"],
    }


def _record(group: Group, values: Iterable[Mapping[str, Any]]) -> Record:
    record: Record = {}
    for one in values:
        name = one["FeatureName"]
        if name not in group.types:
            raise _invalid(f"Feature {name} is not defined in FeatureGroup {group.name}.")
        record[name] = one.get("ValueAsString", one.get("ValueAsStringList"))
        _typed(group, name, record[name])
    for key in ("RecordIdentifierFeatureName", "EventTimeFeatureName"):
        if group.described[key] not in record:
            raise _invalid(f"The record lacks its {key} {group.described[key]}.")
    return record


def _typed(group: Group, name: str, value: Any) -> Any:
    convert = {"Integral": int, "Fractional": float}.get(group.types[name], str)
    try:
        return [convert(one) for one in value] if isinstance(value, list) else convert(value)
    except (TypeError, ValueError) as error:
        raise _invalid(
            f"Failed to parse {value!r} as {group.types[name]}, the type of feature {name}."
        ) from error


def _identifier(group: Group, record: Record) -> str:
    return str(record[group.described["RecordIdentifierFeatureName"]])


def _stores(group: Group, request: Request) -> list[str]:
    usual = ["OnlineStore"] if group.online else []
    usual += ["OfflineStore"] if group.offline is not None else []
    return list(request.get("TargetStores") or usual)


def _older(group: Group, record: Record, identifier: str) -> bool:
    """Whether the online store holds a later record: the latest event time counts there."""
    name = group.described["EventTimeFeatureName"]
    there = group.records.get(identifier)
    return there is not None and _moment(there[name]) > _moment(record[name])


def _moment(value: Any) -> tuple[float, str]:
    try:
        return float(value), ""
    except ValueError:
        return 0.0, str(value)


def _chosen(record: Record, names: Iterable[str] | None) -> list[Parsed]:
    wanted = record if names is None else [name for name in names if name in record]
    return [
        {"FeatureName": name, "ValueAsStringList": record[name]}
        if isinstance(record[name], list)
        else {"FeatureName": name, "ValueAsString": record[name]}
        for name in wanted
    ]


def _invalid(message: str) -> Refusal:
    # The runtime calls it ValidationError, where SageMaker itself says ValidationException.
    return Refusal("ValidationError", message)
