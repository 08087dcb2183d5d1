"""Jobs and feature groups as boto3 makes them, of the least that AWS asks for."""

import boto3

MACHINE = {"InstanceType": "ml.m5.large", "InstanceCount": 1, "VolumeSizeInGB": 1}


def channel(name, uri):
    """An input channel of a training job that reads a prefix or an object of S3."""
    source = {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": uri}}
    return {"ChannelName": name, "DataSource": source}


def train(name, role, output, channels=None, *, image="image", **more):
    """Start a training job; `channels` are URIs by name, and `more` goes along as it is."""
    read = [channel(*each) for each in (channels or {}).items()]
    boto3.client("sagemaker").create_training_job(
        TrainingJobName=name,
        AlgorithmSpecification={"TrainingImage": image, "TrainingInputMode": "File"},
        **({"InputDataConfig": read} if read else {}),
        OutputDataConfig={"S3OutputPath": output},
        ResourceConfig=MACHINE,
        StoppingCondition={"MaxRuntimeInSeconds": 60},
        RoleArn=role,
        **more,
    )


def feature_group(name, role, features, offline="", **more):
    """Make a feature group of an identifier, a time and what follows, by their types."""
    identifier, time, *_ = features
    store = {"OfflineStoreConfig": {"S3StorageConfig": {"S3Uri": offline}}} if offline else {}
    boto3.client("sagemaker").create_feature_group(
        FeatureGroupName=name,
        RecordIdentifierFeatureName=identifier,
        EventTimeFeatureName=time,
        FeatureDefinitions=[
            {"FeatureName": feature, "FeatureType": type} for feature, type in features.items()
        ],
        RoleArn=role,
        **store,
        **more,
    )
