"""The worked example of AWS's blog post, end to end in the sandbox: every edge, and no other.

Raw data → a processing job → two feature groups → one query → training and test data → a training
job → a model → an endpoint; once with plain boto3, once with real objects of the SageMaker SDK 2,
once with those of version 3. The SDKs need environments of their own: `-m sdk_v2`, `-m sdk_v3`.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import boto3
import pandas as pd
import pytest

from sm_lineage_magics import Lineage, emulator
from sm_lineage_magics.model import Entity
from sm_lineage_magics.tracking.facts import Facts
from sm_lineage_magics.tracking.gathering import ask, joined
from sm_lineage_magics.tracking.recording.plan import facts_of

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]

HERE = Path(__file__).name
JOIN = """SELECT * FROM "{customers}" c JOIN "{claims}" k ON c.policy_id = k.policy_id"""
GROUPS = {
    "customers": {"policy_id": "String", "event_time": "Fractional", "age": "Integral"},
    "claims": {"policy_id": "String", "event_time": "Fractional", "fraud": "Integral"},
}
MACHINE = {"InstanceType": "ml.m5.large", "InstanceCount": 1, "VolumeSizeInGB": 1}

# What was done, as the post tells it; ID stands for what changes from run to run.
DONE = {
    ("raw.csv", "DerivedFrom", "s3:raw/raw.csv"),
    ("s3:raw/raw.csv", "ContributedTo", "s3:raw/"),
    ("s3:raw/", "ContributedTo", "ProcessingJob"),
    ("preprocess.py", "DerivedFrom", "s3:code"),
    ("s3:code", "ContributedTo", "ProcessingJob"),
    ("image", "ContributedTo", "ProcessingJob"),
    (HERE, "ContributedTo", "ProcessingJob"),
    ("ProcessingJob", "Produced", "customers"),
    ("ProcessingJob", "Produced", "claims"),
    ("customers", "ContributedTo", "FeatureStoreQuery"),
    ("claims", "ContributedTo", "FeatureStoreQuery"),
    (HERE, "ContributedTo", "FeatureStoreQuery"),
    ("FeatureStoreQuery", "Produced", "s3:results/ID.csv"),
    ("s3:results/ID.csv", "DerivedFrom", "train.csv"),
    ("s3:results/ID.csv", "DerivedFrom", "test.csv"),
    (HERE, "ContributedTo", "train.csv"),
    (HERE, "ContributedTo", "test.csv"),
    ("train.csv", "DerivedFrom", "s3:train/train.csv"),
    ("test.csv", "DerivedFrom", "s3:test/test.csv"),
    ("s3:train/train.csv", "ContributedTo", "s3:train/"),
    ("s3:test/test.csv", "ContributedTo", "s3:test/"),
    ("s3:train/", "ContributedTo", "TrainingJob"),
    ("s3:test/", "ContributedTo", "TrainingJob"),
    ("image", "ContributedTo", "TrainingJob"),
    (HERE, "ContributedTo", "TrainingJob"),
    ("TrainingJob", "Produced", "s3:models"),
    ("s3:models", "ContributedTo", "ModelDeployment"),
    ("image", "ContributedTo", "ModelDeployment"),
    ("ModelDeployment", "AssociatedWith", "Endpoint"),
}


@pytest.fixture
def box(tmp_path, monkeypatch):
    """An account that is not there, and a folder with the raw data and the script."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SM_LINEAGE_STORE", str(tmp_path / "journal.db"))
    rows = {"policy_id": range(8), "age": range(20, 28), "fraud": [0, 1] * 4}
    pd.DataFrame(rows).to_csv("raw.csv", index=False)
    Path("preprocess.py").write_text("print('clean')\n")
    with emulator.sandbox() as opened:
        yield opened


@pytest.fixture
def lineage():
    """An empty store."""
    with Lineage.open(":memory:") as opened:
        yield opened


def fill(box) -> dict[str, str]:
    """Records in both groups, as the processing job puts them there; the tables they lie in."""
    runtime, sagemaker = boto3.client("sagemaker-featurestore-runtime"), boto3.client("sagemaker")
    for number in range(8):
        for group, last in (("customers", "age"), ("claims", "fraud")):
            values = {"policy_id": number, "event_time": 1.0, last: number}
            record = [{"FeatureName": k, "ValueAsString": str(v)} for k, v in values.items()]
            runtime.put_record(FeatureGroupName=group, Record=record)
    described = {g: sagemaker.describe_feature_group(FeatureGroupName=g) for g in GROUPS}
    return {
        group: answer["OfflineStoreConfig"]["DataCatalogConfig"]["TableName"]
        for group, answer in described.items()
    }


def definitions(group: str) -> list[dict[str, str]]:
    """The features of a group."""
    return [{"FeatureName": n, "FeatureType": t} for n, t in GROUPS[group].items()]


def with_boto3(box, lineage) -> None:
    """Every step as a plain call."""
    bucket, role = box.bucket, box.role
    sagemaker, s3, athena = (boto3.client(name) for name in ("sagemaker", "s3", "athena"))
    with lineage.track("prepare"):
        s3.upload_file("raw.csv", bucket, "raw/raw.csv")
        s3.upload_file("preprocess.py", bucket, "code/preprocess.py")
        for group in GROUPS:
            sagemaker.create_feature_group(
                FeatureGroupName=group,
                RecordIdentifierFeatureName="policy_id",
                EventTimeFeatureName="event_time",
                FeatureDefinitions=definitions(group),
                OfflineStoreConfig={"S3StorageConfig": {"S3Uri": f"s3://{bucket}/offline"}},
                OnlineStoreConfig={"EnableOnlineStore": True},
                RoleArn=role,
            )
        places = {"raw": f"s3://{bucket}/raw/", "code": f"s3://{bucket}/code/preprocess.py"}
        sagemaker.create_processing_job(
            ProcessingJobName="clean",
            AppSpecification={"ImageUri": "image"},
            ProcessingInputs=[
                {
                    "InputName": name,
                    "S3Input": {"S3Uri": uri, "LocalPath": "/x", "S3DataType": "S3Prefix"},
                }
                for name, uri in places.items()
            ],
            ProcessingOutputConfig={
                "Outputs": [
                    {
                        "OutputName": group,
                        "AppManaged": True,
                        "FeatureStoreOutput": {"FeatureGroupName": group},
                    }
                    for group in GROUPS
                ]
            },
            ProcessingResources={"ClusterConfig": MACHINE},
            RoleArn=role,
        )
    tables = fill(box)
    with lineage.track("datasets"):
        query = athena.start_query_execution(
            QueryString=JOIN.format(**tables),
            QueryExecutionContext={"Database": "sagemaker_featurestore"},
            ResultConfiguration={"OutputLocation": f"s3://{bucket}/results/"},
        )
        answer = s3.get_object(Bucket=bucket, Key=f"results/{query['QueryExecutionId']}.csv")
        joined = pd.read_csv(answer["Body"])
        train, test = joined.head(6), joined.tail(2)
        train.to_csv("train.csv", index=False)
        test.to_csv("test.csv", index=False)
        s3.upload_file("train.csv", bucket, "train/train.csv")
        s3.upload_file("test.csv", bucket, "test/test.csv")
    with lineage.track("train"):
        sagemaker.create_training_job(
            TrainingJobName="train-fraud",
            AlgorithmSpecification={"TrainingImage": "image", "TrainingInputMode": "File"},
            InputDataConfig=[
                {
                    "ChannelName": name,
                    "DataSource": {
                        "S3DataSource": {
                            "S3DataType": "S3Prefix",
                            "S3Uri": f"s3://{bucket}/{name}/",
                        }
                    },
                }
                for name in ("train", "test")
            ],
            OutputDataConfig={"S3OutputPath": f"s3://{bucket}/models"},
            ResourceConfig=MACHINE,
            StoppingCondition={"MaxRuntimeInSeconds": 60},
            HyperParameters={"eta": "0.2", "api_key": "pL4nted"},
            RoleArn=role,
        )
        data = f"s3://{bucket}/models/train-fraud/output/model.tar.gz"
        sagemaker.create_model(
            ModelName="fraud",
            PrimaryContainer={"Image": "image", "ModelDataUrl": data},
            ExecutionRoleArn=role,
        )
        variant = {"VariantName": "all", "ModelName": "fraud"}
        variant |= {"InitialInstanceCount": 1, "InstanceType": "ml.m5.large"}
        sagemaker.create_endpoint_config(EndpointConfigName="fraud", ProductionVariants=[variant])
        sagemaker.create_endpoint(EndpointName="fraud", EndpointConfigName="fraud")


def with_sdk_2(box, lineage) -> None:
    """Every step with the objects people hold."""
    from sagemaker.estimator import Estimator
    from sagemaker.feature_store.feature_definition import FeatureDefinition, FeatureTypeEnum
    from sagemaker.feature_store.feature_group import FeatureGroup
    from sagemaker.processing import (
        FeatureStoreOutput,
        ProcessingInput,
        ProcessingOutput,
        ScriptProcessor,
    )
    from sagemaker.session import Session

    bucket = box.bucket
    session = Session(boto3.Session(region_name=box.region), default_bucket=bucket)
    machine = {"instance_count": 1, "instance_type": "ml.m5.large", "role": box.role}
    s3 = boto3.client("s3")
    with lineage.track("prepare"):
        s3.upload_file("raw.csv", bucket, "raw/raw.csv")
        groups = {
            name: FeatureGroup(
                name,
                sagemaker_session=session,
                feature_definitions=[
                    FeatureDefinition(feature, FeatureTypeEnum(type))
                    for feature, type in GROUPS[name].items()
                ],
            )
            for name in GROUPS
        }
        for group in groups.values():
            group.create(f"s3://{bucket}/offline", "policy_id", "event_time", box.role, True)
        processor = ScriptProcessor(
            image_uri="image", command=["python3"], sagemaker_session=session, **machine
        )
        processor.run(
            code="preprocess.py",
            inputs=[ProcessingInput(f"s3://{bucket}/raw/", "/opt/ml/x", input_name="raw")],
            outputs=[
                ProcessingOutput(
                    output_name=name,
                    app_managed=True,
                    feature_store_output=FeatureStoreOutput(feature_group_name=name),
                )
                for name in GROUPS
            ],
            wait=False,
        )
    tables = fill(box)
    with lineage.track("datasets"):
        query = groups["customers"].athena_query()
        query.run(JOIN.format(**tables), f"s3://{bucket}/results")
        query.wait()
        joined = query.as_dataframe()
        train, test = joined.head(6), joined.tail(2)
        train.to_csv("train.csv", index=False)
        test.to_csv("test.csv", index=False)
        session.upload_data("train.csv", bucket, "train")
        session.upload_data("test.csv", bucket, "test")
    with lineage.track("train"):
        estimator = Estimator(
            image_uri="image",
            output_path=f"s3://{bucket}/models",
            sagemaker_session=session,
            hyperparameters={"eta": 0.2, "api_key": "pL4nted"},
            **machine,
        )
        channels = {name: f"s3://{bucket}/{name}/" for name in ("train", "test")}
        estimator.fit(channels, wait=False)
        estimator.deploy(1, "ml.m5.large", endpoint_name="fraud", wait=False)


def with_sdk_3(box, lineage) -> None:
    """Every step with the objects of version 3."""
    from sagemaker.core import resources, shapes
    from sagemaker.core.helper.session_helper import Session
    from sagemaker.core.training.configs import Compute, InputData, OutputDataConfig
    from sagemaker.mlops.feature_store.athena_query import AthenaQuery
    from sagemaker.train.model_trainer import ModelTrainer

    bucket, role = box.bucket, box.role
    boto_session = boto3.Session(region_name=box.region)
    session = Session(boto_session, default_bucket=bucket)
    s3 = boto3.client("s3")
    with lineage.track("prepare"):
        s3.upload_file("raw.csv", bucket, "raw/raw.csv")
        for name, features in GROUPS.items():
            place = shapes.S3StorageConfig(s3_uri=f"s3://{bucket}/offline")
            resources.FeatureGroup.create(
                feature_group_name=name,
                record_identifier_feature_name="policy_id",
                event_time_feature_name="event_time",
                feature_definitions=[
                    shapes.FeatureDefinition(feature_name=feature, feature_type=type)
                    for feature, type in features.items()
                ],
                offline_store_config=shapes.OfflineStoreConfig(s3_storage_config=place),
                online_store_config=shapes.OnlineStoreConfig(enable_online_store=True),
                role_arn=role,
                session=boto_session,
            )
        session.upload_data("preprocess.py", bucket, "code")
        # Version 3's processors fail on outputs that are feature groups, so the resource is made.
        places = {"raw": f"s3://{bucket}/raw/", "code": f"s3://{bucket}/code/preprocess.py"}
        resources.ProcessingJob.create(
            processing_job_name="clean",
            app_specification=shapes.AppSpecification(image_uri="image"),
            processing_resources=shapes.ProcessingResources(
                cluster_config=shapes.ProcessingClusterConfig(
                    instance_type="ml.m5.large", instance_count=1, volume_size_in_gb=1
                )
            ),
            processing_inputs=[
                shapes.ProcessingInput(
                    input_name=name,
                    s3_input=shapes.ProcessingS3Input(
                        s3_uri=uri, local_path="/opt/ml/x", s3_data_type="S3Prefix"
                    ),
                )
                for name, uri in places.items()
            ],
            processing_output_config=shapes.ProcessingOutputConfig(
                outputs=[
                    shapes.ProcessingOutput(
                        output_name=name,
                        app_managed=True,
                        feature_store_output=shapes.ProcessingFeatureStoreOutput(
                            feature_group_name=name
                        ),
                    )
                    for name in GROUPS
                ]
            ),
            role_arn=role,
            session=boto_session,
        )
    tables = fill(box)
    with lineage.track("datasets"):
        query = AthenaQuery(
            "AwsDataCatalog", "sagemaker_featurestore", tables["customers"], session
        )
        query.run(JOIN.format(**tables), f"s3://{bucket}/results")
        query.wait()
        joined = query.as_dataframe()
        train, test = joined.head(6), joined.tail(2)
        train.to_csv("train.csv", index=False)
        test.to_csv("test.csv", index=False)
        session.upload_data("train.csv", bucket, "train")
        session.upload_data("test.csv", bucket, "test")
    with lineage.track("train"):
        trainer = ModelTrainer(
            training_image="image",
            role=role,
            sagemaker_session=session,
            compute=Compute(instance_type="ml.m5.large", instance_count=1),
            output_data_config=OutputDataConfig(s3_output_path=f"s3://{bucket}/models"),
            hyperparameters={"eta": 0.2, "api_key": "pL4nted"},
            base_job_name="train-fraud",
        )
        trainer.train(
            [
                InputData(channel_name=name, data_source=f"s3://{bucket}/{name}/")
                for name in ("train", "test")
            ],
            wait=False,
        )
        job = trainer._latest_training_job
        job.refresh()
        container = shapes.ContainerDefinition(
            image="image", model_data_url=job.model_artifacts.s3_model_artifacts
        )
        resources.Model.create(
            model_name="fraud",
            primary_container=container,
            execution_role_arn=role,
            # moto answers an empty one where there is none, which the SDK does not take.
            vpc_config=shapes.VpcConfig(security_group_ids=["sg-1"], subnets=["subnet-1"]),
            session=boto_session,
        )
        variant = {"VariantName": "all", "ModelName": "fraud"}
        variant |= {"InitialInstanceCount": 1, "InstanceType": "ml.m5.large"}
        sagemaker = boto3.client("sagemaker")
        sagemaker.create_endpoint_config(EndpointConfigName="fraud", ProductionVariants=[variant])
        # So it does of an endpoint's data capture.
        sagemaker.create_endpoint(EndpointName="fraud", EndpointConfigName="fraud")


@pytest.mark.parametrize(
    "example",
    [
        with_boto3,
        pytest.param(with_sdk_2, marks=pytest.mark.sdk_v2),
        pytest.param(with_sdk_3, marks=pytest.mark.sdk_v3),
    ],
)
def test_every_edge_is_what_was_done_and_none_is_missing(box, lineage, example):
    """And the endpoint finds its raw data, the raw data its endpoint."""
    example(box, lineage)

    assert drawn(lineage, box) == DONE
    upstream = {short(entity, box) for entity in lineage.upstream("endpoint:fraud")}
    assert {"raw.csv", "preprocess.py", "customers", "claims"} <= upstream
    assert "pL4nted" not in repr(list(lineage.ls(limit=None)))


def test_a_feature_is_found_downstream_to_the_endpoint(box, lineage):
    """`SELECT *` included."""
    with_boto3(box, lineage)

    assert [e.label for e in lineage.endpoints("fg:customers.age")] == ["fraud"]


def test_every_edge_has_evidence(box, lineage):
    """Kept in the journal with the run that drew it."""
    with_boto3(box, lineage)

    links = [link for run in lineage.tracker.journal.runs() for link in run.plan.links]
    assert {bool(link.evidence) for link in links} == {True}


def test_undone_nothing_is_left(box, lineage):
    """Run by run, the last one first."""
    with_boto3(box, lineage)
    tracker = lineage.tracker
    for run in reversed(tracker.journal.runs()):
        tracker.undo(run)

    assert list(lineage.ls(limit=None)) == []


def test_recording_it_in_an_account_takes_so_many_calls_and_again_no_write(box):
    """Beside those of the cells: questions about jobs and the query, look-ups, and writes."""
    calls = Counter()
    client = counted(boto3.client("sagemaker"), calls)
    lineage = Lineage.open("sagemaker", client=client)
    lineage.tracker.describe = partial(described_counted, calls)
    with_boto3(box, lineage)
    once, facts = Counter(calls), Facts()
    for run in lineage.tracker.journal.runs():
        facts = joined(facts, facts_of(run.plan))
    calls.clear()
    again = lineage.tracker.record(facts)

    writes = {name: number for name, number in once.items() if name.startswith(WRITING)}
    assert writes == {
        "CreateArtifact": 11,
        "CreateAction": 1,
        "UpdateArtifact": 2,
        "UpdateContext": 1,
        "AddAssociation": 19,
    }
    assert (once.total(), again.run, calls.total()) == (87, None, 11)


WRITING = ("Create", "Update", "Delete", "Add")


def described_counted(calls, resources, clients):
    """What the tracker asks of the services, counted."""
    for service in ("sagemaker", "athena", "glue"):
        counted(getattr(clients, service), calls)
    try:
        return ask(resources, clients)
    finally:
        for service in ("sagemaker", "athena", "glue"):
            getattr(clients, service).meta.events.unregister("before-call", unique_id=COUNTING)


COUNTING = "counting"


def counted(client, calls):
    """The client, whose calls are counted."""

    def count(model, **_):
        calls[model.name] += 1

    client.meta.events.register_first("before-call", count, unique_id=COUNTING)
    return client


def test_what_ran_untracked_is_found_afterwards(box, lineage):
    """Jobs, feature groups, the query, model and endpoint; not what only the cell knew."""
    elsewhere = Lineage.open(":memory:")
    with_boto3(box, elsewhere)
    facts = _backfilled(lineage)
    lineage.tracker.record(facts, "backfill")

    local = {HERE, "raw.csv", "preprocess.py", "train.csv", "test.csv"}
    known = {edge for edge in DONE if local.isdisjoint((edge[0], edge[2]))}
    objects = {"s3:raw/raw.csv", "s3:train/train.csv", "s3:test/test.csv"}
    assert drawn(lineage, box) == {edge for edge in known if edge[0] not in objects}


def _backfilled(lineage):
    from datetime import datetime, timedelta, timezone

    from sm_lineage_magics.tracking.backfill import backfill
    from sm_lineage_magics.tracking.clients import Clients

    since = datetime.now(timezone.utc) - timedelta(days=1)
    return backfill(Clients(), lineage.tracker.describe, since, lineage.backend)


def drawn(lineage, box) -> set[tuple[str, str, str]]:
    """All edges of the store, by short names."""
    names = {e.arn: short(e, box) for e in lineage.ls(limit=None)}
    edges = lineage.backend.associations(names, "both")
    return {(names[e.source], str(e.type), names[e.destination]) for e in edges}


def short(entity: Entity, box: SimpleNamespace) -> str:
    """An entity by what does not change from run to run."""
    uri = entity.source_uri
    if uri.startswith("s3://"):
        key = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "ID", uri.removeprefix(f"s3://{box.bucket}/"))
        known = {"Code": "s3:code", "Model": "s3:models"}
        return known.get(entity.type, f"s3:{key}")
    if entity.kind == "Artifact":
        return uri.rpartition("/")[2]
    return entity.type
