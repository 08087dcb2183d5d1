"""What an entity is to the person who asks."""

import pytest

from sm_lineage_magics.model import Entity, Home, role_of

HOME = Home("us-east-1", "123456789012")


@pytest.mark.parametrize(
    ("kind", "type", "source", "role"),
    [
        ("Artifact", "DataSet", "s3://b/raw.csv", "dataset"),
        ("Artifact", "FeatureGroup", HOME.arn("feature-group", "c"), "feature-group"),
        ("Artifact", "Model", "s3://b/model.tar.gz", "model"),
        ("Artifact", "Model", HOME.arn("model-package", "churn/1"), "package"),
        ("Artifact", "ProcessingJob", HOME.arn("processing-job", "p"), "job"),
        ("Artifact", "Image", "123.dkr.ecr.us-east-1.amazonaws.com/xgb:1", "image"),
        ("Action", "Approval", HOME.arn("model-package", "churn/1"), "approval"),
        ("Action", "ModelDeployment", HOME.arn("endpoint", "e"), "deployment"),
        ("Action", "FeatureStoreQuery", "0c1e", "query"),
        ("Context", "Endpoint", HOME.arn("endpoint", "e"), "endpoint"),
        ("Context", "ModelGroup", HOME.arn("model-package-group", "g"), "package-group"),
        ("Context", "FeatureEngineeringPipelineVersion-p", HOME.arn("pipeline", "p"), "pipeline"),
        ("TrialComponent", "", "", "job"),
        ("Artifact", "Tracker", "s3://b/log", "other"),
        ("Artifact", "", "arn:aws:glue:us-east-1:123456789012:table/d/t", "other"),
    ],
)
def test_the_source_decides_before_the_free_text_type(kind, type, source, role):
    assert role_of(Entity("arn", kind, type, source_uri=source)) == role
