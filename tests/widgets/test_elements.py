"""A picture as cytoscape's elements."""

import pytest
from sm_lineage_widgets.elements import Light, edges_of, nodes_of, positions_of
from sm_lineage_widgets.style import style_sheet

from sm_lineage_magics import demo
from sm_lineage_magics.model import Answer, Association, Entity, Gap, LineageGraph, role_of
from sm_lineage_magics.query import ascendants
from sm_lineage_magics.views.picture import picture_of

NASTY = "<img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def picture():
    graph = demo.fraud().graph
    endpoint = next(e for e in graph.entities.values() if role_of(e) == "endpoint")
    return picture_of(ascendants(graph, [endpoint.arn]))


def test_every_node_and_edge_of_the_picture_is_there_once(picture):
    nodes, edges = nodes_of(picture), edges_of(picture)

    assert [node["data"]["id"] for node in nodes] == [node.id for node in picture.nodes]
    assert len({edge["data"]["id"] for edge in edges}) == len(picture.edges)


def test_every_node_has_a_place(picture):
    assert set(positions_of(picture)) == {node["data"]["id"] for node in nodes_of(picture)}


def test_what_is_lit_is_told_from_what_stands_back(picture):
    focus = picture.nodes[0].id

    classes = {node["data"]["id"]: node["classes"] for node in nodes_of(picture, Light({focus}))}

    assert {id for id, each in classes.items() if each != "faded"} == {focus}


def test_what_is_chosen_or_found_never_stands_back(picture):
    one, two, three = (node.id for node in picture.nodes[:3])

    drawn = nodes_of(picture, Light({one}, {two}, three))
    classes = {node["data"]["id"]: node["classes"] for node in drawn}

    assert [classes[id] for id in (one, two, three)] == ["", "hit", "chosen"]


def test_bends_start_and_end_where_the_picture_says(picture):
    bent = [edge["data"] for edge in edges_of(picture) if "bent" in edge["classes"].split()]

    assert bent
    for data in bent:
        assert len(data["weights"]) == len(data["distances"])
        assert data["leaves"].endswith("px")


def test_a_gap_is_a_dashed_stub():
    graph = LineageGraph.of([Entity("b", "Artifact", "DataSet", "b")], [Association("a", "b")])
    answer = Answer(graph, ("b",), gaps=(Gap("missing", "a", "It does not exist."),))

    classes = [node["classes"] for node in nodes_of(picture_of(answer))]

    assert "stub" in classes


def test_names_of_strangers_are_labels_and_nothing_else():
    graph = LineageGraph.of([Entity("a", "Artifact", "DataSet", NASTY)])

    (node,) = nodes_of(picture_of(Answer(graph, ("a",))))

    assert set(node) == {"data", "classes"}
    assert node["classes"] == ""
    assert "<img" in node["data"]["label"]


def test_every_class_an_element_may_have_has_a_rule(picture):
    rules = " ".join(rule["selector"] for rule in style_sheet())
    used = {c for e in (*nodes_of(picture), *edges_of(picture)) for c in e["classes"].split()}

    assert {c for c in used if f".{c}" not in rules} == set()
