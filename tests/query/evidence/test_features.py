"""Which features a model depends on, and what one feature reaches."""

import json

import pytest

from sm_lineage_magics.errors import QuestionError
from sm_lineage_magics.model import Association, ColumnSource, LineageGraph
from sm_lineage_magics.query import ascendants, descendants
from sm_lineage_magics.query.evidence.features import (
    FeatureUse,
    features_report,
    features_used,
    reached_by_feature,
)


def test_a_model_s_features_are_told_with_how_and_by_which_query(fraud):
    graph = fraud.lineage(fraud.version(1))
    query = fraud.named(graph, "query-1").arn

    uses = features_used(ascendants(graph, [fraud.named(graph, "model.tar.gz").arn]))

    assert uses == (
        FeatureUse("customers", "age", "direct", "age", query),
        FeatureUse("customers", "kept", "filter", "age", query),
        FeatureUse("claims", "amount", "direct", "amount", query),
    )


def derived(fraud):
    """A model whose feature group was itself built from a query over customers."""
    graph = fraud.lineage(fraud.version(1))
    query = fraud.named(graph, "query-1")
    group = fraud.artifact("FeatureGroup", fraud.HOME.arn("feature-group", "scores"), 30)
    second = fraud.artifact("DataSet", "s3://b/scores.csv")
    reader = fraud.version(3, columns={"score": [ColumnSource("scores", "score")]})
    entities, pairs = reader
    pairs = [(group, b) if a is fraud.CUSTOMERS else (a, b) for a, b in pairs]
    pairs = [(a, b) for a, b in pairs if a is not fraud.CLAIMS]
    return LineageGraph.of(
        (*graph.entities.values(), group, second, *entities),
        (
            *graph.associations,
            Association(query.arn, group.arn, "Produced"),
            *(Association(a.arn, b.arn) for a, b in pairs),
        ),
    )


def test_features_behind_a_derived_feature_group_are_derived(fraud):
    graph = derived(fraud)
    model = next(e for e in graph.entities.values() if e.source_uri == "s3://b/v3/model.tar.gz")

    uses = features_used(ascendants(graph, [model.arn]))

    assert [(use.group, use.feature, use.how) for use in uses] == [
        ("scores", "score", "direct"),
        ("customers", "age", "derived"),
        ("customers", "kept", "derived"),
        ("claims", "amount", "derived"),
    ]


def test_a_feature_no_query_reads_reaches_nothing(fraud):
    graph = fraud.lineage(fraud.version(1))

    answer = reached_by_feature(descendants(graph, [fraud.CUSTOMERS.arn]), "policy_id")

    assert list(answer) == []


def test_a_feature_that_only_filters_reaches_the_model_too(fraud):
    graph = fraud.lineage(fraud.version(1, live=True))

    answer = reached_by_feature(descendants(graph, [fraud.CUSTOMERS.arn]), "kept")

    assert "fraud-live" in {entity.label for entity in answer}


def test_only_the_queries_that_read_it_are_followed(fraud):
    without_age = {"amount": [ColumnSource("claims", "amount")]}
    graph = fraud.lineage(fraud.version(1), fraud.version(2, columns=without_age))

    answer = reached_by_feature(descendants(graph, [fraud.CUSTOMERS.arn]), "age")

    labels = {entity.label for entity in answer}
    assert "query-1" in labels
    assert "query-2" not in labels


def test_a_query_without_columns_counts_as_reading_everything_and_is_named(fraud):
    graph = fraud.lineage(fraud.version(1))
    query = fraud.named(graph, "query-1")
    unknown = fraud.changed(graph, query, properties={"Query": fraud.SQL})

    answer = reached_by_feature(descendants(unknown, [fraud.CUSTOMERS.arn]), "age")

    assert "model.tar.gz" in {entity.label for entity in answer}
    assert [(gap.kind, gap.where) for gap in answer.gaps] == [("unresolved", "query-1")]
    upstream = ascendants(unknown, [fraud.named(unknown, "model.tar.gz").arn])
    assert [gap.kind for gap in features_report(upstream).gaps] == ["unresolved"]


def test_a_derived_feature_group_is_taken_whole_and_that_is_said(fraud):
    answer = reached_by_feature(descendants(derived(fraud), [fraud.CUSTOMERS.arn]), "age")

    assert "query-3" in {entity.label for entity in answer}
    assert [(gap.kind, gap.where) for gap in answer.gaps] == [("inferred", "fg:scores")]


def test_the_report_counts_features_and_groups(fraud):
    graph = fraud.lineage(fraud.version(1))
    answer = ascendants(graph, [fraud.named(graph, "model.tar.gz").arn])

    report = features_report(answer)

    assert report.summary == ("3 features of 2 feature groups, 2 directly.",)
    assert json.loads(json.dumps(report.data))["features"][0]["feature"] == "age"


def test_a_feature_that_is_not_there_is_no_answer(fraud):
    """A typo must not read as: nothing depends on it."""
    answer = descendants(fraud.lineage(fraud.version(1)), [fraud.CUSTOMERS.arn])

    with pytest.raises(QuestionError, match=r"has no feature 'agee'\. Did you mean age"):
        reached_by_feature(answer, "agee")


def test_a_feature_of_a_group_without_a_schema_may_be_there(fraud):
    graph = fraud.changed(fraud.lineage(fraud.version(1)), fraud.CUSTOMERS, properties={})

    reached = reached_by_feature(descendants(graph, [fraud.CUSTOMERS.arn]), "city")

    assert list(reached) == []
    assert [(gap.kind, gap.where) for gap in reached.gaps] == [
        ("not-recorded", "fg:customers.city")
    ]


def test_a_feature_the_schema_has_lost_but_a_query_has_read_is_known(fraud):
    graph = fraud.changed(
        fraud.lineage(fraud.version(1)), fraud.CUSTOMERS, properties={"Features": '{"kept": "x"}'}
    )

    reached = reached_by_feature(descendants(graph, [fraud.CUSTOMERS.arn]), "age")

    assert "model.tar.gz" in {entity.label for entity in reached}


def test_what_is_in_the_data_stands_before_what_only_chose_the_rows(fraud):
    answer = ascendants(
        fraud.lineage(fraud.version(1)), [fraud.HOME.artifact("s3://b/v1/model.tar.gz")]
    )

    (section,) = features_report(answer).sections
    hows = [row[2] for row in section.rows]
    assert hows == sorted(hows, key=lambda how: how != "directly")
