"""Feature groups: made, described, changed and deleted, with their table in the Glue catalog.

>>> groups.create({"FeatureGroupName": "customers", …})
{'FeatureGroupArn': 'arn:aws:sagemaker:us-east-1:123456789012:feature-group/customers'}
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any

from ....model import Home
from ...parsed import Parsed
from ...refusal import Refusal
from ..calls import Request
from ..pages import page_of
from .group import Group
from .offline import OfflineStore

USUAL_PAGE = 10


class FeatureGroups:
    """The feature groups of one sandbox."""

    def __init__(self, home: Home, offline: OfflineStore) -> None:
        self._home = home
        self._offline = offline
        self._groups: dict[str, Group] = {}
        self._epoch = 0

    @property
    def answers(self) -> dict[tuple[str, str], Callable[[Request], Parsed]]:
        """The operations answered here."""
        return {
            ("sagemaker", "CreateFeatureGroup"): self.create,
            ("sagemaker", "DescribeFeatureGroup"): self.describe,
            ("sagemaker", "ListFeatureGroups"): self.list_,
            ("sagemaker", "UpdateFeatureGroup"): self.update,
            ("sagemaker", "DeleteFeatureGroup"): self.delete,
            ("sagemaker", "DescribeFeatureMetadata"): self.describe_feature,
            ("sagemaker", "UpdateFeatureMetadata"): self.update_feature,
        }

    def named(self, name_or_arn: str) -> Group:
        """The group of a name or ARN.

        Raises:
            Refusal: `ResourceNotFound`.
        """
        name = name_or_arn.rpartition("/")[2] if name_or_arn.startswith("arn:") else name_or_arn
        group = self._groups.get(name.lower())
        if group is None:
            raise Refusal("ResourceNotFound", f"Resource Not Found: FeatureGroup {name}")
        return group

    def still_there(self, name: str, made: str) -> Group | None:
        """The group of a name if it is the one made then."""
        group = self._groups.get(name.lower())
        return group if group is not None and group.made == made else None

    def create(self, request: Request) -> Parsed:
        """Make one; it is there at once, and its table with it.

        Raises:
            Refusal: `ResourceInUse` for a name that is taken, in any case of letters.
        """
        name = request["FeatureGroupName"]
        if name.lower() in self._groups:
            raise Refusal("ResourceInUse", f"Resource Already Exists: FeatureGroup {name}")
        _check_features(request)
        group = Group(self._described(request))
        if group.offline is not None:
            self._offline.make_table(group.offline, group.described["FeatureDefinitions"])
        self._groups[name.lower()] = group
        return {"FeatureGroupArn": group.described["FeatureGroupArn"]}

    def describe(self, request: Request) -> Parsed:
        """Everything about one."""
        return dict(self.named(request["FeatureGroupName"]).described)

    def list_(self, request: Request) -> Parsed:
        """Summaries of those whose name contains a text, newest first unless asked otherwise."""
        text = request.get("NameContains", "")
        found = [one for one in self._groups.values() if text in one.name]
        by = "FeatureGroupName" if request.get("SortBy") == "Name" else "CreationTime"
        downwards = request.get("SortOrder", "Descending") == "Descending"
        found.sort(key=lambda one: (one.described[by], one.name), reverse=downwards)
        page, more = page_of(found, request, USUAL_PAGE, _invalid)
        return {"FeatureGroupSummaries": [_summary(one) for one in page], **more}

    def update(self, request: Request) -> Parsed:
        """Add features; they are new columns of the table.

        Raises:
            Refusal: `ValidationException` for a feature that is there already.
        """
        group = self.named(request["FeatureGroupName"])
        for added in request.get("FeatureAdditions", ()):
            if added["FeatureName"] in group.types:
                raise _invalid(f"Feature {added['FeatureName']} already exists.")
            group.described["FeatureDefinitions"].append(added)
        group.described["LastModifiedTime"] = _now()
        if group.offline is not None:
            self._offline.change_table(group.offline, group.described["FeatureDefinitions"])
        return {"FeatureGroupArn": group.described["FeatureGroupArn"]}

    def delete(self, request: Request) -> Parsed:
        """Delete one; what was written offline stays, as it does on AWS."""
        group = self.named(request["FeatureGroupName"])
        del self._groups[group.name.lower()]
        return {}

    def describe_feature(self, request: Request) -> Parsed:
        """What is known about one feature."""
        group, name = self._feature(request)
        kept = group.metadata.get(name, {})
        described = group.described
        return {
            "FeatureGroupArn": described["FeatureGroupArn"],
            "FeatureGroupName": group.name,
            "FeatureName": name,
            "FeatureType": group.types[name],
            "CreationTime": described["CreationTime"],
            "LastModifiedTime": kept.get("LastModifiedTime", described["CreationTime"]),
            "Parameters": [{"Key": k, "Value": v} for k, v in kept.get("Parameters", {}).items()],
            **({"Description": kept["Description"]} if "Description" in kept else {}),
        }

    def update_feature(self, request: Request) -> Parsed:
        """Describe a feature, or set and remove parameters of it."""
        group, name = self._feature(request)
        kept = group.metadata.setdefault(name, {"Parameters": {}})
        if "Description" in request:
            kept["Description"] = request["Description"]
        for added in request.get("ParameterAdditions", ()):
            kept["Parameters"][added["Key"]] = added["Value"]
        for removed in request.get("ParameterRemovals", ()):
            kept["Parameters"].pop(removed, None)
        kept["LastModifiedTime"] = _now()
        return {}

    def _feature(self, request: Request) -> tuple[Group, str]:
        group, name = self.named(request["FeatureGroupName"]), request["FeatureName"]
        if name not in group.types:
            raise Refusal("ResourceNotFound", f"Resource Not Found: feature {name} of {group.name}")
        return group, name

    def _described(self, request: Request) -> dict[str, Any]:
        now, name = _now(), request["FeatureGroupName"]
        kept = {key: value for key, value in request.items() if key not in ("Tags",)}
        described = {
            **kept,
            "FeatureDefinitions": [dict(one) for one in request["FeatureDefinitions"]],
            "FeatureGroupArn": self._home.arn("feature-group", name.lower()),
            "CreationTime": now,
            "LastModifiedTime": now,
            "FeatureGroupStatus": "Created",
        }
        if "OfflineStoreConfig" in request:
            described["OfflineStoreConfig"] = self._table(request["OfflineStoreConfig"], name, now)
            described["OfflineStoreStatus"] = {"Status": "Active"}
        return described

    def _table(self, config: Request, name: str, now: datetime) -> dict[str, Any]:
        # Tables outlive their groups, so that a group made again needs another second in its name.
        epoch = self._epoch = max(int(now.timestamp()), self._epoch + 1)
        prefix = config["S3StorageConfig"]["S3Uri"].rstrip("/")
        place = f"{self._home.account}/sagemaker/{self._home.region}/offline-store"
        catalog = {
            "TableName": f"{name.replace('-', '_').lower()}_{epoch}",
            "Catalog": "AwsDataCatalog",
            "Database": "sagemaker_featurestore",
        }
        storage = {
            **config["S3StorageConfig"],
            "ResolvedOutputS3Uri": f"{prefix}/{place}/{name}-{epoch}/data",
        }
        return {"DataCatalogConfig": catalog, **config, "S3StorageConfig": storage}


def _check_features(request: Request) -> None:
    names = [one["FeatureName"] for one in request["FeatureDefinitions"]]
    for key in ("RecordIdentifierFeatureName", "EventTimeFeatureName"):
        if request[key] not in names:
            raise _invalid(f"{key} {request[key]} is not one of the feature definitions.")
    if len(set(names)) < len(names):
        raise _invalid("Feature names must be unique.")


def _invalid(message: str) -> Refusal:
    return Refusal("ValidationException", f"Validation Error: {message}")


def _summary(group: Group) -> Parsed:
    keys = (
        "FeatureGroupName",
        "FeatureGroupArn",
        "CreationTime",
        "FeatureGroupStatus",
        "OfflineStoreStatus",
    )
    return {key: group.described[key] for key in keys if key in group.described}


def _now() -> datetime:
    return datetime.now(timezone.utc)
