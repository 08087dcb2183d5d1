"""There is always a line that shows the same again."""

from dataclasses import replace

import pytest
from sm_lineage_widgets.repeating import lines_of
from sm_lineage_widgets.state import State

from sm_lineage_magics.model import Answer, Association, Entity, LineageGraph, Question

KINDS = {"raw": "DataSet", "fg": "FeatureGroup", "churn": "Model", "other": "Model"}


@pytest.fixture
def graph():
    """raw → fg → churn."""
    entities = (Entity(name, "Artifact", kind, name) for name, kind in KINDS.items())
    links = (("raw", "fg"), ("fg", "churn"), ("fg", "other"))
    return LineageGraph.of(entities, (Association(*link, "ContributedTo") for link in links))


def test_what_was_asked_is_told_as_it_was_asked(graph):
    asked = Question("impact", ("fg:fg",), {"depth": 2})

    assert lines_of(State(Answer(graph, ("fg",), asked))) == ("%lineage impact fg:fg --depth 2",)


def test_what_is_selected_is_what_the_line_asks_about(graph):
    state = State(Answer(graph, ("churn",))).selecting("fg")

    assert lines_of(state) == ("%lineage upstream fg:fg",)
    assert lines_of(replace(state, direction="downstream", depth=1)) == (
        "%lineage downstream fg:fg --depth 1",
    )


def test_an_answer_nobody_asked_for_by_a_line_is_asked_from_its_focus(graph):
    one_sided = graph.induced(("raw", "fg", "churn"))

    assert lines_of(State(Answer(one_sided, ("churn",)))) == ("%lineage upstream model:churn",)
    assert lines_of(State(Answer(one_sided, ("raw",)))) == ("%lineage downstream dataset:raw",)
    assert lines_of(State(Answer(graph, ("fg",)))) == ("%lineage show +fg:fg+ --as graph",)


def test_a_part_of_an_answer_is_asked_for_as_that_part(graph):
    asked = State(Answer(graph, ("fg",), Question("show", ("fg:fg",))))

    part = replace(asked, depth=2)

    assert lines_of(part) == ("%lineage show 2+fg:fg+2 --as graph",)


def test_without_a_focus_its_sources_are_what_to_ask_about(graph):
    assert lines_of(State(Answer(graph))) == ("%lineage downstream dataset:raw",)


def test_a_cycle_and_nothing_at_all_have_a_line_as_well():
    cycle = LineageGraph.of(
        (Entity(name, "Artifact", "DataSet", name) for name in "ab"),
        (Association(*pair, "ContributedTo") for pair in ("ab", "ba")),
    )

    assert lines_of(State(Answer(cycle))) == ("%lineage downstream dataset:a",)
    assert lines_of(State(Answer())) == ("%lineage ls",)
