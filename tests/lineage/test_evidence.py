"""The questions of evidence, asked of the embedded store that holds the demos."""

import json
from datetime import datetime

import pytest

from sm_lineage_magics import Lineage, demo
from sm_lineage_magics.errors import EntityNotFound, QuestionError
from sm_lineage_magics.model import Plan


@pytest.fixture(scope="module")
def lineage():
    with Lineage.open(":memory:") as opened:
        opened.backend.apply(Plan.of(demo.fraud().graph))
        opened.backend.apply(Plan.of(demo.grocery().graph))
        yield opened


def rows_of(report, title):
    return [row for section in report.sections if section.title == title for row in section.rows]


def test_impact_of_one_feature_names_the_live_endpoint(lineage):
    report = lineage.impact("fg:customers.age", fail_if_live=True)

    assert report.failed
    assert report.summary[0] == "1 live endpoint: fraud."
    assert [row[:2] for row in rows_of(report, "Approved packages")] == [("fraud/2", "Approved")]


def test_a_feature_no_model_reads_breaks_nothing(lineage):
    assert lineage.impact("fg:customers.event_time").summary[0] != "1 live endpoint: fraud."


def test_the_two_fraud_models_differ_in_exactly_what_was_done(lineage):
    report = lineage.diff("model:fraud-first", "model:fraud-mitigated")

    assert [row[1:] for row in rows_of(report, "Settings")] == [
        ("max_depth", "3", "4"),
        ("num_round", "100", "150"),
        ("scale_pos_weight", "not set", "29"),
    ]
    assert [row[1:] for row in rows_of(report, "Query")] == [
        ("feature dropped", "customers.customer_gender_male", ""),
        ("feature dropped", "customers.customer_gender_female", ""),
    ]
    assert report.summary == (
        "8 of 21 parts differ.",
        "Data: test.csv: Source and ETag changed; train.csv: Source and ETag changed.",
        "Query: fraud-mitigated-features: dropped customers.customer_gender_male, "
        "customers.customer_gender_female.",
        "Code: xgboost_fraud.py: Commit and Sha256 changed.",
        "Settings: fraud-mitigated-2026-04-10-07-20-00-600: max_depth 3 → 4, num_round 100 → 150, "
        "scale_pos_weight not set → 29.",
        "Approval and deployment: fraud/2: ModelApprovalStatus Rejected → Approved; "
        "deployment fraud, endpoint fraud added.",
    )
    assert rows_of(report, "Image") == []
    assert rows_of(report, "Feature groups") == []


def test_why_answers_an_auditor_s_five_questions(lineage):
    report = lineage.why("endpoint:fraud")

    assert [row[0] for row in rows_of(report, "Model")] == ["fraud-mitigated", "model package"]
    assert len([row for row in rows_of(report, "Data") if row[0] == "source"]) == 2
    assert [row[0] for row in rows_of(report, "Features")] == ["fg:claims", "fg:customers"]
    assert "xgboost_fraud.py" in [row[0] for row in rows_of(report, "Code")]
    assert rows_of(report, "Approval")[0][1].startswith("Approved by fatima")


def test_path_is_found_in_either_order_and_each_step_told(lineage):
    forth = lineage.path("fg:claims", "endpoint:fraud")
    back = lineage.path("endpoint:fraud", "fg:claims")

    assert forth.sections == back.sections
    assert [row[2] for row in forth.sections[0].rows][-2:] == [
        "fraud (deployment)",
        "fraud (endpoint)",
    ]


def test_no_path_is_said_in_words(lineage):
    report = lineage.path("fg:claims", "fg:grocery-products")

    assert report.summary[0].startswith("Nothing recorded leads from claims to grocery-products")


def test_what_is_the_same_entity_is_said(lineage):
    path = lineage.path("fg:claims", "fg:claims")
    diff = lineage.diff("model:fraud-first", "model:fraud-first")

    assert path.summary == ("Both names mean the same entity.",)
    assert diff.summary == ("Both names mean the same entity.",)


def test_two_models_with_nothing_in_common_are_told_in_a_few_lines(lineage):
    report = lineage.diff("model:fraud-first", "model:churn")

    assert report.summary[1].startswith("Data: ")
    assert len(report.summary) < 10


def test_why_of_what_answers_nothing_is_refused(lineage):
    with pytest.raises(
        QuestionError,
        match=r"fg:customers is no model .* %lineage models fg:cust",
    ):
        lineage.why("fg:customers")


@pytest.mark.parametrize(
    ("before", "after"),
    [("model:churn", "fg:customers"), ("fg:claims", "job:churn-2026-03-11-08-20-00-200")],
)
def test_two_of_different_kinds_are_not_compared(lineage, before, after):
    with pytest.raises(QuestionError) as raised:
        lineage.diff(before, after)

    assert str(raised.value).endswith(
        f"%lineage path {before} {after} tells how one leads to the other."
    )
    assert "cannot be compared part by part. Expected two models" in str(raised.value)


@pytest.mark.parametrize(
    ("before", "after"),
    [("fg:claims", "fg:customers"), ("model:fraud-mitigated", "endpoint:fraud")],
)
def test_two_of_a_kind_and_models_with_endpoints_are_compared(lineage, before, after):
    assert "differ" in lineage.diff(before, after).summary[0]


def test_a_typo_in_a_feature_is_not_read_as_nothing_depends_on_it(lineage):
    with pytest.raises(QuestionError, match="Did you mean age"):
        lineage.impact("fg:customers.agee")


def test_of_a_feature_group_it_is_said_where_its_own_features_are(lineage):
    assert lineage.features("fg:claims").summary == (
        "No feature is recorded.",
        "%lineage show fg:claims lists those it has itself.",
    )


def test_a_check_that_could_never_fail_is_refused(lineage):
    with pytest.raises(QuestionError, match=r"'errors' is no severity\. Expected one of: error, w"):
        lineage.lint(fail_on="errors")


def test_a_report_of_a_past_moment_says_so(lineage):
    then = datetime(2026, 4, 8)

    assert lineage.impact("fg:customers", as_of=then).title == (
        "What depends on fg:customers, as known on 2026-04-08 00:00 UTC"
    )
    assert lineage.lint(as_of=then).title.endswith("as known on 2026-04-08 00:00 UTC")
    assert lineage.why("model:fraud-first", as_of=then).title.endswith("2026-04-08 00:00 UTC")


def test_of_a_moment_to_come_nothing_is_known(lineage):
    with pytest.raises(QuestionError, match="2999-01-01 is still to come"):
        lineage.why("model:fraud-first", as_of=datetime(2999, 1, 1))


def test_the_whole_demo_has_no_finding_and_a_broken_one_has_them_all(lineage):
    assert lineage.lint().data["findings"] == []
    with Lineage.open(":memory:") as broken:
        broken.backend.apply(Plan.of(demo.broken().graph))
        findings = broken.lint(fail_on="error")
    assert findings.failed
    assert len({finding["rule"] for finding in findings.data["findings"]}) == 13


def test_features_of_a_model_and_what_one_feature_reaches(lineage):
    assert "features of 2 feature groups" in lineage.features("model:fraud-first").summary[0]
    assert lineage.features("fg:customers.age").summary[0] == "1 live endpoint: fraud."


def test_reproduce_writes_a_notebook_and_never_over_one(lineage, tmp_path):
    file = tmp_path / "again.ipynb"

    report = lineage.reproduce("model:fraud-first", file)

    assert report.summary == ("Everything it takes is recorded.",)
    assert json.loads(file.read_text())["nbformat"] == 4
    with pytest.raises(QuestionError, match="exists already"):
        lineage.reproduce("model:fraud-first", file)
    with pytest.raises(QuestionError, match=r"ends in \.ipynb"):
        lineage.reproduce("model:fraud-first", tmp_path / "again.txt")


def test_an_unknown_name_is_refused_with_the_nearest(lineage):
    with pytest.raises(EntityNotFound, match="fraud-first"):
        lineage.why("model:fraud-firts")
