"""The five questions an auditor asks of an endpoint."""

from sm_lineage_magics.query import ascendants
from sm_lineage_magics.query.evidence.audit.report import why


def test_each_question_is_answered_with_its_source(fraud):
    graph = fraud.lineage(fraud.version(1, live=True))
    endpoint = fraud.named(graph, "fraud-live")

    report = why(ascendants(graph, [endpoint.arn]))

    rows = {section.title: section.rows for section in report.sections}
    model = next(e for e in graph.entities.values() if e.label == "model.tar.gz")
    assert ("fraud-1", "s3://b/v1/model.tar.gz", model.arn) in rows["Model"]
    assert [row[:2] for row in rows["Data"]][-1] == ("source", "s3://b/raw.csv")
    assert rows["Features"][0][:2] in [("fg:claims", "amount"), ("fg:customers", "age, kept")]
    assert ("train.py", "https://github.com/shop/fraud at bbb222") in [r[:2] for r in rows["Code"]]
    assert rows["Approval"][0][1] == "Approved by cleo, 2026-01-01 14:00 UTC"
    assert rows["Deployment"][0][1] == "InService, made 2026-01-01 15:00 UTC"
    assert report.title == "Why endpoint:fraud-live answers as it does"


def test_the_state_an_endpoint_is_in_now_overrules_the_record(fraud):
    graph = fraud.lineage(fraud.version(1, live=True))
    endpoint = fraud.named(graph, "fraud-live")

    report = why(ascendants(graph, [endpoint.arn]), {endpoint.arn: {"Status": "Failed"}})

    assert report.summary[-1] == (
        "Deployed when? fraud-live is Failed; deployed at a time not recorded, "
        "by whom is not recorded."
    )


def test_what_is_not_recorded_is_said_with_the_way_to_record_it(fraud):
    graph = fraud.lineage(fraud.version(1))

    report = why(ascendants(graph, [fraud.named(graph, "model.tar.gz").arn]))

    (approval,) = (section for section in report.sections if section.title == "Approval")
    assert approval.text.startswith("Approved by whom? Not recorded. To record it next time:")
    assert "Approved by whom? Not recorded." in report.summary


def test_the_sql_stands_whole_in_the_report(fraud):
    graph = fraud.lineage(fraud.version(1))

    report = why(ascendants(graph, [fraud.named(graph, "model.tar.gz").arn]))

    assert fraud.SQL in [section.code for section in report.sections]
