"""There is always a line that shows the same again."""

from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from IPython.core.interactiveshell import InteractiveShell
from sm_lineage_widgets.details.repeating import line_of_feature, lines_of
from sm_lineage_widgets.state import State

from sm_lineage_magics import demo
from sm_lineage_magics.magics import load, loaded, unload
from sm_lineage_magics.model import Answer, Association, Entity, Home, LineageGraph, Question
from sm_lineage_magics.views.picture.features import Feature

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


def test_a_feature_is_asked_about_and_what_has_it_where_its_name_cannot_be_typed():
    def line(name):
        return line_of_feature(Feature("f", "arn", "claims", (name,), "", (), {}))

    assert line("age of car") == '%lineage impact "fg:claims.age of car"'
    assert [line(name) for name in ("age\n1", "age+", "\u202eega")] == ["%lineage impact arn"] * 3


@pytest.fixture(scope="module")
def shell():
    """A shell whose stores are gone with each extension that is loaded."""
    shell = InteractiveShell()
    shell.history_manager.enabled = False
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SM_LINEAGE_STORE", ":memory:")
        load(shell)
        yield shell
        unload(shell)


def asked_about(shell, graph, arn):
    """What the line shown for an entity of a graph is about, once it is run as a cell."""
    unload(shell)
    load(shell)
    loaded(shell).session.lineage.load(graph)
    (line,) = lines_of(State(Answer(graph, (next(iter(graph.entities)),))).selecting(arn))
    ran = shell.run_cell(f"{line} --quiet")
    ran.raise_error()
    return ran.result.focus


@pytest.mark.parametrize("made", demo.DEMOS)
def test_the_line_of_every_entity_of_the_demos_asks_about_that_one(shell, made):
    graph = getattr(demo, made)().graph
    others = list(graph.entities)[1:]

    assert [asked_about(shell, graph, arn) for arn in others] == [(arn,) for arn in others]


HOME = Home()
NAMES = st.text(
    st.one_of(
        st.sampled_from("\"'\\${}x.+-#;?! \t\n%:/\u202e\u2028é🙂"), st.characters(codec="utf-8")
    ),
    min_size=1,
    max_size=12,
).filter(str.strip)
TYPES = ("Model", "DataSet", "FeatureGroup", "Image", "Odd")


@given(name=NAMES, type=st.sampled_from(TYPES), uri=st.sampled_from(("", "s3://bucket/", "x/")))
@example(name="{run.append(1)}", type="Model", uri="")
@example(name="+a+", type="Model", uri="")
@example(name="x", type="Odd", uri="")
@example(name="--depth", type="Odd", uri="")
@example(name="a\nrun.append(2)", type="Model", uri="")
@settings(deadline=None, max_examples=60)
def test_whatever_an_entity_is_called_its_line_asks_about_it(shell, name, type, uri):
    """With the line pasted into a cell, in a notebook that has variables of such names."""
    shell.user_ns.update(x="other", run=[])
    named = Entity(HOME.artifact("named"), "Artifact", type, name, f"{uri}{name}" if uri else "")
    other = Entity(HOME.artifact("other"), "Artifact", "Model", "other")
    graph = LineageGraph.of([other, named])

    assert asked_about(shell, graph, named.arn) == (named.arn,)
    assert shell.user_ns["run"] == []
