"""`%lineage backfill` shows what ran untracked, and records it with --yes."""

from __future__ import annotations

import boto3
import pytest

from sm_lineage_magics import emulator

pytestmark = pytest.mark.slow


@pytest.fixture
def box():
    """An account in which a training job ran that nobody tracked."""
    with emulator.sandbox() as opened:
        boto3.client("sagemaker").create_training_job(
            TrainingJobName="train-fraud",
            AlgorithmSpecification={"TrainingImage": "image", "TrainingInputMode": "File"},
            OutputDataConfig={"S3OutputPath": f"s3://{opened.bucket}/models"},
            ResourceConfig={"InstanceType": "ml.m5.large", "InstanceCount": 1, "VolumeSizeInGB": 1},
            StoppingCondition={"MaxRuntimeInSeconds": 60},
            RoleArn=opened.role,
        )
        yield opened


def test_it_is_shown_first_and_written_with_yes(box, shell):
    assert shell.run_cell("%lineage backfill").success
    assert list(shell.lineage.ls()) == []

    assert shell.run_cell("%lineage backfill --yes").success
    assert sorted(entity.type for entity in shell.lineage.ls()) == ["Image", "Model", "TrainingJob"]


def test_a_second_time_there_is_nothing_new(box, shell):
    shell.run_cell("%lineage backfill --yes")
    shell.run_cell("%lineage backfill --yes")

    assert [run.status for run in shell.lineage.tracker.journal.runs()] == ["applied"]


def test_undone_nothing_is_left(box, shell):
    shell.run_cell("%lineage backfill --yes")
    shell.run_cell("%lineage undo --yes")

    assert list(shell.lineage.ls()) == []
