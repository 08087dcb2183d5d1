"""Graphs of other programs hold all that is known of an entity, under one name each."""

from datetime import datetime, timezone

import pytest

from sm_lineage_magics.model import Answer, Association, Entity, LineageGraph, Question

ARN = "arn:aws:sagemaker:us-east-1:111122223333:action/deploy"
MADE = datetime(2026, 1, 31, 12, tzinfo=timezone.utc)
DEPLOYED = Entity(
    ARN,
    "Action",
    "ModelDeployment",
    "deploy",
    "s3://shop/deploy",
    {"Stage": "prod"},
    created=MADE,
    created_by="ada",
    status="Completed",
)
KNOWN = {
    "name": "deploy",
    "role": "deployment",
    "type": "ModelDeployment",
    "kind": "Action",
    "status": "Completed",
    "source_uri": "s3://shop/deploy",
    "created": "2026-01-31T12:00:00Z",
    "created_by": "ada",
    "focus": True,
    "property:Stage": "prod",
}


@pytest.fixture
def answer():
    edge = Association(ARN, "arn:gone", "AssociatedWith")
    return Answer(LineageGraph.of([DEPLOYED], [edge]), (ARN,), Question("upstream", ("deploy",)))


def test_a_node_of_networkx_holds_everything(answer):
    pytest.importorskip("networkx", reason="an extra of whoever wants its graphs")
    graph = answer.to_networkx()

    assert graph.nodes[ARN] == KNOWN
    assert graph.edges[ARN, "arn:gone"] == {"type": "AssociatedWith"}


def test_a_node_of_graphml_holds_the_same_as_text(answer):
    networkx = pytest.importorskip("networkx", reason="it reads what we write")
    graph = networkx.parse_graphml(answer.to("graphml"))

    assert graph.nodes[ARN] == {name: str(value) for name, value in KNOWN.items()}
    assert graph.nodes["arn:gone"] == {}
