"""Upstream and downstream over graphs built by hand."""

import pytest

from sm_lineage_magics.model import Association, Entity, EntityFilter, LineageGraph
from sm_lineage_magics.query import ascendants, descendants, traverse


def graph_of(*pairs):
    names = dict.fromkeys(name for pair in pairs for name in pair)
    return LineageGraph.of(
        (Entity(name, "Artifact", "DataSet", name) for name in names),
        (Association(*pair, "ContributedTo") for pair in pairs),
    )


@pytest.fixture
def diamond():
    return graph_of("ab", "ac", "bd", "cd")


def test_ascendants_come_nearest_first(diamond):
    assert list(ascendants(diamond, "d").graph.entities) == ["d", "b", "c", "a"]


def test_associations_are_in_the_order_of_their_ends(diamond):
    """However a store keeps them, the same lineage reads and draws the same."""
    reordered = LineageGraph.of(diamond.entities.values(), reversed(diamond.associations))

    assert ascendants(reordered, "d").graph == ascendants(diamond, "d").graph


def test_depth_counts_levels_not_entities(diamond):
    """Two parents on one level cost one level of depth."""
    answer = ascendants(diamond, "d", max_depth=1)

    assert answer.graph == diamond.induced(["d", "b", "c"])
    assert [entity.name for entity in answer] == ["b", "c"]


def test_what_lies_beyond_the_depth_is_a_gap(diamond):
    (gap,) = ascendants(diamond, "d", max_depth=1).gaps

    assert (gap.kind, gap.where) == ("beyond-depth", "d")


def test_an_answer_that_reached_the_end_is_complete(diamond):
    assert ascendants(diamond, "d", max_depth=2).complete


def test_both_is_up_and_down_and_never_turns_round():
    """A sibling through a shared parent is neither upstream nor downstream."""
    siblings = graph_of("ab", "ac", "bd")

    assert list(traverse(siblings, "b", "both").graph.entities) == ["b", "a", "d"]


def test_a_walk_stops_at_what_it_is_told_to():
    chain = graph_of("ab", "bc", "cd")

    answer = traverse(
        LineageGraph.of(
            [Entity("b", "Artifact", "Model", "b"), *chain.entities.values()], chain.associations
        ),
        "d",
        "upstream",
        stop_at=EntityFilter(types=("Model",)),
    )

    assert [entity.name for entity in answer] == ["c", "b"]


def test_an_entity_that_is_only_named_is_a_missing_gap():
    graph = LineageGraph.of([Entity("b", "Artifact")], [Association("a", "b")])

    assert [(gap.kind, gap.where) for gap in ascendants(graph, "b").gaps] == [("missing", "a")]


def test_a_chain_of_ten_thousand_is_walked_to_its_end():
    chain = graph_of(*((str(i), str(i + 1)) for i in range(10_000)))

    assert len(descendants(chain, ["0"])) == 10_000
