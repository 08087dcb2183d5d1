"""What stands for several jobs, and what is seldom met, is described for what it is."""

from __future__ import annotations

import pytest

from sm_lineage_magics.model import Home
from sm_lineage_magics.tracking.describe import describe
from sm_lineage_magics.tracking.facts import Resource

from .conftest import edges

REGION = "arn:aws:sagemaker:eu-west-1:123456789012"
PLANTED = "pL4nted-s3cr3t"


def channel(uri: str, name: str = "train") -> dict[str, object]:
    source = {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": uri}}
    return {"ChannelName": name, "DataSource": source}


def test_a_run_of_an_experiment_has_what_it_was_told_it_read_and_wrote(clients, answers):
    answers(
        clients.sagemaker,
        DescribeTrialComponent={
            "TrialComponentName": "run-1",
            "TrialComponentArn": f"{REGION}:experiment-trial-component/run-1",
            "Status": {"PrimaryStatus": "Completed"},
            "Parameters": {
                "eta": {"NumberValue": 0.2},
                "api_key": {"StringValue": PLANTED},
                "loss": {"StringValue": "auc"},
            },
            "InputArtifacts": {"raw": {"Value": "s3://shop/raw.csv"}},
            "OutputArtifacts": {"plot": {"Value": "s3://shop/plot.png"}},
        },
    )

    facts = describe([Resource("experiment-trial-component", "run-1")], clients)

    assert edges(facts) == {
        ("s3://shop/raw.csv", "ContributedTo", "run-1"),
        ("run-1", "Produced", "s3://shop/plot.png"),
    }
    run = facts.graph.entities[Home().trial_component("run-1")]
    assert (run.status, run.details["parameters"]) == ("Completed", {"eta": 0.2, "loss": "auc"})
    assert PLANTED not in repr(facts)


def test_a_tuning_job_of_several_definitions_that_has_no_best_yet(clients, answers):
    answers(
        clients.sagemaker,
        DescribeHyperParameterTuningJob={
            "HyperParameterTuningJobName": "tune-1",
            "HyperParameterTuningJobArn": f"{REGION}:hyper-parameter-tuning-job/tune-1",
            "HyperParameterTuningJobStatus": "InProgress",
            "TrainingJobDefinitions": [
                {
                    "InputDataConfig": [channel(f"s3://shop/{name}/")],
                    "AlgorithmSpecification": {"TrainingImage": name},
                    "StaticHyperParameters": {"api_key": PLANTED},
                    "Environment": {"PLAIN": PLANTED},
                }
                for name in ("trees", "lines")
            ],
        },
    )

    facts = describe([Resource("hyper-parameter-tuning-job", "tune-1")], clients)

    assert edges(facts) == {
        (what, "ContributedTo", "tune-1")
        for what in ("s3://shop/trees/", "s3://shop/lines/", "trees", "lines")
    }
    assert [(gap.kind, gap.where) for gap in facts.gaps] == [("not-recorded", "tune-1")]
    assert PLANTED not in repr(facts)


def test_an_automl_job_that_only_the_first_version_of_the_call_knows(clients, answers):
    unknown = {"Code": "ValidationException", "Message": "Could not find it as version 2"}
    answers(
        clients.sagemaker,
        DescribeAutoMLJobV2={"Error": unknown},
        DescribeAutoMLJob={
            "AutoMLJobName": "auto",
            "AutoMLJobArn": f"{REGION}:automl-job/auto",
            "AutoMLJobStatus": "Completed",
            "InputDataConfig": [{"DataSource": channel("s3://shop/train/")["DataSource"]}],
            "BestCandidate": {
                "InferenceContainers": [
                    {"ModelDataUrl": f"s3://shop/{name}.tar.gz"} for name in ("clean", "trees")
                ]
            },
        },
    )

    facts = describe([Resource("automl-job", "auto")], clients)

    assert edges(facts) == {
        ("s3://shop/train/", "ContributedTo", "auto"),
        ("auto", "Produced", "s3://shop/clean.tar.gz"),
        ("auto", "Produced", "s3://shop/trees.tar.gz"),
    }


def test_an_automl_job_under_way_says_so(clients, answers):
    answers(
        clients.sagemaker,
        DescribeAutoMLJobV2={
            "AutoMLJobName": "auto",
            "AutoMLJobArn": f"{REGION}:automl-job/auto",
            "AutoMLJobStatus": "InProgress",
            "AutoMLJobInputDataConfig": [channel("s3://shop/train/")],
        },
    )

    facts = describe([Resource("automl-job", "auto")], clients)

    assert [(gap.kind, gap.where) for gap in facts.gaps] == [("not-recorded", "auto")]


def test_each_step_of_a_pipeline_is_described_as_what_it_is(clients, answers):
    """Tuning, AutoML, transform, a model and a package; a step of conditions makes nothing."""
    arn = f"{REGION}:pipeline/p/execution/x"
    made = {
        "TuningJob": "hyper-parameter-tuning-job/tune",
        "AutoMLJob": "automl-job/auto",
        "TransformJob": "transform-job/score",
        "Model": "model/churn",
        "RegisterModel": "model-package/churn/1",
        "ProcessingJob": "processing-job/clean",
    }
    steps = [
        {"StepName": kind, "StepStatus": "Succeeded", "Metadata": {kind: {"Arn": f"{REGION}:{it}"}}}
        for kind, it in made.items()
    ]
    steps.append({"StepName": "If", "Metadata": {"Condition": {"Outcome": "True"}}})
    answers(clients.sagemaker, ListPipelineExecutionSteps={"PipelineExecutionSteps": steps})

    facts = describe([Resource("pipeline-execution", "p/execution/x", arn)], clients)

    # None of them is in this account: each was asked for, and its absence said.
    assert {gap.where for gap in facts.gaps} == {it.partition("/")[2] for it in made.values()}


def test_a_group_of_packages_by_itself(clients):
    clients.sagemaker.create_model_package_group(ModelPackageGroupName="churn")

    (group,) = describe([Resource("model-package-group", "churn")], clients).entities

    assert (group.type, group.name) == ("ModelGroup", "churn")


def test_an_endpoint_serves_the_models_of_its_inference_components(clients, answers):
    answers(
        clients.sagemaker,
        DescribeEndpoint={
            "EndpointName": "live",
            "EndpointArn": f"{REGION}:endpoint/live",
            "EndpointConfigName": "c",
            "EndpointStatus": "InService",
        },
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


@pytest.mark.parametrize("arguments", [["--password", PLANTED], [f"--token={PLANTED}"]])
def test_arguments_and_environment_of_a_processing_job_are_not_kept(clients, answers, arguments):
    answers(
        clients.sagemaker,
        DescribeProcessingJob={
            "ProcessingJobName": "clean",
            "ProcessingJobArn": f"{REGION}:processing-job/clean",
            "ProcessingJobStatus": "Completed",
            "AppSpecification": {"ImageUri": "image", "ContainerArguments": arguments},
            "Environment": {"PLAIN": PLANTED},
        },
    )

    facts = describe([Resource("processing-job", "clean")], clients)

    assert edges(facts) == {("image", "ContributedTo", "clean")}
    assert PLANTED not in repr(facts)
