"""A picture as cytoscape's elements."""

from base64 import b64decode
from xml.etree import ElementTree

import pytest
from sm_lineage_widgets.canvas.elements import LINES, LIT, Light, elements_of, positions_of
from sm_lineage_widgets.canvas.style import style_sheet

from sm_lineage_magics import demo
from sm_lineage_magics.model import Answer, Association, Entity, Gap, LineageGraph, role_of
from sm_lineage_magics.query import ascendants
from sm_lineage_magics.views.look import MARKS
from sm_lineage_magics.views.picture import picture_of
from sm_lineage_magics.views.svg.elements import path

SVG = "{http://www.w3.org/2000/svg}"
NASTY = "<img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def picture():
    graph = demo.fraud().graph
    endpoint = next(e for e in graph.entities.values() if role_of(e) == "endpoint")
    return picture_of(ascendants(graph, [endpoint.arn]))


def test_lines_come_first_and_every_node_once(picture):
    ids = [element["data"]["id"] for element in elements_of(picture)]

    assert ids == [LINES, *(node.id for node in picture.nodes)]


def test_everything_has_a_place(picture):
    way = Light({node.id for node in picture.nodes})
    ids = {element["data"]["id"] for element in elements_of(picture, way)}

    assert LIT in ids
    assert set(positions_of(picture)) == ids


def test_lines_are_those_of_the_static_picture(picture):
    """The same paths in the same places: the image's own middle is the layout's."""
    lines = paths(elements_of(picture)[0])

    assert lines == [path(edge.route) for edge in picture.edges]
    assert positions_of(picture)[LINES] == dict(zip("xy", picture.layout.centre, strict=True))


def test_an_image_of_lines_is_as_large_as_its_element(picture):
    data = elements_of(picture)[0]["data"]
    root = drawn(data)

    assert float(root.get("width")) == pytest.approx(data["width"], abs=0.05)
    assert float(root.get("height")) == pytest.approx(data["height"], abs=0.05)
    left, top, *_ = map(float, root.get("viewBox").split())
    assert left + data["width"] / 2 == pytest.approx(picture.layout.centre.x, abs=0.1)
    assert top + data["height"] / 2 == pytest.approx(picture.layout.centre.y, abs=0.1)


def test_lines_on_the_way_are_drawn_again_over_all_that_stand_back(picture):
    edge = picture.edges[0]

    all, lit, *_ = elements_of(picture, Light({edge.source, edge.destination}))

    assert (all["classes"], lit["classes"]) == ("lines faded", "lines")
    assert paths(lit) == [path(edge.route)]
    assert {each.get("stroke") for each in drawn(lit["data"]).iter(f"{SVG}path")} > {
        MARKS["path"].colour
    }


def test_a_picture_without_lines_has_no_image_of_them():
    alone = picture_of(Answer(LineageGraph.of([Entity("a", "Artifact", "DataSet")]), ("a",)))

    assert [element["data"]["id"] for element in elements_of(alone)] == ["a"]


def test_what_is_lit_is_told_from_what_stands_back(picture):
    focus = picture.nodes[0].id

    drawn = elements_of(picture, Light({focus}))
    classes = {element["data"]["id"]: element["classes"] for element in drawn}

    assert {id for id, each in classes.items() if "faded" not in each} == {focus}


def test_what_is_chosen_or_found_never_stands_back(picture):
    one, two, three = (node.id for node in picture.nodes[:3])

    drawn = elements_of(picture, Light({one}, {two}, three))
    classes = {node["data"]["id"]: node["classes"] for node in drawn}

    assert [classes[id] for id in (one, two, three)] == ["", "hit", "chosen"]


def test_what_was_asked_about_has_room_for_its_ring_when_it_is_chosen(picture):
    classes = {
        node.id: next(
            each["classes"]
            for each in elements_of(picture, Light(chosen=node.id))
            if each["data"]["id"] == node.id
        )
        for node in picture.nodes
    }

    asked = {node.id for node in picture.nodes if node.focus}
    assert {id for id, each in classes.items() if each == "chosen asked"} == asked
    assert {each for id, each in classes.items() if id not in asked} == {"chosen"}


def test_a_gap_is_a_dashed_stub():
    graph = LineageGraph.of([Entity("b", "Artifact", "DataSet", "b")], [Association("a", "b")])
    answer = Answer(graph, ("b",), gaps=(Gap("missing", "a", "It does not exist."),))

    classes = [node["classes"] for node in elements_of(picture_of(answer))]

    assert "stub" in classes


def test_names_of_strangers_are_labels_and_nothing_else():
    graph = LineageGraph.of([Entity("a", "Artifact", "DataSet", NASTY)])

    (node,) = elements_of(picture_of(Answer(graph, ("a",))))

    assert set(node) == {"data", "classes"}
    assert node["classes"] == ""
    assert "<img" in node["data"]["label"]


def test_every_class_an_element_may_have_has_a_rule(picture):
    rules = " ".join(rule["selector"] for rule in style_sheet())
    gap = Answer(LineageGraph(), ("b",), gaps=(Gap("missing", "b", "It does not exist."),))
    way, hit, chosen = (node.id for node in picture.nodes[:3])
    drawn = [*elements_of(picture, Light({way}, {hit}, chosen)), *elements_of(picture_of(gap))]
    used = {name for element in drawn for name in element["classes"].split()}

    assert used >= {"lines", "faded", "hit", "chosen"}
    assert {name for name in used if f".{name}" not in rules} == set()


def drawn(data):
    """The image of an element, parsed."""
    kind, _, image = data["image"].partition(",")
    assert kind == "data:image/svg+xml;base64"
    return ElementTree.fromstring(b64decode(image))


def paths(element):
    """The paths of an image's lines, without those of its arrow heads."""
    return [each.get("d") for each in drawn(element["data"]).findall(f"{SVG}path")]
