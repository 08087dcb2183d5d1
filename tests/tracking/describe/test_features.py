"""Feature groups are described with their features and where their records lie."""

import json

from sm_lineage_magics.tracking.describe import describe
from sm_lineage_magics.tracking.facts import Resource

from .account import group, group_answer


def test_a_feature_group_has_its_features_and_its_table(clients):
    table = group(clients.sagemaker, "customers", "id", "age")

    (entity,) = describe([Resource("feature-group", "customers")], clients).entities

    assert (entity.type, entity.name) == ("FeatureGroup", "customers")
    assert entity.source_uri.endswith(":feature-group/customers")
    assert entity.properties["Features"] == '{"id":"String","age":"String","event_time":"String"}'
    assert entity.properties["OfflineTable"] == f"sagemaker_featurestore.{table}"
    assert entity.properties["OfflineStoreUri"].startswith("s3://shop/fs/")
    assert len(entity.properties["SchemaSha256"]) == 64


def test_a_feature_group_without_an_offline_store_has_no_table(clients, answers):
    answers(clients.sagemaker, DescribeFeatureGroup=group_answer("online", "", "id"))

    (entity,) = describe([Resource("feature-group", "online")], clients).entities

    assert set(entity.properties) == {"Features", "SchemaSha256"}


def test_a_feature_group_of_another_account_is_asked_for_by_its_arn(clients):
    group(clients.sagemaker, "customers", "id")
    shared = "arn:aws:sagemaker:eu-west-1:999999999999:feature-group/customers"
    theirs = group_answer("customers", "", "id") | {"FeatureGroupArn": shared}

    def answering(params, **_):
        by_arn = json.loads(params["body"])["FeatureGroupName"] == shared
        return (type("Http", (), {"status_code": 200})(), theirs) if by_arn else None

    clients.sagemaker.meta.events.register_first(
        "before-call.sagemaker.DescribeFeatureGroup", answering
    )

    facts = describe(
        [Resource("feature-group", "customers"), Resource("feature-group", "customers", shared)],
        clients,
    )

    own = "arn:aws:sagemaker:eu-west-1:123456789012:feature-group/customers"
    assert {entity.source_uri for entity in facts.entities} == {own, shared}
