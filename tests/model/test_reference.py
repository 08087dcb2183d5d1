"""How people name entities."""

import pytest

from sm_lineage_magics.errors import InvalidReference
from sm_lineage_magics.model import (
    Entity,
    Home,
    Reference,
    aliases,
    reference_among,
    reference_of,
)

HOME = Home("us-east-1", "123456789012")


def feature_group(name, called=""):
    return Entity(
        HOME.artifact(name),
        "Artifact",
        "FeatureGroup",
        called or name,
        HOME.arn("feature-group", name),
    )


def model(uri, **properties):
    return Entity(HOME.artifact(uri), "Artifact", "Model", "Model", uri, properties)


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("churn", Reference("", "churn")),
        ("model:churn", Reference("model", "churn")),
        ("fg:customers", Reference("fg", "customers")),
        ("fg:customers.age", Reference("fg", "customers", "age")),
        ("package:churn/3", Reference("package", "churn/3")),
        ("s3://bucket/raw.csv", Reference("uri", "s3://bucket/raw.csv")),
        ("s3://my-artifacts/raw", Reference("uri", "s3://my-artifacts/raw")),
        (HOME.action("q"), Reference("arn", HOME.action("q"))),
        ("12:30 run", Reference("", "12:30 run")),
    ],
)
def test_a_reference_is_read_and_written_back(text, reference):
    assert Reference.parse(text) == reference
    assert str(reference) == text


@pytest.mark.parametrize("text", ["", "  ", "model:", "fg: "])
def test_nothing_named_is_refused(text):
    with pytest.raises(InvalidReference, match="names nothing"):
        Reference.parse(text)


def test_a_feature_group_answers_to_its_own_name_whatever_its_artifact_is_called():
    """The old helper called the artifact of customers `fg-customers`."""
    entity = feature_group("customers", called="fg-customers")

    assert Reference.parse("fg:customers").matches(entity)
    assert Reference.parse("fg-customers").matches(entity)
    assert not Reference.parse("model:customers").matches(entity)


def test_a_feature_group_whose_name_holds_fg_keeps_it():
    assert str(reference_of(feature_group("my-fg-2", called="fg-my-fg-2"))) == "fg:my-fg-2"


def test_a_model_answers_to_each_of_its_sagemaker_names():
    entity = model("s3://b/job/model.tar.gz", SageMakerModelName="churn, churn-b")

    assert aliases(entity) == ("Model", "model.tar.gz", "churn", "churn-b")
    assert Reference.parse("model:churn-b").matches(entity)
    assert str(reference_of(entity)) == "model:churn"


def test_a_uri_and_an_arn_mean_exactly_what_they_say():
    entity = feature_group("customers")

    assert Reference.parse(entity.arn).matches(entity)
    assert Reference.parse(entity.source_uri).matches(entity)
    assert not Reference.parse("s3://b/model").matches(model("s3://b/model.tar.gz"))


def test_a_data_set_is_best_named_by_its_uri():
    data = Entity("a", "Artifact", "DataSet", "TrainingData", "s3://b/train.csv")

    assert str(reference_of(data)) == "s3://b/train.csv"


def test_an_image_goes_by_its_name_since_its_registry_s_is_no_uri():
    image = Entity("a", "Artifact", "Image", "", "683.dkr.ecr.amazonaws.com/xgboost:1.7-1")

    assert str(reference_of(image)) == "image:xgboost:1.7-1"
    assert Reference.parse("image:xgboost:1.7-1").matches(image)


@pytest.mark.parametrize("name", ["first\nsecond", "\u202eevil", "a.b", " "])
def test_a_name_that_cannot_be_typed_or_reads_as_another_gives_way_to_the_arn(name):
    entity = Entity(HOME.artifact("x"), "Artifact", "FeatureGroup", name)

    assert reference_of(entity) == Reference("arn", entity.arn)


def test_a_place_that_ends_in_a_blank_goes_by_its_arn():
    """An object on S3 may be called so; what is typed is read without blanks at its ends."""
    data = Entity(HOME.artifact("x"), "Artifact", "DataSet", "", "s3://shop/raw.csv ")

    assert reference_of(data) == Reference("arn", data.arn)


def test_an_approval_is_not_the_package_it_is_of():
    package = Entity("p", "Artifact", "ModelPackage", "", HOME.arn("model-package", "churn/1"))
    approval = Entity("a", "Action", "Approval", "churn-1-Approved", package.source_uri)

    assert str(reference_of(package)) == "package:churn/1"
    assert str(reference_of(approval)) == "churn-1-Approved"


def test_of_two_that_share_a_name_the_one_it_does_not_tell_apart_goes_by_its_arn():
    """The service gives an endpoint and what deployed it one name."""
    endpoint = Entity("e", "Context", "Endpoint", "live", HOME.arn("endpoint", "live"))
    deployment = Entity("d", "Action", "ModelDeployment", "live", endpoint.source_uri)
    both = (endpoint, deployment)

    assert [str(reference_among(each, both)) for each in both] == ["endpoint:live", "d"]
