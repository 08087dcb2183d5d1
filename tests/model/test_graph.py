"""The frozen graph."""

import dataclasses

import pytest

from sm_lineage_magics.model import Association, Entity, LineageGraph


def entity(arn):
    return Entity(arn, "Artifact", "DataSet", arn)


@pytest.fixture
def diamond():
    return LineageGraph.of(
        map(entity, "abcd"), [Association(*pair) for pair in ("ab", "ac", "bd", "cd")]
    )


def test_neighbours_are_one_association_away_and_named_once(diamond):
    assert diamond.upstream_of("d") == ("b", "c")
    assert diamond.upstream_of("bc") == ("a",)
    assert diamond.downstream_of("a") == ("b", "c")
    assert diamond.upstream_of("a") == ()


def test_distances_count_levels_in_either_direction(diamond):
    assert diamond.distances("d", "upstream") == {"d": 0, "b": 1, "c": 1, "a": 2}
    assert diamond.distances("d", "downstream") == {"d": 0}
    assert diamond.distances("b", "both")["c"] == 2


def test_induced_keeps_the_order_asked_for_and_only_what_lies_among_them(diamond):
    induced = diamond.induced("dba")

    assert list(induced.entities) == ["d", "b", "a"]
    assert [edge.pair for edge in induced.associations] == [("a", "b"), ("b", "d")]


def test_of_a_repeated_pair_the_first_counts():
    graph = LineageGraph.of(
        map(entity, "ab"), [Association("a", "b", "Produced"), Association("a", "b", "SameAs")]
    )

    assert [edge.type for edge in graph.associations] == ["Produced"]


def test_both_graphs_as_one(diamond):
    other = LineageGraph.of(map(entity, "de"), [Association("d", "e")])

    union = diamond | other

    assert list(union.entities) == list("abcde")
    assert len(union.associations) == 5


def test_a_graph_is_frozen(diamond):
    with pytest.raises(dataclasses.FrozenInstanceError):
        diamond.entities = {}
    with pytest.raises(TypeError):
        diamond.entities["x"] = entity("x")


def test_a_cycle_and_a_self_loop_end():
    graph = LineageGraph.of(map(entity, "ab"), [Association(*pair) for pair in ("ab", "ba", "aa")])

    assert graph.distances("a", "upstream") == {"a": 0, "b": 1}


def test_a_graph_knows_the_role_of_every_entity():
    graph = LineageGraph.of([Entity("m", "Artifact", "Model"), Entity("x", "Context", "Anything")])

    assert graph.roles == {"m": "model", "x": "other"}
