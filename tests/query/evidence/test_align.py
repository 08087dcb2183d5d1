"""Which entity of one lineage plays the part of which in another."""

import pytest

from sm_lineage_magics.model import Association, Entity, LineageGraph
from sm_lineage_magics.query.evidence.diff.align import align


def cell(digest, notebook):
    uri = f"https://github.com/shop/models/blob/{digest}/{notebook}"
    return Entity(f"arn:{digest}", "Artifact", "Code", f"cell-{digest}", uri)


def query(name, execution):
    return Entity(f"arn:{name}", "Action", "FeatureStoreQuery", name, f"arn:aws:athena:{execution}")


def model(name, number):
    uri = f"s3://shop/{name}/model.tar.gz"
    return Entity(f"arn:{name}", "Artifact", "Model", name, uri, {"Version": str(number)})


def job(name):
    return Entity(f"arn:{name}", "TrialComponent", "TrainingJob", name)


def image(tag):
    return Entity(f"arn:{tag}", "Artifact", "Image", "", f"1.dkr.ecr.eu-west-1/{tag}")


def paired(before, after):
    """The names of each pair, whichever are there."""
    pairs = align(LineageGraph.of(*before), LineageGraph.of(*after))
    return [tuple(side and side.arn.removeprefix("arn:") for side in pair.sides) for pair in pairs]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param(
            [cell("1a", "train.ipynb"), cell("1b", "score.ipynb")],
            [cell("2b", "score.ipynb"), cell("2a", "train.ipynb")],
            [("1b", "2b"), ("1a", "2a")],
            id="a cell by its notebook, not by the digest in its name",
        ),
        pytest.param(
            [query("nightly-1", "7-x"), query("audit-1", "8-y")],
            [query("audit-2", "9-z"), query("nightly-2", "10-w")],
            [("audit-1", "audit-2"), ("nightly-1", "nightly-2")],
            id="a query by its name but for the number, not by its execution",
        ),
        pytest.param(
            [image("train:1.0"), image("score:1.0")],
            [image("score@sha256:ab"), image("train:2.0")],
            [("score:1.0", "score@sha256:ab"), ("train:1.0", "train:2.0")],
            id="an image by its repository, not by its tag or digest",
        ),
        pytest.param(
            [job("first"), job("second")],
            [job("third"), job("fourth")],
            [(None, "third"), (None, "fourth"), ("first", None), ("second", None)],
            id="of two that nothing tells apart none is picked",
        ),
        pytest.param(
            [job("first")], [job("third")], [("first", "third")], id="the only one of its role"
        ),
    ],
)
def test_the_same_part_is_found_under_another_name(before, after, expected):
    assert paired((before, ()), (after, ())) == expected


def test_jobs_of_unlike_names_are_told_apart_by_what_they_fed():
    """One made a model, the other data."""
    data = Entity("arn:data", "Artifact", "DataSet", "", "s3://shop/clean.csv")
    before = (
        [job("fit"), job("clean"), model("churn-1", 1), data],
        [Association("arn:fit", "arn:churn-1"), Association("arn:clean", "arn:data")],
    )
    after = (
        [job("wash"), job("learn"), model("churn-2", 2), data],
        [Association("arn:learn", "arn:churn-2"), Association("arn:wash", "arn:data")],
    )

    assert set(paired(before, after)) == {
        ("data", "data"),
        ("churn-1", "churn-2"),
        ("clean", "wash"),
        ("fit", "learn"),
    }


def test_data_of_unlike_names_is_no_version_of_each_other():
    def data(name):
        return Entity(f"arn:{name}", "Artifact", "DataSet", "", f"s3://shop/{name}.csv")

    assert paired(([data("orders")], ()), ([data("claims")], ())) == [
        (None, "claims"),
        ("orders", None),
    ]
