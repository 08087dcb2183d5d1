"""A crowded picture leaves out edges that a longer way shows as well, no others, and says so."""

from itertools import pairwise

import networkx
from hypothesis import given, settings
from hypothesis import strategies as st

from sm_lineage_magics.model import Answer, Association, Entity, LineageGraph
from sm_lineage_magics.query import traverse
from sm_lineage_magics.views.dot import dot
from sm_lineage_magics.views.html import fragment
from sm_lineage_magics.views.mermaid import mermaid
from sm_lineage_magics.views.page import page
from sm_lineage_magics.views.picture import Drawing
from sm_lineage_magics.views.picture.sketch import sketch_of
from sm_lineage_magics.views.picture.thinning import shortcuts
from sm_lineage_magics.views.svg import svg

TYPES = ("DataSet", "Code", "FeatureGroup", "Image", "Checkpoint", "Model")
NOTE = "Not drawn: 120 direct associations of groups, beside a longer way that is drawn."
CROWDED = Drawing(cap=6)

nodes = st.integers(0, 9).map(str)
digraphs = st.sets(st.tuples(nodes, nodes), max_size=40)


def reached(pairs, among):
    graph = networkx.DiGraph(pairs)
    graph.add_nodes_from(among)
    return {node: networkx.descendants(graph, node) for node in among}


@given(digraphs, st.data())
@settings(deadline=None)
def test_without_any_of_the_shortcuts_everything_reaches_what_it_reached(pairs, data):
    spare = sorted(shortcuts(pairs))
    gone = data.draw(st.sets(st.sampled_from(spare))) if spare else set()
    ends = {end for pair in pairs for end in pair}

    assert reached(pairs - gone, ends) == reached(pairs, ends)
    assert reached(pairs - {*spare}, ends) == reached(pairs, ends)


@given(digraphs)
@settings(deadline=None)
def test_without_cycles_what_is_left_is_the_transitive_reduction(pairs):
    pairs = {(min(pair), max(pair)) for pair in pairs if len({*pair}) == 2}
    left = networkx.transitive_reduction(networkx.DiGraph(pairs)).edges

    assert pairs - shortcuts(pairs) == set(left)


def test_what_leads_back_in_a_cycle_is_no_shortcut():
    cycle = [("a", "b"), ("b", "c"), ("c", "a"), ("b", "a"), ("a", "a")]

    assert shortcuts([*cycle, ("a", "c"), ("c", "d"), ("a", "d")]) == {("a", "c"), ("a", "d")}


def entity(name, type):
    return Entity(name, "Artifact", type, name, f"s3://bucket/{name}")


def levels(size=12):
    """Six levels, a type each; every one feeds its like on every further level."""
    names = [[f"{type}{number}" for number in range(size)] for type in TYPES]
    entities = [
        entity(name, type) for type, each in zip(TYPES, names, strict=True) for name in each
    ]
    links = [
        Association(one, other, "ContributedTo")
        for at, level in enumerate(names)
        for further in names[at + 1 :]
        for one, other in zip(level, further, strict=True)
    ]
    return Answer(LineageGraph.of(entities, links))


def joined(answer, drawing=CROWDED):
    """What is joined to what, by the types of the first of them."""
    sketch = sketch_of(answer, drawing)
    first = {label.id: (label.members or (label.id,))[0].rstrip("0") for label in sketch.labels}
    return {tuple(first[end] for end in pair) for pair in sketch.bundles}


def test_a_crowded_picture_draws_no_edge_of_groups_that_a_longer_way_shows():
    assert joined(levels()) == set(pairwise(TYPES))


def test_a_picture_that_can_be_read_draws_every_edge():
    sketch = sketch_of(levels(), Drawing(cap=8))

    assert (len(sketch.groups), len(sketch.bundles), sketch.notes) == (6, 15, ())


def test_edges_between_single_entities_are_always_drawn():
    assert len(joined(levels(1), Drawing(cap=1, keep=[f"{type}0" for type in TYPES]))) == 15


def test_what_is_kept_has_all_its_edges():
    sketch = sketch_of(levels(), Drawing(cap=7, keep=["Model3"]))

    assert len([pair for pair in sketch.bundles if "Model3" in pair]) == 5
    assert sketch.notes


def test_what_was_asked_about_has_all_its_edges():
    graph = levels().graph
    hub = [Association(f"{type}{at}", "Model0") for type in TYPES[:5] for at in range(1, 12)]
    whole = LineageGraph.of(graph.entities.values(), [*graph.associations, *hub])
    sketch = sketch_of(traverse(whole, ["Model0"], "upstream"), CROWDED)

    assert len([pair for pair in sketch.bundles if "Model0" in pair]) == 5
    assert sketch.notes


def test_an_edge_that_is_marked_is_always_drawn():
    skipping = ("DataSet3", "Model3")

    assert joined(levels(), Drawing(6, edge_marks={skipping: "added"})) == {
        *pairwise(TYPES),
        ("DataSet", "Model"),
    }
    assert (
        len(joined(levels(), Drawing(6, marks=dict.fromkeys(levels().graph.entities, "live"))))
        == 15
    )


def test_an_edge_to_what_is_missing_is_always_drawn():
    graph = levels().graph
    gone = [Association(f"{type}0", "gone", "ContributedTo") for type in TYPES]
    sketch = sketch_of(Answer(LineageGraph(graph.entities, (*graph.associations, *gone))), CROWDED)

    assert len([pair for pair in sketch.bundles if "gone" in pair]) == 6
    assert sketch.notes == (NOTE,)


def test_every_drawing_says_how_many_it_leaves_out():
    answer = levels()

    assert sketch_of(answer, CROWDED).notes == (NOTE,)
    assert svg(answer, CROWDED).count(NOTE) == 3
    assert fragment(answer, CROWDED).count(NOTE) == 1
    assert page(answer, CROWDED).count(NOTE) == 3
    assert mermaid(answer, CROWDED).count(NOTE) == 2
    assert dot(answer, CROWDED).count(NOTE) == 1


def test_where_every_edge_is_drawn_nothing_is_said():
    whole = Drawing(cap=8)

    assert "Not drawn" not in svg(levels(), whole) + mermaid(levels(), whole) + dot(levels())
