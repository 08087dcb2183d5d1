"""What breaks, grouped by what it means to its owner."""

from dataclasses import replace

from sm_lineage_magics.model import Answer, Association, Entity, LineageGraph
from sm_lineage_magics.query import ascendants, descendants
from sm_lineage_magics.query.evidence.impact import LIVE, impact, impact_report, spelled
from sm_lineage_magics.query.paths import Way


def test_live_endpoints_come_first_with_owner_and_the_way_there(fraud):
    graph = fraud.lineage(fraud.version(1, live=True), fraud.version(2))

    downstream = descendants(graph, [fraud.CUSTOMERS.arn])
    approvals = ascendants(graph, [fraud.named(graph, "1").arn], max_depth=1)
    seen = replace(downstream, graph=downstream.graph | approvals.graph)

    affected = impact(replace(seen, found=tuple(entity.arn for entity in downstream)))

    assert [each.group for each in affected][:2] == [LIVE, "Approved packages"]
    first = affected[0]
    assert (first.entity.label, first.owner, first.status) == ("fraud-live", "risk", "InService")
    assert [graph.entities[edge.destination].label for edge in first.way.steps] == [
        "query-1",
        "train.csv",
        "train-1",
        "model.tar.gz",
        "1",
        "deploy",
        "fraud-live",
    ]


def test_what_is_seen_now_overrules_the_record(fraud):
    graph = fraud.lineage(fraud.version(1, live=True))
    endpoint = fraud.named(graph, "fraud-live")
    now = {endpoint.arn: {"Status": "Failed", "Variants": "blue 90 %, green 10 %"}}

    affected = impact(descendants(graph, [fraud.CUSTOMERS.arn]), now)

    (found,) = (each for each in affected if each.entity.arn == endpoint.arn)
    assert (found.group, found.status) == (
        "Other endpoints",
        "Failed (blue 90 %, green 10 %)",
    )


def test_a_live_endpoint_fails_the_report_only_when_asked(fraud):
    answer = descendants(fraud.lineage(fraud.version(1, live=True)), [fraud.CUSTOMERS.arn])

    assert impact_report(answer, fail_if_live=True).failed
    assert not impact_report(answer).failed
    assert impact_report(answer).summary[0] == "1 live endpoint: fraud-live."


def test_liveness_read_from_the_record_is_said(fraud):
    answer = descendants(fraud.lineage(fraud.version(1, live=True)), [fraud.CUSTOMERS.arn])
    endpoint = fraud.named(answer.graph, "fraud-live")

    assert [gap.kind for gap in impact_report(answer).gaps] == ["inferred"]
    assert impact_report(answer, {endpoint.arn: {"Status": "InService"}}).complete


def test_nothing_downstream_is_said_in_words():
    lonely = Answer(LineageGraph.of([Entity("a", "Artifact", "DataSet", "a")]), ("a",))

    assert impact_report(lonely).summary == ("Nothing that is recorded depends on it.",)


def test_a_long_way_is_told_by_its_start_and_its_end():
    way = Way("raw", 100, (Association("clean", "train"), Association("train", "churn")))

    assert spelled(Answer(), way) == "raw → … 98 more … → train → churn"
