"""What ml-lineage-helper gets wrong when it reads, and what is answered here."""

from __future__ import annotations

import base64

import pandas as pd
import pytest

from sm_lineage_magics import emulator
from sm_lineage_magics.errors import AccessDenied, EntityNotFound
from sm_lineage_magics.ml_lineage_helper import IncompleteLineage, MLLineageHelper, QueryLineage
from sm_lineage_magics.model import Entity, Home

QUERY = "Base64 Feature Store Query String"


def groups_of(session, uri):
    table = QueryLineage(session).get_feature_groups_from_data_source(uri)
    return sorted(table["Feature Group Name"])


def test_depth_counts_levels_so_a_wide_graph_is_answered_whole(account, opened):
    """It counts every entity it visits, and stops after six of them."""
    group = account.group("customers")
    for number in range(12):
        data = account.artifact("DataSet", f"s3://bucket/{number}.csv")
        account.chain(group, data, account.job(f"train-{number}"), account.model(f"m-{number}"))

    table = QueryLineage(opened(account)).get_models_from_feature_group(
        group.source_uri, max_depth=3
    )

    assert len(table) == 12


def test_a_table_cut_at_a_depth_says_so(account, opened):
    """It returns the part it saw as if it were all."""
    group = account.group("customers")
    data = account.artifact("DataSet", "s3://bucket/train.csv")
    account.chain(group, data, account.job("train"), account.model("churn"))

    with pytest.warns(IncompleteLineage, match="beyond-depth"):
        table = QueryLineage(opened(account)).get_models_from_feature_group(
            group.source_uri, max_depth=2
        )

    assert table.empty
    assert table.attrs["gaps"]


def test_a_refused_call_is_an_error_and_no_empty_table(account):
    """It catches every exception and returns what it had."""
    group = account.group("customers")
    account.chain(group, account.artifact("DataSet", "s3://b/t.csv"), account.model("churn"))
    session = account.session(faults=emulator.Faults(denied=frozenset({"QueryLineage"})))

    with pytest.raises(AccessDenied, match="sagemaker:QueryLineage"):
        QueryLineage(session).get_models_from_feature_group(group.source_uri)


def test_every_producer_is_followed_not_the_first(account, opened):
    """It asks for the inputs of the first feature group, once for each of them."""
    training = account.job("train")
    account.chain(training, account.model("churn"))
    names = {"customers", "orders", "products"}
    for name in names:
        raw = account.artifact("DataSet", f"s3://bucket/raw/{name}.csv", f"raw {name}")
        clean = account.artifact("ProcessingJob", account.home.arn("processing-job", name))
        train = account.artifact("DataSet", "s3://bucket/train.csv", "TrainingData")
        account.chain(raw, clean, account.group(name), train, training)

    table = MLLineageHelper(opened(account), "churn").df

    assert {f"raw {name}" for name in names} <= set(table["Name/Source"])


def test_entities_without_a_name_are_in_the_table(account, opened):
    """It drops them, and so every image."""
    training = account.job("train")
    account.chain(account.artifact("Image", "1.dkr.ecr.aws/xgboost:1.7"), training)
    account.chain(training, account.model("churn"))

    table = MLLineageHelper(opened(account), "churn").df

    assert "xgboost:1.7" in set(table["Name/Source"])


def test_lineage_does_not_end_after_five_steps(account, opened):
    steps = [account.artifact("DataSet", f"s3://bucket/step-{n}") for n in range(20)]
    account.chain(*steps, account.job("train"), account.model("churn"))

    assert len(MLLineageHelper(opened(account), "churn").df) == 21


def test_each_data_set_has_its_own_query(account, opened):
    """It reads the property of whatever its last loop ended at, for all of them."""
    training = account.job("train")
    for name, encoded in (("TrainingData", "QQ=="), ("TestingData", "Qg==")):
        query = {"Base64FeatureStoreQueryString": encoded}
        account.chain(account.artifact("DataSet", f"s3://b/{name}", name, **query), training)
    account.chain(training, account.model("churn"))

    table = MLLineageHelper(opened(account), "churn").df.set_index("Name/Source")

    assert table[QUERY].dropna().to_dict() == {"TrainingData": "QQ==", "TestingData": "Qg=="}


def test_a_query_recorded_here_is_given_whole(account, opened):
    """It cuts the encoded text at 256 characters."""
    sql = "SELECT " + ", ".join(f"column_{n}" for n in range(100)) + " FROM customers_1"
    arn = account.home.action("q")
    query = account.keep(Entity(arn, "Action", "FeatureStoreQuery", "q", "q", {"Query": sql}))
    data = account.artifact("DataSet", "s3://bucket/train.csv")
    account.chain(query, data, account.job("train"), account.model("churn"))

    table = MLLineageHelper(opened(account), "churn").df
    (encoded,) = set(table[QUERY].dropna())

    assert base64.b64decode(encoded).decode() == sql


def test_the_session_given_is_the_only_one_asked(account_in, monkeypatch):
    """It loads details from the default region, whatever session it was given."""
    account = account_in(Home("eu-west-1", "210987654321"))
    data = account.artifact("DataSet", "s3://bucket/train.csv")
    account.chain(account.group("c"), data, account.job("train"), account.model("churn"))
    monkeypatch.delenv("AWS_DEFAULT_REGION", raising=False)

    table = MLLineageHelper(account.session(), "churn").df

    arns = pd.concat([table["Artifact Source ARN"], table["Artifact Destination ARN"]])
    assert set(arns.str.split(":").str[3]) == {"eu-west-1"}


def test_the_word_artifact_in_a_uri_or_a_name_means_nothing(account, opened):
    """It takes any text with `artifact` in it for an ARN."""
    raw = account.artifact("DataSet", "s3://my-artifacts/raw")
    group, data = account.group("customers"), account.artifact("DataSet", "s3://bucket/train.csv")
    account.chain(raw, group, data, account.job("train"), account.model("artifact-x"))
    session = opened(account)

    by_name = QueryLineage(session).get_feature_groups_from_model("artifact-x")

    assert groups_of(session, "s3://my-artifacts/raw") == ["customers"]
    assert by_name["Feature Group Name"].tolist() == ["customers"]


def test_an_unknown_source_is_an_error_that_says_which(account, opened):
    """It fails with `list index out of range`."""
    account.artifact("DataSet", "s3://bucket/raw/orders.csv")

    with pytest.raises(EntityNotFound, match=r"s3://bucket/raw/order\.csv"):
        groups_of(opened(account), "s3://bucket/raw/order.csv")


def test_all_artifacts_of_a_source_are_asked(account, opened):
    """It picks one of them."""
    raw = account.artifact("DataSet", "s3://bucket/raw")
    account.chain(raw, account.group("customers"))
    account.chain(account.twin(raw), account.group("orders"))

    assert groups_of(opened(account), "s3://bucket/raw") == ["customers", "orders"]


def test_a_feature_group_keeps_the_fg_in_its_name(account, opened):
    """It strips every `fg-`, and then describes a group that does not exist."""
    account.chain(account.artifact("DataSet", "s3://bucket/raw"), account.group("fg-churn-fg-2"))

    assert groups_of(opened(account), "s3://bucket/raw") == ["fg-churn-fg-2"]


def test_a_feature_group_without_an_offline_store_has_none(account):
    """It fails with a KeyError."""
    raw = account.artifact("DataSet", "s3://bucket/raw")
    account.chain(raw, account.group("online", offline=False))

    table = QueryLineage(account.session()).get_feature_groups_from_data_source("s3://bucket/raw")

    assert table.iloc[0, 3:].tolist() == [None, None]


def test_a_feature_group_that_is_gone_is_listed_with_a_gap(account):
    """It fails, though the lineage is there."""
    account.chain(account.artifact("DataSet", "s3://bucket/raw"), account.group("deleted"))
    account.resources.clear()

    with pytest.warns(IncompleteLineage, match="deleted"):
        assert groups_of(account.session(), "s3://bucket/raw") == ["deleted"]


def test_a_model_of_several_containers_is_found(account):
    """It knows `PrimaryContainer` alone."""
    data, model = account.artifact("DataSet", "s3://bucket/train.csv"), account.model("pipeline")
    account.chain(account.group("customers"), data, account.job("train"), model)
    account.resources["DescribeModel", "pipeline"] = {
        "ModelName": "pipeline",
        "Containers": [{"Image": "scaler"}, {"ModelDataUrl": model.source_uri}],
    }

    table = QueryLineage(account.session()).get_feature_groups_from_model("pipeline")

    assert table["Feature Group Name"].tolist() == ["customers"]


def test_model_data_need_not_be_a_tarball(account, opened):
    """It takes an S3 URI that does not end in .tar.gz for a model's name."""
    data, model = account.artifact("DataSet", "s3://b/t.csv"), account.model("llm", "s3://b/llm/")
    account.chain(account.group("customers"), data, account.job("train"), model)

    assert len(MLLineageHelper(opened(account), "s3://b/llm/").df) == 3


def test_entities_of_one_name_stay_apart_in_the_picture(account, opened, capsys):
    """It draws by display name, so that equal names become one."""
    training = account.job("train")
    for number in (1, 2):
        account.chain(account.artifact("DataSet", f"s3://b/{number}", "TrainingData"), training)
    account.chain(training, account.model("churn"))

    MLLineageHelper(opened(account), "churn").graph()

    assert capsys.readouterr().out.count("TrainingData") == 2


def test_the_misspelt_column_is_spelt_right_and_still_answers(blog, opened):
    group = blog.group("claims").source_uri

    table = QueryLineage(opened(blog)).get_data_sources_from_feature_group(group)

    assert next(iter(table.columns)) == "Dataset Name"
    assert table["Datset Name"].tolist() == table["Dataset Name"].tolist()
    assert table.head(1)["Datset Name"].tolist() == ["ProcessingInputData"]
