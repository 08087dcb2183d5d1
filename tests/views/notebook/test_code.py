"""The Python in a notebook that makes a model again is Python, whatever was recorded."""

import ast

import pytest

from sm_lineage_magics.query.evidence.reproduce import QueryStep, TrainingStep
from sm_lineage_magics.views.notebook import code

HOSTILE = "it's \"${sql}\" $$ {OUTPUT}\n'''"


def assigned(source):
    """What the top of a cell says, by name, as far as it is plain values."""
    plain = {}
    for statement in ast.parse(source).body:
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            try:
                plain[statement.targets[0].id] = ast.literal_eval(statement.value)
            except ValueError:
                continue
    return plain


@pytest.mark.parametrize("sql", [HOSTILE, "SELECT 1\nFROM t", "SELECT '\\n'", 'SELECT\n"a"', ""])
def test_the_sql_that_runs_is_the_sql_that_was_recorded(sql):
    step = QueryStep("q", sql, HOSTILE, results={HOSTILE: ""})

    cell = assigned(code.query(step, sql, 1))

    assert cell["sql"] == sql
    assert cell["recorded"] == {HOSTILE: ""}


def test_a_training_job_is_given_what_was_recorded():
    step = TrainingStep("churn", HOSTILE, {"train": HOSTILE}, {"eta": HOSTILE})

    source = code.training(step, queries=True)

    [channel] = assigned(source)["channels"]
    assert channel["DataSource"]["S3DataSource"]["S3Uri"] == HOSTILE
    assert assigned(source)["hyper_parameters"] == {"eta": HOSTILE}
    assert repr(HOSTILE) in source


def test_channels_are_replaced_only_where_something_was_made_again():
    step = TrainingStep("churn", channels={"train": "s3://b/train.csv"})

    assert "made_again" in code.training(step, queries=True)
    assert "made_again" not in code.training(step, queries=False)


def test_where_and_as_whom_are_to_be_filled_in_unless_given():
    assert assigned(code.setup()) == {"OUTPUT": code.OUTPUT, "ROLE": code.ROLE}
    assert assigned(code.setup(output="s3://b/x/", role="me")) == {
        "OUTPUT": "s3://b/x",
        "ROLE": "me",
    }
