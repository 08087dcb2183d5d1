"""The panel: whole, and with nothing of a stranger's read as HTML."""

from html.parser import HTMLParser

from sm_lineage_widgets.details.panel import (
    entity_panel,
    group_panel,
    nothing_selected,
    pictured,
    problem,
)

from sm_lineage_magics.model import Answer, Entity, Gap, LineageGraph
from sm_lineage_magics.views.picture import picture_of
from sm_lineage_magics.views.picture.grouping import Group

NASTY = "<img src=x onerror=alert(1)>\"'"


class Tags(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.tags, self.attributes = set(), set()
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


def safe(html):
    found = Tags(html)
    return "img" not in found.tags and not any(a.startswith("on") for a in found.attributes)


def test_no_word_from_outside_is_markup():
    entity = Entity(
        "arn", "Artifact", NASTY, NASTY, NASTY, {NASTY: NASTY}, created_by=NASTY, status=NASTY
    )
    graph = LineageGraph.of([entity])
    group = Group("g", ("arn",), "upstream", (1, 1), None)

    assert safe(entity_panel(entity, graph))
    assert safe(group_panel(group, graph))
    assert safe(pictured(picture_of(Answer(graph, ("arn",), gaps=(Gap("missing", NASTY, NASTY),)))))
    assert safe(problem(NASTY))
    assert safe(nothing_selected(Answer(gaps=(Gap("missing", NASTY, NASTY),))))


def test_a_feature_group_tells_its_features():
    entity = Entity("arn", "Artifact", "FeatureGroup", "c", "", {"Features": '{"age": "Integral"}'})

    assert "age: Integral" in entity_panel(entity, LineageGraph.of([entity]))


def test_before_a_click_the_panel_says_what_is_missing():
    assert "Ask again." in nothing_selected(Answer(gaps=(Gap("throttled", "x", "Ask again."),)))


def test_before_a_click_the_panel_says_what_the_picture_leaves_out():
    assert "3 &lt;b&gt; are not drawn." in nothing_selected(
        Answer(), notes=["3 <b> are not drawn."]
    )


def test_a_search_that_finds_nothing_says_so():
    answer = Answer(LineageGraph.of([Entity("a", "Artifact", "Model", "a")]))

    assert "Nothing that is shown has “&lt;b&gt;”" in nothing_selected(answer, "<b>")


def test_a_large_group_says_how_many_more():
    entities = [Entity(str(i), "Artifact", "Model", f"m{i}") for i in range(60)]
    graph = LineageGraph.of(entities)
    group = Group("g", tuple(graph.entities), "downstream", (1, 1), "model")

    assert "and 10 more" in group_panel(group, graph)
