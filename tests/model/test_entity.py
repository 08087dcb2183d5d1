"""What an entity is called on screen."""

import pytest

from sm_lineage_magics.model import Entity, Home, last_part

HOME = Home("us-east-1", "123456789012")


@pytest.mark.parametrize(
    ("name", "source", "label"),
    [
        ("churn", "s3://b/model.tar.gz", "churn"),
        ("", "s3://b/out/model.tar.gz", "model.tar.gz"),
        ("", HOME.arn("model-package", "churn/3"), "churn/3"),
        ("churn-1767225600-aws-endpoint", HOME.arn("endpoint", "churn"), "churn"),
        ("train-aws-training-job", HOME.arn("training-job", "train"), "train"),
        ("train-aws-training-job", "", "train-aws-training-job"),
        ("", "", "name-of-arn"),
    ],
)
def test_a_label_is_the_name_people_know(name, source, label):
    entity = Entity(HOME.action("name-of-arn"), "Action", name=name, source_uri=source)

    assert entity.label == label


@pytest.mark.parametrize(
    ("uri", "part"),
    [("s3://b/raw/", "raw"), ("file:///a/b.csv", "b.csv"), ("", ""), ("plain", "plain")],
)
def test_the_last_part_of_a_uri_is_never_empty_when_there_is_one(uri, part):
    assert last_part(uri) == part
