"""Models, packages and endpoints are described as what serves under which name."""

from sm_lineage_magics.model import Home
from sm_lineage_magics.tracking.describe import describe
from sm_lineage_magics.tracking.facts import Resource

from .account import PLANTED, REGION, container, endpoint_answer, model
from .conftest import IMAGE, edges


def test_a_model_of_several_containers_has_the_data_of_each(clients):
    source = {
        "S3DataSource": {
            "S3Uri": "s3://shop/prefix/",
            "S3DataType": "S3Prefix",
            "CompressionType": "None",
        }
    }
    prefix = {"Image": IMAGE, "ModelDataSource": source}
    model(clients.sagemaker, "chain", container("s3://shop/m.tar.gz"), prefix)

    facts = describe([Resource("model", "chain")], clients)

    models = {e.source_uri: dict(e.properties) for e in facts.entities if e.type == "Model"}
    assert models == {
        "s3://shop/m.tar.gz": {"SageMakerModelName": "chain"},
        "s3://shop/prefix/": {"SageMakerModelName": "chain"},
    }
    assert facts.links == ()


def test_model_data_under_two_names_keeps_both(clients):
    for name in ("one", "two"):
        model(clients.sagemaker, name, container("s3://shop/m.tar.gz"))

    facts = describe([Resource("model", "one"), Resource("model", "two")], clients)

    one = facts.graph.entities[Home().artifact("s3://shop/m.tar.gz")]
    assert one.properties == {"SageMakerModelName": "one,two"}


def test_a_model_package_has_its_containers_its_group_and_the_decision(clients):
    clients.sagemaker.create_model_package_group(ModelPackageGroupName="churn")
    arn = clients.sagemaker.create_model_package(
        ModelPackageGroupName="churn",
        ModelApprovalStatus="Approved",
        InferenceSpecification={
            "Containers": [container("s3://shop/m.tar.gz")],
            "SupportedContentTypes": ["text/csv"],
            "SupportedResponseMIMETypes": ["text/csv"],
        },
        MetadataProperties={"CommitId": "9f3c", "Repository": "https://github.com/shop/churn"},
    )["ModelPackageArn"]

    facts = describe([Resource("model-package", arn, arn)], clients)

    assert edges(facts) == {
        ("s3://shop/m.tar.gz", "ContributedTo", arn),
        (IMAGE, "ContributedTo", arn),
        ("churn-1-Approved", "ContributedTo", arn),
        (arn, "AssociatedWith", "churn"),
    }
    package = facts.graph.entities[Home().artifact(arn)]
    assert package.properties == {"ModelApprovalStatus": "Approved"}
    assert package.details["metadata"]["commit_id"] == "9f3c"
    assert facts.graph.entities[Home().context("churn")].source_uri == (
        f"{REGION}:model-package-group/churn"
    )


def test_a_group_of_packages_by_itself(clients):
    clients.sagemaker.create_model_package_group(ModelPackageGroupName="churn")

    (group,) = describe([Resource("model-package-group", "churn")], clients).entities

    assert (group.type, group.name) == ("ModelGroup", "churn")


def test_an_endpoint_of_two_variants_is_fed_by_the_models_of_both(clients):
    for name in ("blue", "green"):
        model(clients.sagemaker, name, container(f"s3://shop/{name}.tar.gz"))
    clients.sagemaker.create_endpoint_config(
        EndpointConfigName="both",
        ProductionVariants=[
            {
                "VariantName": n,
                "ModelName": n,
                "InitialInstanceCount": 1,
                "InstanceType": "ml.m5.large",
            }
            for n in ("blue", "green")
        ],
    )
    clients.sagemaker.create_endpoint(EndpointName="live", EndpointConfigName="both")

    facts = describe([Resource("endpoint", "live")], clients)

    assert edges(facts) == {
        ("s3://shop/blue.tar.gz", "ContributedTo", "live-deployment"),
        ("s3://shop/green.tar.gz", "ContributedTo", "live-deployment"),
        (IMAGE, "ContributedTo", "live-deployment"),
        ("live-deployment", "AssociatedWith", "live"),
    }
    served = facts.graph.entities[Home().context("live")]
    assert served.source_uri == f"{REGION}:endpoint/live"
    assert served.properties["Status"] in ("Creating", "InService")
    assert served.properties["Variants"] == '{"blue": ["blue"], "green": ["green"]}'


def test_an_endpoint_serves_the_models_of_its_inference_components(clients, answers):
    answers(
        clients.sagemaker,
        DescribeEndpoint=endpoint_answer("live", "c"),
        DescribeEndpointConfig={"ProductionVariants": [{"VariantName": "all"}]},
        ListInferenceComponents={
            "InferenceComponents": [{"InferenceComponentName": "one"}],
        },
        DescribeInferenceComponent={"Specification": {"ModelName": "churn"}},
        DescribeModel={
            "ModelName": "churn",
            "PrimaryContainer": {
                "ModelDataUrl": "s3://shop/m.tar.gz",
                "Environment": {"PLAIN": PLANTED},
            },
        },
    )

    facts = describe([Resource("endpoint", "live")], clients)

    assert edges(facts) == {
        ("s3://shop/m.tar.gz", "ContributedTo", "live-deployment"),
        ("live-deployment", "AssociatedWith", "live"),
    }
    assert PLANTED not in repr(facts)
