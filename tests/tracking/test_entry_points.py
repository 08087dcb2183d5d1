"""The archive a script-mode job ran is tied to the script it was packed from."""

from __future__ import annotations

from pathlib import Path

import boto3
import pytest

from sm_lineage_magics import Lineage, emulator

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]


@pytest.fixture
def box(tmp_path, monkeypatch):
    """An account that is not there, and a folder of sources."""
    monkeypatch.chdir(tmp_path)
    Path("src").mkdir()
    Path("src/train.py").write_text("print('train')\n")
    Path("src/model.py").write_text("print('model')\n")
    with emulator.sandbox() as opened:
        yield opened


def scripts(lineage: Lineage) -> set[tuple[str, str, str]]:
    """The edges between scripts, archives and jobs."""
    names = {e.arn: (e.label if e.type == "Code" else e.type) for e in lineage.ls(limit=None)}
    return {
        (names[edge.source], str(edge.type), names[edge.destination])
        for edge in lineage.backend.associations(names, "both")
        if names[edge.source].endswith((".py", ".tar.gz"))
    }


def of_class(path: str, **attributes: object) -> object:
    """An object of a class of that name, as the SDK's are told by."""
    module, _, name = path.rpartition(".")
    made = type(name, (), {"__module__": module})()
    vars(made).update(attributes)
    return made


def test_an_estimators_entry_point_is_behind_the_archive_its_job_ran(box):
    """Told by the object alone, when its job ran long ago."""
    boto3.client("sagemaker").create_training_job(
        TrainingJobName="churn",
        AlgorithmSpecification={"TrainingImage": "image", "TrainingInputMode": "File"},
        OutputDataConfig={"S3OutputPath": f"s3://{box.bucket}/models"},
        ResourceConfig={"InstanceType": "ml.m5.large", "InstanceCount": 1, "VolumeSizeInGB": 1},
        StoppingCondition={"MaxRuntimeInSeconds": 60},
        HyperParameters={
            "sagemaker_submit_directory": f'"s3://{box.bucket}/churn/source/sourcedir.tar.gz"',
            "sagemaker_program": '"train.py"',
        },
        RoleArn=box.role,
    )
    job = of_class("sagemaker.estimator._TrainingJob", job_name="churn")
    estimator = of_class(
        "sagemaker.estimator.EstimatorBase",
        latest_training_job=job,
        source_dir="src",
        entry_point="train.py",
    )
    with Lineage.open(":memory:") as lineage:
        with lineage.track("seen"):
            found = estimator
        assert found is estimator
        assert scripts(lineage) == {
            ("train.py", "DerivedFrom", "sourcedir.tar.gz"),
            ("sourcedir.tar.gz", "ContributedTo", "TrainingJob"),
        }


@pytest.mark.sdk_v2
def test_script_mode_of_sdk_2(box):
    """The archive is packed in a folder that is gone by the end of the cell."""
    from sagemaker.estimator import Estimator
    from sagemaker.session import Session

    session = Session(boto3.Session(region_name=box.region), default_bucket=box.bucket)
    with Lineage.open(":memory:") as lineage:
        with lineage.track("fit"):
            estimator = Estimator(
                "image",
                box.role,
                1,
                "ml.m5.large",
                entry_point="train.py",
                source_dir="src",
                sagemaker_session=session,
            )
            estimator.fit(wait=False)
        assert scripts(lineage) == {
            ("train.py", "DerivedFrom", "sourcedir.tar.gz"),
            ("sourcedir.tar.gz", "ContributedTo", "TrainingJob"),
            ("test_entry_points.py", "ContributedTo", "TrainingJob"),
        }
