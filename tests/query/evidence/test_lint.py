"""Each rule finds its fault, and nothing in a whole lineage."""

import base64
from dataclasses import replace

import pytest

from sm_lineage_magics.model import Answer, Association, Entity, LineageGraph
from sm_lineage_magics.query.evidence.lint.report import lint, lint_report
from sm_lineage_magics.query.evidence.lint.rules import RULES


@pytest.fixture
def whole(fraud):
    return fraud.lineage(fraud.version(1, live=True))


def rules_broken(graph, now=None):
    return {(finding.rule.id, finding.entity.label) for finding in lint(graph, now)}


def without(graph, *labels):
    return graph.induced(arn for arn, e in graph.entities.items() if e.label not in labels)


def test_nothing_is_found_in_a_whole_lineage(whole):
    assert rules_broken(whole) == set()
    assert lint_report(Answer(whole)).summary == ("13 rules found nothing wrong with 14 entities.",)


def test_a_model_without_data(whole):
    bare = without(whole, "train-1")

    assert ("model-without-data", "model.tar.gz") in rules_broken(bare)
    assert ("endpoint-without-lineage", "fraud-live") in rules_broken(bare)


def test_training_data_without_origin_and_a_model_without_features(whole):
    assert rules_broken(without(whole, "query-1")) == {
        ("data-without-origin", "train.csv"),
        ("model-without-features", "model.tar.gz"),
    }


def test_a_query_not_recorded_or_cut(fraud, whole):
    query = fraud.named(whole, "query-1")

    empty = fraud.changed(whole, query, properties={})
    cut = fraud.changed(whole, query, properties={"Query": "SELECT", "Query[of]": "70000"})

    assert rules_broken(empty) == {("query-not-recorded", "query-1")}
    assert ("query-truncated", "query-1") in rules_broken(cut)


@pytest.mark.parametrize("kept", [255, 256], ids=["within a group of four", "as the helper cuts"])
def test_the_old_helper_s_query_cut_at_256_characters(fraud, whole, kept):
    text = base64.b64encode(b"SELECT " + b"a" * 400).decode()
    train = fraud.named(whole, "train.csv")

    cut = fraud.changed(whole, train, properties={"Base64FeatureStoreQueryString": text[:kept]})
    entire = fraud.changed(whole, train, properties={"Base64FeatureStoreQueryString": text})

    assert rules_broken(cut) == {("query-truncated", "train.csv")}
    assert rules_broken(entire) == set()


def test_data_written_again_after_training(fraud, whole):
    train = fraud.named(whole, "train.csv")
    late = replace(fraud.PREPARE, arn=fraud.HOME.trial_component("late"), created=fraud.at(99))
    graph = LineageGraph.of(
        (*whole.entities.values(), late),
        (
            *whole.associations,
            Association(fraud.RAW.arn, late.arn),
            Association(late.arn, train.arn, "Produced"),
        ),
    )

    assert rules_broken(graph) == {("data-overwritten", "train.csv")}
    assert rules_broken(whole, {train.arn: {"ETag": "other"}}) == {
        ("data-overwritten", "train.csv")
    }


def test_code_without_a_commit_or_with_changes_that_are_not_in_it(fraud, whole):
    script = fraud.named(whole, "train.py")

    assert rules_broken(fraud.changed(whole, script, details={})) == {("no-commit", "train.py")}
    assert rules_broken(fraud.changed(whole, script, properties={"Dirty": "true"})) == {
        ("dirty-commit", "train.py")
    }


def test_an_orphan(fraud, whole):
    orphan = fraud.artifact("Image", "registry/xgb:1")
    graph = LineageGraph.of((*whole.entities.values(), orphan), whole.associations)

    assert rules_broken(graph) == {("orphan", "xgb:1")}


def test_twin_artifacts_of_one_feature_group(fraud, whole):
    twin = replace(
        fraud.CUSTOMERS,
        arn=fraud.HOME.artifact("twin"),
        name="fg-customers",
        source_uri="arn:aws:sagemaker:us-east-1:123456789012:feature-group/customers",
    )
    graph = LineageGraph.of(
        (*whole.entities.values(), twin),
        (*whole.associations, Association(fraud.RAW.arn, twin.arn)),
    )

    assert ("twin-feature-group", "fg-customers") in rules_broken(graph)


def test_a_query_recorded_after_the_training_it_fed_has_not_overwritten_anything(fraud, whole):
    """An account makes the action when somebody records the query, and tells that time alone."""
    query = fraud.named(whole, "query-1")
    told = {**query.properties, "SubmissionDateTime": "2026-01-01T10:00:00Z"}
    later = {**query.properties, "SubmissionDateTime": "2026-01-09T10:00:00Z"}

    def with_query(properties):
        return fraud.changed(whole, query, created=fraud.at(99), properties=properties)

    assert rules_broken(with_query(query.properties)) == set()
    assert rules_broken(with_query(told)) == set()
    assert rules_broken(with_query(later)) == {("data-overwritten", "train.csv")}


def test_a_schema_that_lost_a_feature_the_query_read(fraud, whole):
    now = {fraud.CUSTOMERS.arn: {"Features": '{"kept": "Integral"}'}}

    assert rules_broken(whole, now) == {("schema-changed", "customers")}


def test_a_cycle_is_found_and_named(whole, fraud):
    model, raw = fraud.named(whole, "model.tar.gz"), fraud.RAW
    graph = LineageGraph.of(
        whole.entities.values(), (*whole.associations, Association(model.arn, raw.arn))
    )

    (finding,) = (f for f in lint(graph) if f.rule.id == "cycle")
    assert "→" in finding.message


def test_of_many_circles_each_is_named_once():
    pairs = [("a", "b"), ("b", "a"), ("b", "c"), ("c", "d"), ("d", "c"), ("e", "e")]
    graph = LineageGraph.of(
        (Entity(arn, "Artifact", "DataSet", arn) for arn in "abcde"),
        (Association(source, destination) for source, destination in pairs),
    )

    said = [finding.message for finding in lint(graph) if finding.rule.id == "cycle"]
    assert said == [
        "Data would flow in a circle: b → a → b.",
        "Data would flow in a circle: c → d → c.",
        "Data would flow in a circle: e → e.",
    ]


def test_rule_ids_are_stable_and_unique():
    assert [rule.id for rule in RULES] == [
        "model-without-data",
        "endpoint-without-lineage",
        "query-not-recorded",
        "query-truncated",
        "data-overwritten",
        "cycle",
        "twin-feature-group",
        "schema-changed",
        "model-without-features",
        "data-without-origin",
        "no-commit",
        "dirty-commit",
        "orphan",
    ]


def test_a_report_fails_at_the_severity_asked_for(fraud, whole):
    warned = fraud.changed(whole, fraud.named(whole, "train.py"), details={})

    assert not lint_report(Answer(warned), fail_on="error").failed
    assert lint_report(Answer(warned), fail_on="warning").failed
    assert lint_report(Answer(warned)).summary == ("1 warning in 14 entities.",)
