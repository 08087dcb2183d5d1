"""`%lineage track NAME …` records what variables hold, whenever it was made."""

from __future__ import annotations

import pytest
from IPython.core.error import UsageError

from sm_lineage_magics.tracking.facts import Facts

CHAIN = """
import pandas as pd
from sklearn.linear_model import LogisticRegression
table = pd.read_csv("a.csv")
model = LogisticRegression().fit(table[["age"]], table["churned"])
"""


def asked(shell) -> list[tuple[str, str]]:
    """What AWS is asked to describe from now on, in place of asking."""
    seen = []

    def describe(resources, clients):
        seen.extend((each.type, each.name) for each in resources)
        return Facts()

    shell.lineage.tracker.describe = describe
    return seen


def of_class(path: str, **attributes: object) -> object:
    """An object of a class of that name, as the SDK's are told by."""
    module, _, name = path.rpartition(".")
    made = type(name, (), {"__module__": module})()
    vars(made).update(attributes)
    return made


def test_objects_of_both_versions_of_the_sdk_are_told_by_their_classes(shell):
    seen = asked(shell)
    job = of_class("sagemaker.estimator._TrainingJob", job_name="churn-2")
    shell.user_ns["estimator"] = of_class(
        "sagemaker.estimator.EstimatorBase", latest_training_job=job
    )
    shell.user_ns["job"] = of_class(
        "sagemaker.core.resources.TrainingJob", training_job_name="churn-3"
    )
    assert shell.run_cell("%lineage track estimator job").success

    assert seen == [("training-job", "churn-2"), ("training-job", "churn-3")]


def test_a_uri_is_recorded_as_the_data_it_names(shell):
    shell.run_cell("raw = 's3://shop/raw.csv'")
    answer = shell.run_cell("%lineage track raw").result

    assert [(entity.type, entity.source_uri) for entity in answer] == [
        ("DataSet", "s3://shop/raw.csv")
    ]
    assert [entity.label for entity in shell.lineage.ls()] == ["raw.csv"]


@pytest.mark.slow
def test_an_estimator_fitted_unseen_is_named_as_a_gap(shell, capsys):
    shell.run_cell(CHAIN)
    answer = shell.run_cell("%lineage track model").result

    assert [(gap.kind, gap.where) for gap in answer.gaps] == [("not-recorded", "model")]
    assert "%%lineage track on top" in capsys.readouterr().out
    assert list(shell.lineage.ls()) == []


def test_a_value_lineage_knows_nothing_of_is_one_line(shell):
    shell.run_cell("number = 4")
    result = shell.run_cell("%lineage track number")

    assert type(result.error_in_exec) is UsageError
    assert str(result.error_in_exec).startswith("number (int) holds nothing")


@pytest.mark.parametrize(
    "path",
    [
        "sagemaker.estimator.EstimatorBase",
        "sagemaker.feature_store.feature_group.AthenaQuery",
        "sagemaker.train.model_trainer.ModelTrainer",
        "sagemaker.core.resources.TrainingJob",
    ],
)
def test_an_object_of_the_sdk_that_has_not_run_yet_is_told_so(shell, path):
    shell.user_ns["idle"] = of_class(path)
    result = shell.run_cell("%lineage track idle")

    assert type(result.error_in_exec) is UsageError
    assert "stands for nothing in AWS yet. Fit, run, create" in str(result.error_in_exec)
