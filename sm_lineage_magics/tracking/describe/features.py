"""Feature groups, with or without an offline store, and the tables that queries find them by."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from ...model import Entity, Gap
from ...model.vocabulary import (
    ADDED_OFFLINE,
    FEATURES,
    OFFLINE_STORE,
    OFFLINE_TABLE,
    PARTITIONS_OFFLINE,
    SCHEMA_DIGEST,
)
from ..facts import Resource
from ..sql import TableSchema
from .ask import Ask, Unseen
from .drawing import Drawing, artifact, at, utc

_STORED = re.compile(r"/offline-store/(?P<name>[A-Za-z0-9-]+)-\d{8,}/data")
_PRESTO_VIEW = re.compile(r"/\*\s*Presto View:\s*([A-Za-z0-9+/=]+)\s*\*/")


def feature_group(resource: Resource, ask: Ask) -> Drawing:
    """A feature group with its features and, where it has one, its offline table."""
    drawing = Drawing(f"DescribeFeatureGroup {resource.name}")
    drawing.add(group_of(_answer(resource, ask)))
    return drawing


def offline_table(resource: Resource, ask: Ask) -> Drawing:
    """The feature group a table is the offline table of."""
    drawing = Drawing(f"offline table {resource.name}")
    found = Tables(ask).of(resource.name)
    if found.group:
        drawing.add(group_of(found.group))
    else:
        drawing.gap("unresolved", resource.name, "No feature group with this offline table found.")
    return drawing


def group_of(answer: Mapping[str, Any]) -> Entity:
    """The feature group of an answer about it."""
    features = _features(answer)
    schema = json.dumps(features, separators=(",", ":"))
    store = at(answer, "OfflineStoreConfig", "S3StorageConfig") or {}
    entity = artifact(
        "FeatureGroup",
        answer["FeatureGroupArn"],
        answer["FeatureGroupName"],
        **{
            FEATURES: schema,
            SCHEMA_DIGEST: hashlib.sha256(schema.encode()).hexdigest(),
            OFFLINE_TABLE: table_of(answer),
            OFFLINE_STORE: store.get("ResolvedOutputS3Uri") or store.get("S3Uri") or "",
        },
    )
    return replace(entity, created=utc(answer.get("CreationTime")))


def table_of(answer: Mapping[str, Any]) -> str:
    """`database.table` of a feature group's offline store; empty when it has none."""
    catalogue = at(answer, "OfflineStoreConfig", "DataCatalogConfig") or {}
    database, table = catalogue.get("Database"), catalogue.get("TableName")
    return f"{database}.{table}".lower() if database and table else ""


def schema_of(answer: Mapping[str, Any]) -> TableSchema:
    """The offline table of a feature group as `SELECT *` sees it."""
    form = at(answer, "OfflineStoreConfig", "TableFormat")
    added = ADDED_OFFLINE if form == "Iceberg" else (*ADDED_OFFLINE, *PARTITIONS_OFFLINE)
    columns = (*_features(answer), *added)
    return TableSchema(table_of(answer), columns, answer["FeatureGroupName"])


class Found:
    """What a table turned out to be: a feature group's, a plain one, a view, or not known."""

    def __init__(
        self,
        schema: TableSchema | None = None,
        group: Mapping[str, Any] | None = None,
        view: str = "",
        location: str = "",
        gaps: tuple[Gap, ...] = (),
    ) -> None:
        self.schema, self.group, self.view, self.location = schema, group, view, location
        self.gaps = gaps


class Tables:
    """Finds out what the tables of queries are, by Glue where it may be asked."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    def of(self, table: str) -> Found:
        """What `database.table` is."""
        if table.count(".") > 1:
            why = (
                "It is in another data catalog than AwsDataCatalog, where tables are not looked up."
            )
            return Found(gaps=(Gap("unresolved", table, why),))
        return _Search(self._ask, table).found()


class _Search:
    """The search for one table, and what was refused on the way."""

    def __init__(self, ask: Ask, table: str) -> None:
        self._ask = ask
        self._table = table
        self._refused: list[Gap] = []

    def found(self) -> Found:
        """What the table is; where nobody knows it, or who does may not be asked, why."""
        glue = self._glue()
        location = str(at(glue, "StorageDescriptor", "Location") or "")
        stored = _STORED.search(f"{location.rstrip('/')}/")
        names = [stored["name"]] if stored else [] if glue else self._candidates()
        for name in names:
            if group := self._group(name):
                return Found(schema_of(group), group, location=location)
        if view := _view(glue):
            return Found(view=view)
        if glue and not stored:
            return Found(_schema(self._table, glue), location=location)
        schema = _schema(self._table, glue) if glue else None
        return Found(schema, location=location, gaps=(self._unknown(),))

    def _unknown(self) -> Gap:
        why = "Neither Glue nor the feature groups that could have this table know it."
        absent = Gap("missing", self._table, why)
        return next((gap for gap in self._refused if gap.kind != "missing"), absent)

    def _glue(self) -> Mapping[str, Any]:
        database, _, name = self._table.rpartition(".")
        if not database or self._ask.clients.glue is None:
            return {}
        answer = self._answer("glue", "get_table", DatabaseName=database, Name=name)
        found: Mapping[str, Any] = (answer or {}).get("Table", {})
        return found

    def _candidates(self) -> Iterator[str]:
        """Feature groups that could have this table: spoken of, or by the name SageMaker gives it.

        A table is called after its group, in lower case and with `_` for `-`, and when it was made.
        """
        short = re.sub(r"_\d{8,}$", "", self._table.rpartition(".")[2])
        yield from dict.fromkeys((*self._ask.groups, short, short.replace("_", "-")))
        yield from self._listed(short)

    def _listed(self, short: str) -> Iterator[str]:
        part = max(short.split("_"), key=len)
        try:
            listed = self._ask.pages(
                "sagemaker", "list_feature_groups", "FeatureGroupSummaries", NameContains=part
            )
            names = [each["FeatureGroupName"] for each in listed]
        except Unseen as unseen:
            self._refused.append(unseen.gap)
            return
        alike = [n for n in names if re.sub(r"[^a-z0-9]", "_", n.lower()) == short]
        yield from (*alike, *(n for n in names if n not in alike)) if len(names) <= 20 else alike

    def _group(self, name: str) -> Mapping[str, Any] | None:
        answer = self._answer("sagemaker", "describe_feature_group", FeatureGroupName=name)
        return answer if answer and table_of(answer) == self._table else None

    def _answer(self, service: str, operation: str, **parameters: Any) -> dict[str, Any] | None:
        """The answer, or None: then others are asked, and the refusal counts where none knows."""
        try:
            return self._ask(service, operation, **parameters)
        except Unseen as unseen:
            self._refused.append(unseen.gap)
            return None


def _answer(resource: Resource, ask: Ask) -> dict[str, Any]:
    """The answer by name, else by ARN: another account may have a group of the same name."""
    try:
        answer = ask("sagemaker", "describe_feature_group", FeatureGroupName=resource.name)
        if resource.arn in ("", answer["FeatureGroupArn"]):
            return answer
    except Unseen:
        if not resource.arn:
            raise
    return ask("sagemaker", "describe_feature_group", FeatureGroupName=resource.arn)


def _features(answer: Mapping[str, Any]) -> dict[str, str]:
    return {f["FeatureName"]: f["FeatureType"] for f in answer.get("FeatureDefinitions", ())}


def _schema(table: str, glue: Mapping[str, Any]) -> TableSchema:
    columns = (*(at(glue, "StorageDescriptor", "Columns") or ()), *glue.get("PartitionKeys", ()))
    return TableSchema(table, tuple(column["Name"] for column in columns))


def _view(glue: Mapping[str, Any]) -> str:
    """The query of a view, which Athena keeps in a comment as JSON in base64."""
    match = _PRESTO_VIEW.search(str(glue.get("ViewOriginalText") or ""))
    try:
        return str(json.loads(base64.b64decode(match[1]))["originalSql"]) if match else ""
    except (ValueError, KeyError):
        return ""
