"""The questions of evidence, asked of the embedded store that holds the demos."""

import json

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
        ("Parameter max_depth", "3", "4"),
        ("Parameter num_round", "100", "150"),
        ("Parameter scale_pos_weight", "", "29"),
    ]
    (dropped,) = rows_of(report, "Query")
    assert dropped[1:] == (
        "Features dropped and added",
        "customers.customer_gender_male, customers.customer_gender_female",
        "",
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
    assert [row[2] for row in forth.sections[0].rows][-1] == "fraud"


def test_no_path_is_said_in_words(lineage):
    report = lineage.path("fg:claims", "fg:grocery-products")

    assert report.summary[0].startswith("Nothing recorded leads from claims to grocery-products")


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
