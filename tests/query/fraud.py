"""A lineage small enough to read: two models on shared feature groups, one of them live."""

import json
from dataclasses import replace
from datetime import datetime, timedelta, timezone

from sm_lineage_magics.model import (
    Association,
    ColumnSource,
    Entity,
    Home,
    LineageGraph,
    write_columns,
)

HOME = Home("us-east-1", "123456789012")
START = datetime(2026, 1, 1, tzinfo=timezone.utc)
SQL = 'SELECT age, amount FROM "customers" JOIN "claims" USING (policy_id) WHERE kept = 1'
REPOSITORY = "https://github.com/shop/fraud"


def at(hours):
    return START + timedelta(hours=hours)


def artifact(type, uri, hours=0, name="", details=None, **properties):
    return Entity(
        HOME.artifact(uri),
        "Artifact",
        type,
        name or uri.rpartition("/")[2],
        uri,
        properties,
        at(hours),
        created_by="ana",
        details=details or {},
    )


def code(path, commit, **properties):
    uri = f"{REPOSITORY}/blob/{commit}/{path}"
    details = {"metadata": {"commit_id": commit, "repository": REPOSITORY}}
    return artifact("Code", uri, details=details, **properties)


RAW = artifact("DataSet", "s3://b/raw.csv")
JOB_CODE = code("prepare.py", "aaa111")
PREPARE = Entity(
    HOME.trial_component("prepare"), "TrialComponent", "ProcessingJob", "prepare", created=at(1)
)
CUSTOMERS = artifact(
    "FeatureGroup",
    HOME.arn("feature-group", "customers"),
    1,
    Features=json.dumps({"age": "Integral", "kept": "Integral", "policy_id": "Integral"}),
)
CLAIMS = artifact(
    "FeatureGroup",
    HOME.arn("feature-group", "claims"),
    1,
    Features=json.dumps({"amount": "Fractional", "policy_id": "Integral"}),
)


def version(number, sql=SQL, columns=None, commit="bbb222", eta="0.2", live=False):
    """Query, training data, training and model of one version; package and endpoint when live."""
    hours = 10 * number
    columns = columns or {
        "age": [ColumnSource("customers", "age"), ColumnSource("customers", "kept", "filter")],
        "amount": [ColumnSource("claims", "amount")],
    }
    query = Entity(
        HOME.action(f"query-{number}"),
        "Action",
        "FeatureStoreQuery",
        f"query-{number}",
        properties={"Query": sql, "Columns": write_columns(columns)},
        created=at(hours),
    )
    train = artifact("DataSet", f"s3://b/v{number}/train.csv", hours, ETag=f"etag-{number}")
    job = Entity(
        HOME.trial_component(f"train-{number}"),
        "TrialComponent",
        "TrainingJob",
        f"train-{number}",
        status="Completed",
        created=at(hours + 1),
        created_by="ben",
        details={"parameters": {"eta": {"StringValue": eta}}},
    )
    script = code("train.py", commit)
    model = artifact(
        "Model", f"s3://b/v{number}/model.tar.gz", hours + 2, SageMakerModelName=f"fraud-{number}"
    )
    entities = [query, train, job, script, model]
    pairs = [(CUSTOMERS, query), (CLAIMS, query), (query, train), (train, job), (script, job)]
    pairs.append((job, model))
    if live:
        served, more = serving(model, hours)
        entities += served
        pairs += more
    return entities, pairs


def serving(model, hours):
    package = artifact("Model", HOME.arn("model-package", "fraud/1"), hours + 3)
    approval = Entity(
        HOME.action("fraud-1-Approved-1767225600-aws-model-group"),
        "Action",
        "Approval",
        "fraud-1-Approved-1767225600-aws-model-group",
        created=at(hours + 4),
        created_by="cleo",
    )
    deployment = Entity(HOME.action("deploy"), "Action", "ModelDeployment", "deploy")
    endpoint = Entity(
        HOME.context("fraud-live"),
        "Context",
        "Endpoint",
        "fraud-live",
        HOME.arn("endpoint", "fraud-live"),
        {"Status": "InService"},
        at(hours + 5),
        details={"tags": {"Owner": "risk"}},
    )
    entities = [package, approval, deployment, endpoint]
    pairs = [(model, package), (approval, package), (package, deployment), (deployment, endpoint)]
    return entities, pairs


def lineage(*versions):
    """The graph of the shared beginning and of these versions."""
    entities = [RAW, JOB_CODE, PREPARE, CUSTOMERS, CLAIMS]
    pairs = [(RAW, PREPARE), (JOB_CODE, PREPARE), (PREPARE, CUSTOMERS), (PREPARE, CLAIMS)]
    for more, edges in versions:
        entities += more
        pairs += edges
    return LineageGraph.of(
        entities, (Association(a.arn, b.arn, "ContributedTo", at(0)) for a, b in pairs)
    )


def changed(graph, entity, **fields):
    """The graph with one entity changed."""
    return LineageGraph(
        {**graph.entities, entity.arn: replace(entity, **fields)}, graph.associations
    )


def named(graph, label):
    """The one entity of this label."""
    (entity,) = (e for e in graph.entities.values() if e.label == label)
    return entity
