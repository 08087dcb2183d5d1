"""The tables have the columns of ml-lineage-helper, and the answers of the worked example."""

from __future__ import annotations

import pytest

from sm_lineage_magics.errors import ConfigError, EntityNotFound, InvalidReference
from sm_lineage_magics.ml_lineage_helper import MLLineageHelper, QueryLineage

CLAIMS = "arn:aws:sagemaker:us-east-1:123456789012:feature-group/claims"
QUERY = "Base64 Feature Store Query String"


def test_the_lineage_of_a_model_is_one_row_for_each_association(blog, opened):
    table = MLLineageHelper(opened(blog), "fraud").df

    assert list(table.columns) == [
        "Name/Source",
        "Association",
        "Name/Destination",
        "Artifact Source ARN",
        "Artifact Destination ARN",
        "Source URI",
        QUERY,
        "Git URL",
    ]
    assert sorted(map(tuple, table.iloc[:, :3].values)) == [
        ("ProcessingInputData", "ContributedTo", "ProcessingJob"),
        ("ProcessingJob", "ContributedTo", "fg-claims"),
        ("ProcessingJob", "ContributedTo", "fg-customers"),
        ("TestingData", "ContributedTo", "train"),
        ("TrainingCode", "ContributedTo", "train"),
        ("TrainingData", "ContributedTo", "train"),
        ("fg-claims", "ContributedTo", "TestingData"),
        ("fg-claims", "ContributedTo", "TrainingData"),
        ("fg-customers", "ContributedTo", "TestingData"),
        ("fg-customers", "ContributedTo", "TrainingData"),
        ("train", "Produced", "Model"),
    ]


def test_git_links_and_queries_stand_in_the_rows_they_belong_to(blog, opened):
    table = MLLineageHelper(opened(blog), "fraud").df.set_index("Name/Source")

    assert table["Git URL"].dropna().to_dict() == {"TrainingCode": "https://g"}
    assert table[QUERY].dropna().to_dict() == {
        "TrainingData": "U0VMRUNUIDE=",
        "TestingData": "U0VMRUNUIDE=",
    }


def test_feature_groups_of_a_data_source(blog):
    table = QueryLineage(blog.session()).get_feature_groups_from_data_source("s3://bucket/raw")

    assert list(table.columns) == [
        "Feature Group Name",
        "Feature Group Artifact ARN",
        "Feature Group ARN",
        "Feature Group S3 URI",
        "Feature Group Table Name",
    ]
    assert table.drop(columns="Feature Group Artifact ARN").values.tolist() == [
        [name, blog.home.arn("feature-group", name), f"s3://bucket/offline/{name}", f"{name}_1"]
        for name in ("claims", "customers")
    ]


def test_feature_groups_of_a_model_by_name_uri_and_arn_are_the_same(blog, opened):
    asked = QueryLineage(opened(blog))
    model = blog.model("fraud")

    tables = [
        asked.get_feature_groups_from_model(text)["Feature Group Name"].tolist()
        for text in ("fraud", model.source_uri)
    ]

    assert tables == [["claims", "customers"]] * 2


def test_data_sources_of_a_feature_group_are_what_it_was_made_from(blog, opened):
    table = QueryLineage(opened(blog)).get_data_sources_from_feature_group(CLAIMS)

    assert table.drop(columns="Dataset Artifact ARN").to_dict("records") == [
        {"Dataset Name": "ProcessingInputData", "Dataset S3 URI": "s3://bucket/raw"}
    ]


def test_an_artifact_arn_of_the_table_can_be_asked_again(blog, opened):
    asked = QueryLineage(opened(blog))
    (arn,) = asked.get_data_sources_from_feature_group(CLAIMS)["Dataset Artifact ARN"]

    table = asked.get_feature_groups_from_data_source(arn)

    assert table["Feature Group Name"].tolist() == ["claims", "customers"]


def test_models_of_a_feature_group_come_with_the_endpoints_that_serve_them(blog, opened):
    endpoint = blog.artifact("Endpoint", blog.home.arn("endpoint", "fraud-live"))
    blog.chain(blog.model("fraud"), endpoint)

    table = QueryLineage(opened(blog)).get_models_from_feature_group(CLAIMS)

    assert table.to_dict("records") == [
        {
            "SageMaker Model Name": "fraud",
            "Model S3 URI": "s3://bucket/fraud/model.tar.gz",
            "Created By": None,
            "Endpoints": "fraud-live",
        }
    ]


def test_a_helper_without_a_model_has_no_table_yet(blog):
    assert MLLineageHelper(blog.session()).df is None


def test_the_picture_is_a_tree_in_a_terminal(blog, capsys):
    MLLineageHelper(blog.session(), "fraud").graph()

    assert "TrainingData" in capsys.readouterr().out


def test_the_picture_is_drawn_below_a_cell(blog):
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.utils.capture import capture_output

    helper = MLLineageHelper(blog.session(), "fraud")
    InteractiveShell.instance()
    try:
        with capture_output() as shown:
            helper.graph()
    finally:
        InteractiveShell.clear_instance()

    assert "data:image/svg+xml" in shown.outputs[0].data["text/html"]


@pytest.mark.parametrize("text", ["raw data", ""])
def test_a_question_by_uri_says_when_it_gets_none(blog, text):
    with pytest.raises(InvalidReference, match="neither an ARN nor a URI"):
        QueryLineage(blog.session()).get_feature_groups_from_data_source(text)


def test_what_is_no_session_is_turned_away():
    with pytest.raises(ConfigError, match="int is no session"):
        QueryLineage(7)


def test_what_is_not_there_is_said(blog, opened):
    with pytest.raises(EntityNotFound):
        QueryLineage(opened(blog)).get_models_from_feature_group(CLAIMS + "-2")
