"""ARNs in SageMaker's shapes."""

import pytest

from sm_lineage_magics.errors import InvalidArn
from sm_lineage_magics.model import Arn, Home, is_arn

ARTIFACT = "arn:aws:sagemaker:us-east-1:123456789012:artifact/e66eef7f19c05e75284089183491bd4f"


def test_an_arn_is_taken_apart_and_put_together_again():
    arn = Arn.parse(ARTIFACT)

    assert (arn.type, arn.name, arn.kind) == (
        "artifact",
        "e66eef7f19c05e75284089183491bd4f",
        "Artifact",
    )
    assert str(arn) == ARTIFACT


@pytest.mark.parametrize(
    "text",
    ["", "churn", "arn:", "s3://my-artifacts/raw", "artifact/123", "arn:aws:sagemaker:r:12:x/y"],
)
def test_what_only_looks_like_an_arn_is_refused_with_the_expected_form(text):
    """A model called artifact-x or a bucket called artifacts is no ARN."""
    assert not is_arn(text)
    with pytest.raises(InvalidArn, match="Expected arn:aws:sagemaker:REGION"):
        Arn.parse(text)


@pytest.mark.parametrize(
    ("resource", "kind"),
    [
        ("artifact/1", "Artifact"),
        ("action/a", "Action"),
        ("context/c", "Context"),
        ("experiment-trial-component/t", "TrialComponent"),
        ("feature-group/customers", None),
    ],
)
def test_the_kind_is_read_off_the_resource(resource, kind):
    assert Arn.parse(f"arn:aws:sagemaker:eu-west-1:123456789012:{resource}").kind == kind


def test_other_services_have_no_kind():
    assert Arn.parse("arn:aws:glue:eu-west-1:123456789012:artifact/1").kind is None


def test_the_same_source_has_the_same_artifact_id_in_every_account():
    here, there = Home(), Home("us-east-1", "123456789012")

    assert Arn.parse(here.artifact("s3://b/k")).name == Arn.parse(there.artifact("s3://b/k")).name


def test_source_types_are_part_of_the_identity_and_their_order_is_not():
    home = Home()
    etag, version = ("S3ETag", "abc"), ("S3Version", "1")

    assert home.artifact("s3://b/k", [etag]) != home.artifact("s3://b/k")
    assert home.artifact("s3://b/k", [etag, version]) == home.artifact("s3://b/k", [version, etag])


def test_the_shapes_are_the_service_s():
    home = Home("us-east-1", "123456789012")
    prefix = "arn:aws:sagemaker:us-east-1:123456789012:"

    assert home.action("q") == f"{prefix}action/q"
    assert home.context("c") == f"{prefix}context/c"
    assert home.trial_component("t") == f"{prefix}experiment-trial-component/t"
    assert Arn.parse(home.artifact("s3://b/k")).kind == "Artifact"
