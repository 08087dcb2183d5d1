"""The archive a script-mode job ran is tied to the script it was packed from."""

from __future__ import annotations

import re
from pathlib import Path

import boto3
import pytest

from sm_lineage_magics import Lineage, emulator

from .. import aws

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
    aws.train(
        "churn",
        box.role,
        f"s3://{box.bucket}/models",
        HyperParameters={
            "sagemaker_submit_directory": f'"s3://{box.bucket}/churn/source/sourcedir.tar.gz"',
            "sagemaker_program": '"train.py"',
        },
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


def drawn(lineage: Lineage, box) -> set[tuple[str, str, str]]:
    """All edges of the store, by what does not change from run to run."""
    found = {e.arn: e for e in lineage.ls(limit=None)}
    names = {arn: _short(entity, box) for arn, entity in found.items()}
    edges = lineage.backend.associations(found, "both")
    linked = {(names[e.source], str(e.type), names[e.destination]) for e in edges}
    assert {name for one, _, other in linked for name in (one, other)} == set(names.values())
    return linked


def _short(entity, box) -> str:
    key = entity.source_uri.removeprefix(f"s3://{box.bucket}/")
    if entity.kind != "Artifact" or entity.type == "Model":
        return entity.type
    return (
        re.sub(r"[\w.-]*(?:\d{8}|\d{4}-\d\d-\d\d)[\w.-]*", "JOB", key.rpartition("file://")[2])
        .rstrip("/")
        .replace(f"{Path.cwd()}/", "")
    )


SCRIPTED = {
    ("train", "ContributedTo", "TrainingJob"),
    ("validation", "ContributedTo", "TrainingJob"),
    ("extra", "ContributedTo", "TrainingJob"),
    ("image", "ContributedTo", "TrainingJob"),
    (__file__, "ContributedTo", "TrainingJob"),
    ("TrainingJob", "Produced", "Model"),
    ("TrainingJob", "Produced", "checkpoints"),
}


@pytest.mark.sdk_v2
def test_a_framework_estimator_of_sdk_2_is_recorded_whole(box):
    """Script, entry point, channels, image and checkpoints; nothing else."""
    from sagemaker.session import Session
    from sagemaker.sklearn import SKLearn

    session = Session(boto3.Session(region_name=box.region), default_bucket=box.bucket)
    with Lineage.open(":memory:") as lineage:
        with lineage.track("fit") as outcome:
            estimator = SKLearn(
                "train.py",
                source_dir="src",
                image_uri="image",
                role=box.role,
                instance_type="ml.m5.large",
                checkpoint_s3_uri=f"s3://{box.bucket}/checkpoints",
                output_path=f"s3://{box.bucket}/models",
                sagemaker_session=session,
            )
            names = ("train", "validation", "extra")
            estimator.fit({name: f"s3://{box.bucket}/{name}/" for name in names}, wait=False)
        archive = "JOB/source/sourcedir.tar.gz"
        assert drawn(lineage, box) == SCRIPTED | {
            ("src/train.py", "DerivedFrom", archive),
            (archive, "ContributedTo", "TrainingJob"),
        }
        [code] = [e for e in lineage.ls(limit=None) if e.label == "sourcedir.tar.gz"]
        assert (code.type, code.properties["EntryPoint"]) == ("Code", "train.py")
        assert outcome().answer.gaps == ()


@pytest.mark.sdk_v3
@pytest.mark.parametrize(
    ("runs", "script"),
    [
        ({"entry_script": "train.py", "requirements": "requirements.txt"}, "src/train.py"),
        ({"command": "python train.py"}, "src"),
    ],
)
def test_a_model_trainer_of_sdk_3_is_recorded_whole(box, runs, script):
    """The same; of the programs the SDK itself sends along, and of the folder's files, nothing."""
    from sagemaker.core.helper.session_helper import Session
    from sagemaker.core.training import configs
    from sagemaker.train.model_trainer import ModelTrainer

    Path("src/requirements.txt").write_text("numpy\n")
    session = Session(boto3.Session(region_name=box.region), default_bucket=box.bucket)
    with Lineage.open(":memory:") as lineage:
        with lineage.track("fit") as outcome:
            trainer = ModelTrainer(
                training_image="image",
                role=box.role,
                sagemaker_session=session,
                source_code=configs.SourceCode(source_dir="src", **runs),
                compute=configs.Compute(instance_type="ml.m5.large", instance_count=1),
                checkpoint_config=configs.CheckpointConfig(s3_uri=f"s3://{box.bucket}/checkpoints"),
                output_data_config=configs.OutputDataConfig(
                    s3_output_path=f"s3://{box.bucket}/models"
                ),
                base_job_name="churn",
            )
            trainer.train(
                [
                    configs.InputData(channel_name=name, data_source=f"s3://{box.bucket}/{name}/")
                    for name in ("train", "validation", "extra")
                ],
                wait=False,
            )
        uploaded = "churn/JOB/input/code"
        assert drawn(lineage, box) == SCRIPTED | {
            (script, "DerivedFrom", uploaded),
            (uploaded, "ContributedTo", "TrainingJob"),
        }
        assert outcome().answer.gaps == ()
