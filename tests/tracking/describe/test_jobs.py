"""Training, processing and transform jobs are described as what they read, ran and made."""

import pytest

from sm_lineage_magics.model import ColumnSource, Home, columns_of
from sm_lineage_magics.tracking.describe import describe
from sm_lineage_magics.tracking.facts import Resource

from ...aws import MACHINE, channel
from .account import PLANTED, REGION, container, group, job_answer, model, train
from .conftest import IMAGE, ROLE, edges


def test_a_training_job_has_all_its_channels_its_image_its_script_and_its_model(clients):
    train(
        clients.sagemaker,
        channels=[channel(n, f"s3://shop/{n}/") for n in ("a", "b", "validation")],
        HyperParameters={
            "eta": "0.3",
            "db_password": "hunter2",
            "sagemaker_submit_directory": '"s3://shop/src.tar.gz"',
            "sagemaker_program": '"train.py"',
        },
        CheckpointConfig={"S3Uri": "s3://shop/checkpoints/"},
    )

    facts = describe([Resource("training-job", "churn-1")], clients)

    model = clients.sagemaker.describe_training_job(TrainingJobName="churn-1")["ModelArtifacts"]
    assert edges(facts) == {
        ("s3://shop/a/", "ContributedTo", "churn-1"),
        ("s3://shop/b/", "ContributedTo", "churn-1"),
        ("s3://shop/validation/", "ContributedTo", "churn-1"),
        ("s3://shop/src.tar.gz", "ContributedTo", "churn-1"),
        (IMAGE, "ContributedTo", "churn-1"),
        ("churn-1", "Produced", model["S3ModelArtifacts"]),
        ("churn-1", "Produced", "s3://shop/checkpoints/"),
    }
    job = facts.graph.entities[Home().trial_component("churn-1")]
    assert (job.kind, job.type, job.source_uri, job.status) == (
        "TrialComponent",
        "TrainingJob",
        f"{REGION}:training-job/churn-1",
        "Completed",
    )
    assert job.details["parameters"] == {"eta": "0.3"}
    code = facts.graph.entities[Home().artifact("s3://shop/src.tar.gz")]
    assert (code.type, code.properties) == ("Code", {"EntryPoint": "train.py"})
    assert "hunter2" not in repr(facts)
    assert facts.gaps == ()


def test_a_training_job_with_one_channel_or_none_is_described(clients):
    train(clients.sagemaker, "one", [channel("train", "s3://shop/train/")])
    train(clients.sagemaker, "none")

    facts = describe([Resource("training-job", n) for n in ("one", "none")], clients)

    assert ("s3://shop/train/", "ContributedTo", "one") in edges(facts)
    assert (IMAGE, "ContributedTo", "none") in edges(facts)


def test_code_and_drivers_that_the_sdk_hands_over_as_channels_are_no_data(clients):
    names = ("train", "code", "sm_drivers")
    train(clients.sagemaker, channels=[channel(n, f"s3://shop/{n}/") for n in names])

    facts = describe([Resource("training-job", "churn-1")], clients)

    types = {e.source_uri: e.type for e in facts.entities}
    assert (types["s3://shop/train/"], types["s3://shop/code/"]) == ("DataSet", "Code")
    assert "s3://shop/sm_drivers/" not in types


def test_file_systems_and_data_sets_of_the_hub_are_sources_too(clients, answers):
    files = {
        "FileSystemDataSource": {
            "FileSystemId": "fs-1",
            "FileSystemType": "FSxLustre",
            "DirectoryPath": "/train",
        }
    }
    hub = {"DatasetSource": {"DatasetArn": f"{REGION}:hub-content/h/DataSet/d/1"}}
    answers(
        clients.sagemaker,
        DescribeTrainingJob=job_answer(
            "TrainingJob",
            "churn-1",
            InputDataConfig=[
                {"ChannelName": "a", "DataSource": files},
                {"ChannelName": "b", "DataSource": hub},
                {"ChannelName": "c", "DataSource": {"NewSource": {}}},
            ],
        ),
    )

    facts = describe([Resource("training-job", "churn-1")], clients)

    assert edges(facts) == {
        ("fsxlustre://fs-1/train", "ContributedTo", "churn-1"),
        (f"{REGION}:hub-content/h/DataSet/d/1", "ContributedTo", "churn-1"),
    }
    assert [gap.kind for gap in facts.gaps] == ["unresolved"]


@pytest.mark.parametrize(
    ("status", "makes", "gaps"),
    [("Failed", False, []), ("InProgress", True, ["not-recorded"]), ("Stopped", True, [])],
)
def test_a_job_makes_what_it_has_come_to(clients, answers, status, makes, gaps):
    answers(
        clients.sagemaker,
        DescribeTrainingJob=job_answer(
            "TrainingJob",
            "churn-1",
            status,
            ModelArtifacts={"S3ModelArtifacts": "s3://shop/m.tar.gz"},
        ),
    )

    facts = describe([Resource("training-job", "churn-1")], clients)

    assert (("churn-1", "Produced", "s3://shop/m.tar.gz") in edges(facts)) is makes
    assert [gap.kind for gap in facts.gaps] == gaps


def process(sagemaker, inputs, outputs):
    sagemaker.create_processing_job(
        ProcessingJobName="clean-1",
        ProcessingInputs=inputs,
        ProcessingOutputConfig={"Outputs": outputs},
        ProcessingResources={"ClusterConfig": MACHINE},
        AppSpecification={
            "ImageUri": IMAGE,
            "ContainerEntrypoint": ["python3", "/opt/ml/processing/input/code/clean.py"],
        },
        RoleArn=ROLE,
    )


def s3_input(name, uri):
    return {
        "InputName": name,
        "S3Input": {
            "S3Uri": uri,
            "LocalPath": "/opt/ml/processing/x",
            "S3DataType": "S3Prefix",
            "S3InputMode": "File",
        },
    }


def s3_output(name, uri):
    return {
        "OutputName": name,
        "S3Output": {
            "S3Uri": uri,
            "LocalPath": "/opt/ml/processing/y",
            "S3UploadMode": "EndOfJob",
        },
    }


def test_a_processing_job_has_inputs_and_outputs_by_name_whatever_their_order(clients):
    group(clients.sagemaker, "customers", "id")
    process(
        clients.sagemaker,
        [
            s3_input("code", "s3://shop/clean.py"),
            s3_input("raw", "s3://shop/raw.csv"),
            s3_input("more", "s3://shop/more/"),
        ],
        [
            s3_output("clean", "s3://shop/clean/"),
            {
                "OutputName": "fg",
                "FeatureStoreOutput": {"FeatureGroupName": "customers"},
                "AppManaged": True,
            },
        ],
    )

    facts = describe([Resource("processing-job", "clean-1")], clients)

    assert edges(facts) == {
        ("s3://shop/clean.py", "ContributedTo", "clean-1"),
        ("s3://shop/raw.csv", "ContributedTo", "clean-1"),
        ("s3://shop/more/", "ContributedTo", "clean-1"),
        (IMAGE, "ContributedTo", "clean-1"),
        ("clean-1", "Produced", "s3://shop/clean/"),
        ("clean-1", "Produced", "customers"),
    }
    code = facts.graph.entities[Home().artifact("s3://shop/clean.py")]
    assert (code.type, code.properties) == ("Code", {"EntryPoint": "clean.py"})


def test_queries_that_a_processing_job_runs_are_queries(clients, answers):
    table = group(clients.sagemaker, "customers", "id", "age")
    athena = {
        "Catalog": "AwsDataCatalog",
        "Database": "sagemaker_featurestore",
        "OutputFormat": "PARQUET",
        "QueryString": f"SELECT age FROM {table}",
        "OutputS3Uri": "s3://shop/q/",
    }
    redshift = {"Database": "dev", "QueryString": "SELECT 1", "OutputS3Uri": "s3://shop/r/"}
    answers(
        clients.sagemaker,
        DescribeProcessingJob=job_answer(
            "ProcessingJob",
            "clean-1",
            ProcessingInputs=[
                {"InputName": "a", "DatasetDefinition": {"AthenaDatasetDefinition": athena}},
                {"InputName": "r", "DatasetDefinition": {"RedshiftDatasetDefinition": redshift}},
            ],
        ),
    )

    facts = describe([Resource("processing-job", "clean-1")], clients)

    assert edges(facts) == {
        ("customers", "ContributedTo", "clean-1-a"),
        ("clean-1-a", "Produced", "s3://shop/q/"),
        ("s3://shop/q/", "ContributedTo", "clean-1"),
        ("clean-1-r", "Produced", "s3://shop/r/"),
        ("s3://shop/r/", "ContributedTo", "clean-1"),
    }
    made = facts.graph.entities[Home().artifact("s3://shop/q/")]
    assert columns_of(made) == {"age": (ColumnSource("customers", "age"),)}


@pytest.mark.parametrize("arguments", [["--password", PLANTED], [f"--token={PLANTED}"]])
def test_arguments_and_environment_of_a_processing_job_are_not_kept(clients, answers, arguments):
    answers(
        clients.sagemaker,
        DescribeProcessingJob=job_answer(
            "ProcessingJob",
            "clean",
            AppSpecification={"ImageUri": "image", "ContainerArguments": arguments},
            Environment={"PLAIN": PLANTED},
        ),
    )

    facts = describe([Resource("processing-job", "clean")], clients)

    assert edges(facts) == {("image", "ContributedTo", "clean")}
    assert PLANTED not in repr(facts)


def test_a_transform_job_reads_its_data_and_its_model(clients):
    model(clients.sagemaker, "churn", container("s3://shop/m.tar.gz"))
    clients.sagemaker.create_transform_job(
        TransformJobName="score-1",
        ModelName="churn",
        TransformInput={"DataSource": channel("", "s3://shop/new/")["DataSource"]},
        TransformOutput={"S3OutputPath": "s3://shop/scores/"},
        TransformResources={"InstanceType": "ml.m5.large", "InstanceCount": 1},
    )

    facts = describe([Resource("transform-job", "score-1")], clients)

    assert edges(facts) == {
        ("s3://shop/new/", "ContributedTo", "score-1"),
        ("s3://shop/m.tar.gz", "ContributedTo", "score-1"),
        (IMAGE, "ContributedTo", "score-1"),
        ("score-1", "Produced", "s3://shop/scores/"),
    }
