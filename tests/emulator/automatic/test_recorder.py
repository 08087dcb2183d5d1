"""What SageMaker records by itself, as its own pages and notebooks show it."""

from __future__ import annotations

from typing import Any

import pytest

from sm_lineage_magics.backends.local import Store
from sm_lineage_magics.emulator import Account
from sm_lineage_magics.emulator.automatic import Recorder
from sm_lineage_magics.emulator.quotas import SERVICE
from sm_lineage_magics.model import Home

ARN = "arn:aws:sagemaker:us-east-1:123456789012:"
IMAGE = "123456789012.dkr.ecr.us-east-1.amazonaws.com/xgboost:1"
MODEL = "s3://b/models/train-churn/output/model.tar.gz"

TRAINING: dict[str, Any] = {
    "TrainingJobName": "Train-churn",
    "AlgorithmSpecification": {"TrainingImage": IMAGE},
    "InputDataConfig": [
        {
            "ChannelName": "train",
            "ContentType": "text/csv",
            "DataSource": {"S3DataSource": {"S3Uri": "s3://b/train"}},
        },
        {"ChannelName": "again", "DataSource": {"S3DataSource": {"S3Uri": "s3://b/train"}}},
        {"ChannelName": "disk", "DataSource": {"FileSystemDataSource": {}}},
    ],
    "OutputDataConfig": {"S3OutputPath": "s3://b/models/"},
    "CheckpointConfig": {"S3Uri": "s3://b/checkpoints"},
    "ResourceConfig": {"InstanceType": "ml.m5.large", "InstanceCount": 2, "VolumeSizeInGB": 30},
    "HyperParameters": {"eta": "0.3", "depth": "6", "objective": "multi:softmax", "tag": "1_000"},
}
PROCESSING: dict[str, Any] = {
    "ProcessingJobName": "clean",
    "AppSpecification": {"ImageUri": IMAGE},
    "ProcessingResources": {
        "ClusterConfig": {"InstanceType": "ml.m5.large", "InstanceCount": 1, "VolumeSizeInGB": 10}
    },
    "ExperimentConfig": {"TrialComponentDisplayName": "cleaning"},
    "ProcessingInputs": [
        {"InputName": "raw", "S3Input": {"S3Uri": "s3://b/raw"}},
        {"InputName": "code", "S3Input": {"S3Uri": "s3://b/code.py"}},
    ],
    "ProcessingOutputConfig": {
        "Outputs": [
            {"OutputName": "clean", "S3Output": {"S3Uri": "s3://b/clean"}},
            {"FeatureStoreOutput": {"FeatureGroupName": "fg"}},
        ]
    },
}
TRANSFORM: dict[str, Any] = {
    "TransformJobName": "score",
    "ModelName": "churn",
    "TransformInput": {
        "DataSource": {"S3DataSource": {"S3Uri": "s3://b/new"}},
        "ContentType": "text/csv",
    },
    "TransformOutput": {"S3OutputPath": "s3://b/scores"},
    "TransformResources": {"InstanceType": "ml.c5.xlarge", "InstanceCount": 1},
}
CONTAINER = {"Image": IMAGE, "ModelDataUrl": MODEL}


@pytest.fixture
def store() -> Store:
    return Store.open(":memory:")


@pytest.fixture
def account(store: Store) -> Account:
    return Account(store, Home("us-east-1", "123456789012"))


def edges(store: Store) -> set[str]:
    """Every edge as `source —type→ destination`, ends by name, else by source."""

    def label(arn: str) -> str:
        entity = store.get([arn])[arn]
        return entity.name or entity.source_uri

    return {
        f"{label(edge.source)} —{edge.type}→ {label(edge.destination)}"
        for edge in store.associations()
    }


def test_a_training_job(account: Account, store: Store) -> None:
    job = f"{ARN}training-job/train-churn"
    Recorder(account).saw("CreateTrainingJob", TRAINING, {"TrainingJobArn": job})
    name = "Train-churn-aws-training-job"
    assert edges(store) == {
        f"s3://b/train —ContributedTo→ {name}",
        f"{IMAGE} —ContributedTo→ {name}",
        f"{name} —Produced→ s3://b/models/Train-churn/output/model.tar.gz",
        f"{name} —Produced→ s3://b/checkpoints",
    }
    arn = f"{ARN}experiment-trial-component/train-churn-aws-training-job"
    made = store.get([arn])[arn]
    assert (made.type, made.source_uri, made.status, made.created_by) == (
        "TrainingJob",
        job,
        "Completed",
        SERVICE,
    )
    types = {one.source_uri: one.type for one in store.find() if one.kind == "Artifact"}
    assert types == {
        "s3://b/train": "DataSet",
        IMAGE: "Image",
        "s3://b/models/Train-churn/output/model.tar.gz": "Model",
        "s3://b/checkpoints": "Checkpoint",
    }


def test_a_processing_job(account: Account, store: Store) -> None:
    response = {"ProcessingJobArn": f"{ARN}processing-job/clean"}
    Recorder(account).saw("CreateProcessingJob", PROCESSING, response)
    name = "clean-aws-processing-job"
    assert edges(store) == {
        f"s3://b/raw —ContributedTo→ {name}",
        f"s3://b/code.py —ContributedTo→ {name}",
        f"{IMAGE} —ContributedTo→ {name}",
        f"{name} —Produced→ s3://b/clean",
    }


def test_a_transform_job_takes_in_its_model(account: Account, store: Store) -> None:
    recorder = Recorder(account)
    recorder.saw("CreateModel", {"ModelName": "churn", "PrimaryContainer": CONTAINER}, {})
    response = {"TransformJobArn": f"{ARN}transform-job/score"}
    recorder.saw("CreateTransformJob", TRANSFORM, response)
    name = "score-aws-transform-job"
    assert edges(store) == {
        f"s3://b/new —ContributedTo→ {name}",
        f"{MODEL} —ContributedTo→ {name}",
        f"{IMAGE} —ContributedTo→ {name}",
        f"{name} —Produced→ s3://b/scores",
    }


def component(store: Store) -> dict[str, Any]:
    """The details of the one job there is, without its times."""
    [found] = [one for one in store.find() if one.kind == "TrialComponent"]
    return {k: v for k, v in found.details.items() if k not in ("start_time", "end_time")}


def test_a_training_jobs_component_tells_settings_channels_and_model(
    account: Account, store: Store
) -> None:
    Recorder(account).saw("CreateTrainingJob", TRAINING, {"TrainingJobArn": f"{ARN}t/t"})
    assert component(store) == {
        "display_name": "Train-churn-aws-training-job",
        "parameters": {
            "eta": 0.3,
            "depth": 6.0,
            "objective": "multi:softmax",
            "tag": "1_000",
            "SageMaker.InstanceCount": 2.0,
            "SageMaker.InstanceType": "ml.m5.large",
            "SageMaker.VolumeSizeInGB": 30.0,
        },
        "input_artifacts": {
            "train": {"media_type": "text/csv", "value": "s3://b/train"},
            "again": {"value": "s3://b/train"},
            "SageMaker.ImageUri": {"value": IMAGE},
        },
        "output_artifacts": {
            "SageMaker.ModelArtifact": {"value": "s3://b/models/Train-churn/output/model.tar.gz"}
        },
    }


def test_a_processing_jobs_component_tells_inputs_and_outputs_by_name(
    account: Account, store: Store
) -> None:
    Recorder(account).saw("CreateProcessingJob", PROCESSING, {"ProcessingJobArn": f"{ARN}p/p"})
    assert component(store) == {
        "display_name": "cleaning",
        "parameters": {
            "SageMaker.InstanceCount": 1.0,
            "SageMaker.InstanceType": "ml.m5.large",
            "SageMaker.VolumeSizeInGB": 10.0,
        },
        "input_artifacts": {
            "raw": {"value": "s3://b/raw"},
            "code": {"value": "s3://b/code.py"},
            "SageMaker.ImageUri": {"value": IMAGE},
        },
        "output_artifacts": {"clean": {"value": "s3://b/clean"}},
    }


def test_a_transform_jobs_component_tells_its_model(account: Account, store: Store) -> None:
    recorder = Recorder(account)
    recorder.saw("CreateModel", {"ModelName": "churn", "PrimaryContainer": CONTAINER}, {})
    recorder.saw("CreateTransformJob", TRANSFORM, {"TransformJobArn": f"{ARN}transform-job/score"})
    assert component(store) == {
        "display_name": "score-aws-transform-job",
        "parameters": {
            "SageMaker.InstanceCount": 1.0,
            "SageMaker.InstanceType": "ml.c5.xlarge",
            "SageMaker.ModelName": "churn",
            "SageMaker.ModelPrimary.DataUrl": MODEL,
            "SageMaker.ModelPrimary.Image": IMAGE,
        },
        "input_artifacts": {
            "SageMaker.TransformInput": {"media_type": "text/csv", "value": "s3://b/new"}
        },
        "output_artifacts": {"SageMaker.TransformOutput": {"value": "s3://b/scores"}},
    }


def test_a_job_that_is_not_over_has_produced_nothing(account: Account, store: Store) -> None:
    recorder = Recorder(account, at_once=False)
    job = f"{ARN}processing-job/clean"
    recorder.saw("CreateProcessingJob", PROCESSING, {"ProcessingJobArn": job})
    assert not any("Produced" in edge for edge in edges(store))
    assert [one["arn"] for one in recorder.pending()] == [job]
    recorder.finish(job)
    assert "clean-aws-processing-job —Produced→ s3://b/clean" in edges(store)
    assert recorder.pending() == []


def test_a_job_that_failed_has_produced_nothing(account: Account, store: Store) -> None:
    recorder = Recorder(account, at_once=False)
    job = f"{ARN}processing-job/clean"
    recorder.saw("CreateProcessingJob", PROCESSING, {"ProcessingJobArn": job})
    recorder.finish(job, "Failed")
    assert not any("Produced" in edge for edge in edges(store))
    [job_of] = [one for one in store.find() if one.kind == "TrialComponent"]
    assert job_of.status == "Failed"
    assert "output_artifacts" not in component(store)
    assert job_of.details["end_time"] > job_of.details["start_time"]


def test_a_model_package_and_what_is_decided_about_it(account: Account, store: Store) -> None:
    recorder = Recorder(account)
    package = f"{ARN}model-package/churn/1"
    request = {
        "ModelPackageGroupName": "churn",
        "InferenceSpecification": {"Containers": [CONTAINER]},
    }
    recorder.saw("CreateModelPackage", request, {"ModelPackageArn": package})
    approved = {"ModelPackageArn": package, "ModelApprovalStatus": "Approved"}
    recorder.saw("UpdateModelPackage", approved, {"ModelPackageArn": package})
    second = f"{ARN}model-package/churn/2"
    recorder.saw("CreateModelPackage", request, {"ModelPackageArn": second})
    found = {(one.kind, one.type, one.source_uri) for one in store.find()}
    assert found == {
        ("Artifact", "Model", package),
        ("Artifact", "Model", second),
        ("Artifact", "Model", MODEL),
        ("Artifact", "Image", IMAGE),
        ("Context", "ModelGroup", f"{ARN}model-package-group/churn"),
        ("Action", "Approval", package),
        ("Action", "Approval", second),
    }
    decisions = [one for one in store.find(source_uri=package) if one.kind == "Action"]
    assert {one.properties["ModelApprovalStatus"] for one in decisions} == {
        "PendingManualApproval",
        "Approved",
    }
    drawn = edges(store)
    assert f"{MODEL} —ContributedTo→ {package}" in drawn
    assert f"{package} —AssociatedWith→ churn-aws-model-group" in drawn
    assert {f"{one.name} —ContributedTo→ {package}" for one in decisions} <= drawn


def test_an_endpoint_is_reached_from_the_model_package_behind_it(
    account: Account, store: Store
) -> None:
    recorder = Recorder(account)
    package = f"{ARN}model-package/churn/1"
    container = {"ModelPackageName": package}
    recorder.saw("CreateModel", {"ModelName": "m", "Containers": [container]}, {})
    config = {"EndpointConfigName": "c", "ProductionVariants": [{"ModelName": "m"}]}
    recorder.saw("CreateEndpointConfig", config, {})
    endpoint = {"EndpointArn": f"{ARN}endpoint/churn"}
    made = {"EndpointName": "churn", "EndpointConfigName": "c"}
    recorder.saw("CreateEndpoint", made, endpoint)
    [action] = [one for one in store.find() if one.type == "ModelDeployment"]
    assert edges(store) == {
        f"{package} —ContributedTo→ {action.name}",
        f"{action.name} —AssociatedWith→ churn-aws-endpoint",
    }


def test_an_artifact_that_is_there_is_reused_as_it_is(account: Account, store: Store) -> None:
    """A person's own artifact of the same URI keeps its name, type and properties."""
    from dataclasses import replace

    recorder = Recorder(account)
    recorder.saw(
        "CreateProcessingJob", PROCESSING, {"ProcessingJobArn": f"{ARN}processing-job/clean"}
    )
    [mine] = store.find(source_uri="s3://b/clean")
    mine = replace(mine, name="clean", type="Mine", properties={"rows": "10"})
    store.put([mine])
    training = {
        **TRAINING,
        "InputDataConfig": [{"DataSource": {"S3DataSource": {"S3Uri": "s3://b/clean"}}}],
    }
    recorder.saw("CreateTrainingJob", training, {"TrainingJobArn": f"{ARN}training-job/t"})
    assert list(store.find(source_uri="s3://b/clean")) == [mine]


def test_names_keep_within_what_the_service_allows(account: Account, store: Store) -> None:
    long = {**PROCESSING, "ProcessingJobName": "j" * 119}
    Recorder(account).saw("CreateProcessingJob", long, {"ProcessingJobArn": f"{ARN}x/y"})
    [made] = [one for one in store.find() if one.kind == "TrialComponent"]
    assert (len(made.name), made.name[-19:]) == (120, "-aws-processing-job")


def test_other_calls_are_none_of_its_business(account: Account, store: Store) -> None:
    Recorder(account).saw("CreateNotebookInstance", {}, {})
    assert list(store.find()) == []
