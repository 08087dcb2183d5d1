"""What moto's account is given, and what it is made to tell where moto holds less than AWS does."""

from ...aws import MACHINE
from .conftest import IMAGE, ROLE

REGION = "arn:aws:sagemaker:eu-west-1:123456789012"
PLANTED = "pL4nted-s3cr3t"


def container(model):
    return {"Image": IMAGE, "ModelDataUrl": model}


def train(sagemaker, name="churn-1", channels=(), **more):
    sagemaker.create_training_job(
        TrainingJobName=name,
        AlgorithmSpecification={"TrainingImage": IMAGE, "TrainingInputMode": "File"},
        RoleArn=ROLE,
        **({"InputDataConfig": list(channels)} if channels else {}),
        OutputDataConfig={"S3OutputPath": "s3://shop/out/"},
        ResourceConfig=MACHINE,
        StoppingCondition={"MaxRuntimeInSeconds": 60},
        **more,
    )


def model(sagemaker, name, *containers):
    """A model of one container, or of several."""
    given = {"Containers": containers} if containers[1:] else {"PrimaryContainer": containers[0]}
    sagemaker.create_model(ModelName=name, ExecutionRoleArn=ROLE, **given)


def group(sagemaker, name, *features):
    """A feature group; returns the name moto gives its table, in `sagemaker_featurestore`."""
    sagemaker.create_feature_group(
        FeatureGroupName=name,
        RecordIdentifierFeatureName=features[0],
        EventTimeFeatureName="event_time",
        FeatureDefinitions=[
            {"FeatureName": f, "FeatureType": "String"} for f in (*features, "event_time")
        ],
        RoleArn=ROLE,
        OfflineStoreConfig={"S3StorageConfig": {"S3Uri": "s3://shop/fs/"}},
    )
    answer = sagemaker.describe_feature_group(FeatureGroupName=name)
    return answer["OfflineStoreConfig"]["DataCatalogConfig"]["TableName"]


def job_answer(kind, name, status="Completed", **more):
    """An answer about a job of a kind: `TrainingJob`, `AutoMLJob`, …"""
    types = {"AutoMLJob": "automl-job", "HyperParameterTuningJob": "hyper-parameter-tuning-job"}
    type = types.get(kind, f"{kind.removesuffix('Job').lower()}-job")
    return {
        f"{kind}Name": name,
        f"{kind}Arn": f"{REGION}:{type}/{name}",
        f"{kind}Status": status,
        **more,
    }


def endpoint_answer(name, config):
    """An answer about an endpoint that serves."""
    return {
        "EndpointName": name,
        "EndpointArn": f"{REGION}:endpoint/{name}",
        "EndpointConfigName": config,
        "EndpointStatus": "InService",
    }


def group_answer(name, table, *features, **store):
    """An answer about a feature group, for what moto cannot hold."""
    catalogue = {"Catalog": "AwsDataCatalog", "Database": "shop", "TableName": table}
    return {
        "FeatureGroupName": name,
        "FeatureGroupArn": f"{REGION}:feature-group/{name}",
        "FeatureDefinitions": [{"FeatureName": f, "FeatureType": "String"} for f in features],
        **({"OfflineStoreConfig": {"DataCatalogConfig": catalogue, **store}} if table else {}),
    }
