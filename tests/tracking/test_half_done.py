"""Cells that break off, and what they made that is gone again before anybody asks about it."""

from __future__ import annotations

import boto3
import pytest

from sm_lineage_magics import Lineage, emulator

from .. import aws

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]


@pytest.fixture
def box(tmp_path, monkeypatch):
    """An account that is not there."""
    monkeypatch.chdir(tmp_path)
    with emulator.sandbox() as opened:
        yield opened


@pytest.fixture
def lineage():
    """An empty store."""
    with Lineage.open(":memory:") as opened:
        yield opened


def train(box, name: str) -> None:
    """Start a training job that reads its own prefix."""
    bucket = f"s3://{box.bucket}"
    aws.train(name, box.role, f"{bucket}/models", {"train": f"{bucket}/{name}/"})


def jobs(lineage) -> set[str]:
    """The jobs in the store."""
    return {e.label for e in lineage.ls(limit=None) if e.kind == "TrialComponent"}


def test_a_cell_that_fails_after_half_its_jobs_writes_nothing_until_its_jobs_are_named(
    box, lineage
):
    """The job that was made is not lost: it is recorded when its name is held by a variable."""
    from sm_lineage_magics.tracking.gathering import gather_values

    with pytest.raises(ZeroDivisionError), lineage.track("both"):
        train(box, "first")
        train(box, f"second-{1 / 0}")

    tracker = lineage.tracker
    assert jobs(lineage) == set()
    assert [(run.title, run.status) for run in tracker.journal.runs()] == [("both", "failed")]

    made = boto3.client("sagemaker").describe_training_job(TrainingJobName="first")
    facts = gather_values({"made": made}, tracker.memory, tracker.describe)
    assert jobs(lineage) == set()
    tracker.record(facts, "first")
    assert jobs(lineage) == {"first"}


def test_what_is_gone_before_it_is_asked_about_is_a_gap_and_the_rest_is_recorded(box, lineage):
    """A model made and deleted in one cell."""
    sagemaker = boto3.client("sagemaker")
    with lineage.track("train") as outcome:
        train(box, "kept")
        container = {"Image": "image", "ModelDataUrl": f"s3://{box.bucket}/m.tar.gz"}
        sagemaker.create_model(
            ModelName="gone", PrimaryContainer=container, ExecutionRoleArn=box.role
        )
        sagemaker.delete_model(ModelName="gone")

    assert jobs(lineage) == {"kept"}
    assert [(gap.kind, gap.where) for gap in outcome().answer.gaps] == [("missing", "gone")]


def test_the_same_cells_run_twice_and_undone_leave_the_store_as_it_was(box, lineage):
    """Others' entities included."""
    lineage.tracker.record(_others(), "before")
    before = _contents(lineage)
    for number in (1, 2):
        with lineage.track("train"):
            train(box, f"run-{number}")
    for run in reversed(lineage.tracker.journal.runs()[1:]):
        lineage.tracker.undo(run)

    assert _contents(lineage) == before


def _others():
    from sm_lineage_magics.tracking.data.datasets import dataset
    from sm_lineage_magics.tracking.facts import Facts

    return Facts((dataset("s3://shop/raw.csv", {"owner": "ann"}),))


def _contents(lineage):
    found = {e.arn: e for e in lineage.ls(limit=None)}
    return found, {e.pair for e in lineage.backend.associations(found, "both")}
