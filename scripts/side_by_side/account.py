"""The account both are asked about, and what is done in it before."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import boto3

IMAGE = "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.7-1"
MACHINE = {"InstanceType": "ml.m5.large", "InstanceCount": 1, "VolumeSizeInGB": 1}
GROUPS = ("customers", "claims")
QUERY = 'SELECT * FROM "customers" c JOIN "claims" k ON c.policy_id = k.policy_id'


class Account:
    """The worked example of AWS's blog post, in an account that is not there."""

    def __init__(self, box: Any) -> None:
        self.box, self.sm = box, boto3.client("sagemaker")

    def group(self, name: str) -> str:
        """A feature group with an offline store; its ARN."""
        kinds = {"policy_id": "Integral", "event_time": "String", f"{name}_amount": "Fractional"}
        return str(
            self.sm.create_feature_group(
                FeatureGroupName=name,
                RecordIdentifierFeatureName="policy_id",
                EventTimeFeatureName="event_time",
                FeatureDefinitions=[
                    {"FeatureName": feature, "FeatureType": kind} for feature, kind in kinds.items()
                ],
                OfflineStoreConfig={"S3StorageConfig": {"S3Uri": self.uri("offline")}},
                RoleArn=self.box.role,
            )["FeatureGroupArn"]
        )

    def processing(self) -> dict[str, Any]:
        """A processing job on raw data, with a script; what SageMaker says of it."""
        inputs = {"raw": self.uri("raw/"), "code": self.uri("code/clean.py")}
        self.sm.create_processing_job(
            ProcessingJobName="clean",
            AppSpecification={"ImageUri": IMAGE},
            ProcessingInputs=[
                {
                    "InputName": name,
                    "S3Input": {"S3Uri": uri, "LocalPath": "/x", "S3DataType": "S3Prefix"},
                }
                for name, uri in inputs.items()
            ],
            ProcessingResources={"ClusterConfig": MACHINE},
            RoleArn=self.box.role,
        )
        return dict(self.sm.describe_processing_job(ProcessingJobName="clean"))

    def model(self, name: str, channels: tuple[str, ...] = ("train", "test")) -> str:
        """A model, trained on these channels by a job of its own; its name."""
        self.train(name, channels)
        made = self.sm.describe_training_job(TrainingJobName=name)["ModelArtifacts"]
        container = {"Image": IMAGE, "ModelDataUrl": made["S3ModelArtifacts"]}
        self.sm.create_model(
            ModelName=name, PrimaryContainer=container, ExecutionRoleArn=self.box.role
        )
        return name

    def train(self, name: str, channels: tuple[str, ...]) -> None:
        """A training job that reads a file for each channel."""
        self.sm.create_training_job(
            TrainingJobName=name,
            AlgorithmSpecification={"TrainingImage": IMAGE, "TrainingInputMode": "File"},
            InputDataConfig=[self._channel(each, f"{name}/{each}.csv") for each in channels],
            OutputDataConfig={"S3OutputPath": self.uri("models")},
            ResourceConfig=MACHINE,
            StoppingCondition={"MaxRuntimeInSeconds": 60},
            RoleArn=self.box.role,
        )

    def _channel(self, name: str, key: str) -> dict[str, Any]:
        source = {"S3DataType": "S3Prefix", "S3Uri": self.uri(key)}
        return {"ChannelName": name, "DataSource": {"S3DataSource": source}}

    def example(self, channels: tuple[str, ...] = ("train", "test")) -> dict[str, Any]:
        """All of the example; what its README hands to `create_ml_lineage`."""
        for name in GROUPS:
            self.group(name)
        return {
            "estimator_or_training_job_name": self.model("fraud", channels),
            "model_name": "fraud",
            "query": QUERY,
            "sagemaker_processing_job_description": self.processing(),
            "feature_group_names": list(GROUPS),
        }

    def artifact(self, type: str, uri: str, name: str, **properties: str) -> str:
        """An artifact, as ml-lineage-helper writes them; its ARN."""
        made = self.sm.create_artifact(
            ArtifactName=name,
            ArtifactType=type,
            Source={"SourceUri": uri},
            Properties=properties,
        )
        return str(made["ArtifactArn"])

    def link(self, *arns: str) -> None:
        """Data flows from the first to the last."""
        for source, destination in pairwise(arns):
            self.sm.add_association(
                SourceArn=source, DestinationArn=destination, AssociationType="ContributedTo"
            )

    def uri(self, key: str) -> str:
        """A place in the account's bucket."""
        return f"s3://{self.box.bucket}/{key}"
