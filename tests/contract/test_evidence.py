"""The questions of evidence have the same answers on every backend.

What is known to differ is left out: ARNs, and who made something and when, which an account tells
of itself and not of what was brought to it.
"""

import json
import re
import time
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from sm_lineage_magics import Lineage, demo
from sm_lineage_magics.model import Association, LineageGraph, Plan

RAW = "s3://sagemaker-us-east-1-111122223333/fraud/raw/customers.csv"

QUESTIONS = {
    "impact": lambda asked: asked.impact("fg:customers"),
    "impact of a feature": lambda asked: asked.impact("fg:customers.age", fail_if_live=True),
    "features": lambda asked: asked.features("model:fraud-mitigated"),
    "features of a feature": lambda asked: asked.features("fg:customers.age"),
    "path": lambda asked: asked.path(RAW, "endpoint:fraud"),
    "path, all": lambda asked: asked.path("endpoint:fraud", RAW, all_paths=True),
    "diff": lambda asked: asked.diff("model:fraud-first", "model:fraud-mitigated"),
    "diff, all": lambda asked: asked.diff("model:fraud-first", "endpoint:fraud", everything=True),
    "why of an endpoint": lambda asked: asked.why("endpoint:fraud"),
    "why of a model": lambda asked: asked.why("model:fraud-first"),
    "lint": lambda asked: asked.lint(),
    "lint of a model": lambda asked: asked.lint("model:fraud-first"),
}

# Columns that tell who, when or by which ARN.
OF_THE_ACCOUNT = {"Owner", "Drawn", "By", "Evidence", "Source"}


def loaded(backend, graph):
    backend.apply(Plan.of(graph))
    return Lineage(backend)


@pytest.fixture
def asked(backend):
    return loaded(backend, demo.fraud().graph)


@pytest.fixture(scope="module")
def reference():
    with Lineage.open(":memory:") as opened:
        yield loaded(opened.backend, demo.fraud().graph)


def told(report):
    """What a report says on any backend."""
    sections = [
        (section.title, section.text, section.code, [said(row, section) for row in section.rows])
        for section in report.sections
    ]
    return (report.title, [plain(line) for line in report.summary], sections, report.failed)


def said(row, section):
    pairs = zip(section.columns, row, strict=True)
    return [plain(text) for column, text in pairs if column not in OF_THE_ACCOUNT]


def plain(text):
    text = re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d UTC", "then", text)
    text = re.sub(r" by (dana|emil|fatima)|, by whom is not recorded", "", text)
    return "" if text in ("dana", "emil", "fatima", "not recorded") else text


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_same_is_answered(question, asked, reference):
    ask = QUESTIONS[question]

    assert told(ask(asked)) == told(ask(reference))


@pytest.mark.parametrize("question", QUESTIONS)
def test_nothing_is_missing_but_what_cannot_be_looked_at_now(question, asked):
    gaps = QUESTIONS[question](asked).gaps

    # An account without endpoints and an embedded store cannot tell what is so just now.
    assert [
        gap for gap in gaps if "not offered here" not in gap.why and gap.kind != "inferred"
    ] == []


def test_the_notebook_that_makes_a_model_again_is_the_same(asked, reference, tmp_path):
    for name, lineage in (("here", asked), ("there", reference)):
        lineage.reproduce("model:fraud-first", tmp_path / f"{name}.ipynb", output="s3://b/again")
    here, there = (
        json.loads((tmp_path / f"{name}.ipynb").read_text()) for name in ("here", "there")
    )

    # When a query ran is told by when its action was made, which differs here.
    moment = r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?"
    sources = [
        [re.sub(moment, "then", "".join(cell["source"])) for cell in notebook["cells"]]
        for notebook in (here, there)
    ]
    assert sources[0] == sources[1]


def test_every_broken_rule_is_found(backend):
    broken = loaded(backend, demo.broken().graph)

    findings = broken.lint(fail_on="error")

    assert findings.failed
    # An account tells of itself when something was made; data written later is made at once there.
    rules = {finding["rule"] for finding in findings.data["findings"]}
    assert rules | {"data-overwritten"} == set(demo.FAULTS)


def undated(graph):
    return LineageGraph.of(
        (replace(entity, created=None, modified=None) for entity in graph.entities.values()),
        (Association(*edge.pair, edge.type) for edge in graph.associations),
    )


@pytest.fixture
def grown(backend):
    """The first model, then a moment, then all the rest."""
    whole = undated(demo.fraud().graph)
    later = {e.arn for e in whole.entities.values() if "mitigated" in f"{e.source_uri}{e.name}"}
    loaded(backend, whole.induced(arn for arn in whole.entities if arn not in later))
    time.sleep(0.02)
    moment = datetime.now(timezone.utc)
    time.sleep(0.02)
    return loaded(backend, whole), moment


def test_between_two_versions_only_the_first_was_known(grown):
    lineage, moment = grown

    then = lineage.models("fg:customers", as_of=moment)

    assert [model.source_uri.split("/")[-3] for model in then] == ["fraud-first"]
    assert "fraud-mitigated-features" not in str(lineage.impact("fg:customers", as_of=moment).data)
    assert [gap for gap in then.gaps if "associations" in gap.why] == []


def test_what_was_linked_later_was_not_linked_then(grown):
    lineage, moment = grown
    then = lineage.datasets("model:fraud-first", as_of=moment)
    lineage.link(RAW.replace("customers", "claims"), "model:fraud-first")

    assert {e.arn for e in lineage.datasets("model:fraud-first", as_of=moment)} == {
        e.arn for e in then
    }


def test_before_anything_was_made_nothing_was_known(asked):
    report = asked.impact("fg:customers", as_of=datetime(2001, 1, 1, tzinfo=timezone.utc))

    assert report.data["affected"] == []
    assert [gap.kind for gap in report.gaps] == ["not-recorded"]
    why = asked.why("endpoint:fraud", as_of=datetime(2001, 1, 1, tzinfo=timezone.utc))
    assert [gap.kind for gap in why.gaps] == ["not-recorded"]


SUBJECTS = ("model:fraud-first", "model:fraud-mitigated", "endpoint:fraud")


@pytest.mark.parametrize("subject", SUBJECTS)
def test_now_everything_is_known(subject, asked):
    now = datetime.now(timezone.utc) + timedelta(minutes=1)

    for ask in (asked.why, asked.impact, asked.features, asked.lint):
        assert told(ask(subject, as_of=now))[1:] == told(ask(subject))[1:]


def test_an_approval_counts_from_when_it_was_given(backend):
    later = loaded(backend, undated(without_approvals(demo.fraud().graph)))
    time.sleep(0.02)
    moment = datetime.now(timezone.utc)
    time.sleep(0.02)
    later.backend.apply(Plan.of(undated(demo.fraud().graph)))

    def packages(report):
        return [row[:2] for row in report.sections[1].rows if row[0].startswith("fraud/")]

    assert packages(later.impact("fg:customers")) == [("fraud/2", "Approved")]
    assert "Approved" not in str(later.impact("fg:customers", as_of=moment).data)
    assert "Approved by whom? Not recorded." in (
        later.why("model:fraud-mitigated", as_of=moment).summary
    )


def without_approvals(graph):
    return graph.induced(arn for arn, e in graph.entities.items() if e.type != "Approval")
