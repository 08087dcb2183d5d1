"""What stands for several jobs is described for what it is: tuning, AutoML, pipelines, runs."""

from sm_lineage_magics.model import Home
from sm_lineage_magics.tracking.describe import describe
from sm_lineage_magics.tracking.facts import Resource

from ...aws import channel
from .account import PLANTED, REGION, container, job_answer, train
from .conftest import edges


def test_tuning_reads_what_its_trainings_read_and_makes_the_best_of_their_models(clients, answers):
    train(clients.sagemaker, "tune-1-001", [channel("train", "s3://shop/train/")])
    best = clients.sagemaker.describe_training_job(TrainingJobName="tune-1-001")
    answers(
        clients.sagemaker,
        DescribeHyperParameterTuningJob=job_answer(
            "HyperParameterTuningJob",
            "tune-1",
            TrainingJobDefinition={"InputDataConfig": [channel("train", "s3://shop/train/")]},
            BestTrainingJob={"TrainingJobName": "tune-1-001"},
        ),
    )

    facts = describe([Resource("hyper-parameter-tuning-job", "tune-1")], clients)

    model = best["ModelArtifacts"]["S3ModelArtifacts"]
    assert {
        ("s3://shop/train/", "ContributedTo", "tune-1"),
        ("s3://shop/train/", "ContributedTo", "tune-1-001"),
        ("tune-1", "Produced", model),
        ("tune-1-001", "Produced", model),
    } <= edges(facts)


def test_a_tuning_job_of_several_definitions_that_has_no_best_yet(clients, answers):
    answers(
        clients.sagemaker,
        DescribeHyperParameterTuningJob=job_answer(
            "HyperParameterTuningJob",
            "tune-1",
            "InProgress",
            TrainingJobDefinitions=[
                {
                    "InputDataConfig": [channel("train", f"s3://shop/{name}/")],
                    "AlgorithmSpecification": {"TrainingImage": name},
                    "StaticHyperParameters": {"api_key": PLANTED},
                    "Environment": {"PLAIN": PLANTED},
                }
                for name in ("trees", "lines")
            ],
        ),
    )

    facts = describe([Resource("hyper-parameter-tuning-job", "tune-1")], clients)

    assert edges(facts) == {
        (what, "ContributedTo", "tune-1")
        for what in ("s3://shop/trees/", "s3://shop/lines/", "trees", "lines")
    }
    assert [(gap.kind, gap.where) for gap in facts.gaps] == [("not-recorded", "tune-1")]
    assert PLANTED not in repr(facts)


def test_automl_makes_the_models_of_its_best_candidate(clients, answers):
    answers(
        clients.sagemaker,
        DescribeAutoMLJobV2=job_answer(
            "AutoMLJob",
            "auto",
            AutoMLJobInputDataConfig=[channel("x", "s3://shop/train/")],
            BestCandidate={"InferenceContainers": [container("s3://shop/best.tar.gz")]},
        ),
    )

    facts = describe([Resource("automl-job", "auto")], clients)

    assert edges(facts) == {
        ("s3://shop/train/", "ContributedTo", "auto"),
        ("auto", "Produced", "s3://shop/best.tar.gz"),
    }


def test_an_automl_job_that_only_the_first_version_of_the_call_knows(clients, answers):
    unknown = {"Code": "ValidationException", "Message": "Could not find it as version 2"}
    answers(
        clients.sagemaker,
        DescribeAutoMLJobV2={"Error": unknown},
        DescribeAutoMLJob=job_answer(
            "AutoMLJob",
            "auto",
            InputDataConfig=[{"DataSource": channel("", "s3://shop/train/")["DataSource"]}],
            BestCandidate={
                "InferenceContainers": [
                    {"ModelDataUrl": f"s3://shop/{name}.tar.gz"} for name in ("clean", "trees")
                ]
            },
        ),
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
        DescribeAutoMLJobV2=job_answer(
            "AutoMLJob",
            "auto",
            "InProgress",
            AutoMLJobInputDataConfig=[channel("x", "s3://shop/train/")],
        ),
    )

    facts = describe([Resource("automl-job", "auto")], clients)

    assert [(gap.kind, gap.where) for gap in facts.gaps] == [("not-recorded", "auto")]


def test_a_pipeline_execution_leads_to_its_steps(clients, answers):
    train(clients.sagemaker, channels=[channel("train", "s3://shop/train/")])
    arn = f"{REGION}:pipeline/p/execution/x"
    answers(
        clients.sagemaker,
        ListPipelineExecutionSteps={
            "PipelineExecutionSteps": [
                {
                    "StepName": "Train",
                    "StepStatus": "Succeeded",
                    "Metadata": {"TrainingJob": {"Arn": f"{REGION}:training-job/churn-1"}},
                },
                {
                    "StepName": "Check",
                    "StepStatus": "Failed",
                    "FailureReason": "no",
                    "Metadata": {},
                },
            ]
        },
    )

    facts = describe([Resource("pipeline-execution", "p/execution/x", arn)], clients)

    assert ("s3://shop/train/", "ContributedTo", "churn-1") in edges(facts)
    assert [(gap.kind, gap.where) for gap in facts.gaps] == [("not-recorded", "Check")]


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
