"""Accounts as ml-lineage-helper left them, in the emulator or in an embedded store."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import boto3
import pytest

from sm_lineage_magics import Lineage, emulator
from sm_lineage_magics.backends.local import Store
from sm_lineage_magics.model import Association, Entity, Home, LineageGraph

HOME = Home("us-east-1", "123456789012")


class Account:
    """An account's lineage, drawn edge by edge, and what SageMaker describes of its resources."""

    def __init__(self, home: Home = HOME) -> None:
        self.home = home
        self.entities: dict[str, Entity] = {}
        self.edges: list[Association] = []
        self.resources: dict[tuple[str, str], dict[str, Any]] = {}

    def keep(self, entity: Entity) -> Entity:
        return self.entities.setdefault(entity.arn, entity)

    def artifact(self, type: str, uri: str, name: str = "", **properties: str) -> Entity:
        arn = self.home.artifact(uri)
        return self.keep(Entity(arn, "Artifact", type, name, uri, properties=properties))

    def twin(self, entity: Entity) -> Entity:
        """Another artifact of the same source, told apart by its source types."""
        apart = [("Custom", "twin")]
        arn = self.home.artifact(entity.source_uri, apart)
        details = {"source_types": [list(pair) for pair in apart]}
        return self.keep(
            Entity(arn, "Artifact", entity.type, "", entity.source_uri, details=details)
        )

    def group(self, name: str, *, offline: bool = True) -> Entity:
        """A feature group, recorded as ml-lineage-helper records it."""
        arn = self.home.arn("feature-group", name)
        store = {
            "S3StorageConfig": {"S3Uri": f"s3://bucket/offline/{name}"},
            "DataCatalogConfig": {"Catalog": "Aws", "Database": "store", "TableName": f"{name}_1"},
        }
        self.resources["DescribeFeatureGroup", name] = {
            "FeatureGroupArn": arn,
            "FeatureGroupName": name,
            "FeatureDefinitions": [],
        } | ({"OfflineStoreConfig": store} if offline else {})
        return self.artifact("FeatureGroup", arn, f"fg-{name}")

    def job(self, name: str) -> Entity:
        named = f"{name}-aws-training-job"
        arn, source = self.home.trial_component(named), self.home.arn("training-job", name)
        return self.keep(Entity(arn, "TrialComponent", "TrainingJob", named, source))

    def model(self, name: str, uri: str = "") -> Entity:
        uri = uri or f"s3://bucket/{name}/model.tar.gz"
        container = {"ModelDataUrl": uri}
        self.resources["DescribeModel", name] = {"ModelName": name, "PrimaryContainer": container}
        return self.artifact("Model", uri, "Model", SageMakerModelName=name)

    def chain(self, *entities: Entity) -> None:
        """Data flows from the first to the last."""
        for source, destination in pairwise(entities):
            produced = source.kind == "TrialComponent"
            type = "Produced" if produced else "ContributedTo"
            self.edges.append(Association(source.arn, destination.arn, type))

    @property
    def graph(self) -> LineageGraph:
        return LineageGraph.of(self.entities.values(), self.edges)

    def session(self, **options: Any) -> Any:
        """A session of the SageMaker SDK's shape, its client answered by the emulator."""
        store = Store.open(":memory:")
        with store.writing():
            store.put(self.entities.values())
            store.link(self.edges)
        region = self.home.region
        client = emulator.client(store, region=region, account=self.home.account, **options)
        client.meta.events.register_first("before-call.sagemaker", self._described)
        return SimpleNamespace(
            sagemaker_client=client, boto_session=boto3.Session(region_name=region)
        )

    def _described(self, model: Any, params: dict[str, Any], **_: Any) -> Any:
        asked = json.loads(params["body"] or "{}").values()
        answer = self.resources.get((model.name, str(next(iter(asked), ""))))
        if answer is None:
            return None
        return SimpleNamespace(status_code=200, headers={}), answer


@pytest.fixture
def account() -> Account:
    return Account()


@pytest.fixture
def account_in() -> type[Account]:
    """Makes accounts in any region."""
    return Account


@pytest.fixture
def blog() -> Account:
    """The worked example: raw data, one job, two feature groups, two data sets, one model."""
    made = Account()
    raw = made.artifact("DataSet", "s3://bucket/raw", "ProcessingInputData")
    job = made.artifact("ProcessingJob", HOME.arn("processing-job", "clean"), "ProcessingJob")
    training, model = made.job("train"), made.model("fraud")
    script = made.artifact("Code", "s3://bucket/source.tar.gz", "TrainingCode", GitURL="https://g")
    query = {"Base64FeatureStoreQueryString": "U0VMRUNUIDE="}
    for name in ("TrainingData", "TestingData"):
        data = made.artifact("DataSet", f"s3://bucket/{name}.csv", name, **query)
        for group in ("customers", "claims"):
            made.chain(raw, job, made.group(group), data, training, model)
    made.chain(script, training)
    return made


@pytest.fixture(params=["sagemaker", "embedded"])
def opened(request: pytest.FixtureRequest) -> Callable[[Account], Any]:
    """Makes a session of an account, in either place lineage is kept."""
    if request.param == "sagemaker":
        return lambda account: account.session()

    def embedded(account: Account) -> Lineage:
        lineage = Lineage.open(":memory:")
        request.addfinalizer(lineage.close)
        lineage.load(account.graph)
        return lineage

    return embedded
