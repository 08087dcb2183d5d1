"""How one entity leads to another."""

from itertools import pairwise

import pytest

from sm_lineage_magics.model import Association, Entity, LineageGraph
from sm_lineage_magics.query.paths import Paths, Way, between, shortest_paths, simple_paths, way_to


def graph_of(*pairs):
    names = dict.fromkeys(name for pair in pairs for name in pair)
    return LineageGraph.of(
        (Entity(name, "Artifact", "DataSet", name) for name in names),
        (Association(*pair, "ContributedTo") for pair in pairs),
    )


def spelled(paths):
    return ["".join((path[0].source, *(edge.destination for edge in path))) for path in paths.found]


@pytest.fixture
def diamond_with_a_detour():
    return graph_of("ab", "ac", "bd", "cd", "be", "ed", "xd")


def test_all_shortest_paths_and_no_longer_one(diamond_with_a_detour):
    assert spelled(shortest_paths(diamond_with_a_detour, "a", "d")) == ["abd", "acd"]


def test_simple_paths_come_shortest_first_within_their_bounds(diamond_with_a_detour):
    assert spelled(simple_paths(diamond_with_a_detour, "a", "d")) == ["abd", "acd", "abed"]
    assert spelled(simple_paths(diamond_with_a_detour, "a", "d", max_paths=2)) == ["abd", "acd"]
    assert spelled(simple_paths(diamond_with_a_detour, "a", "d", longer=0)) == ["abd", "acd"]


def test_data_does_not_flow_backwards(diamond_with_a_detour):
    assert shortest_paths(diamond_with_a_detour, "d", "a") == Paths()
    assert simple_paths(diamond_with_a_detour, "d", "a") == Paths()


def test_nothing_leads_from_an_entity_to_itself_without_a_cycle():
    assert shortest_paths(graph_of("ab"), "a", "a") == Paths()


def test_a_cycle_on_the_way_is_walked_once():
    assert spelled(simple_paths(graph_of("ab", "ba", "bc"), "a", "c")) == ["abc"]


def test_between_is_everything_on_any_way(diamond_with_a_detour):
    assert set(between(diamond_with_a_detour, "a", "d").entities) == set("abcde")


def test_a_long_chain_does_not_exhaust_the_stack():
    chain = graph_of(*((str(i), str(i + 1)) for i in range(5_000)))

    assert len(shortest_paths(chain, "0", "5000").found[0]) == 5_000


def test_all_paths_of_a_long_chain_are_looked_for_in_time_for_one():
    """Every beginning of a path is looked at; none is copied, or a chain costs its square."""
    names = [str(number) for number in range(10_001)]
    (path,) = simple_paths(graph_of(*pairwise(names)), names[0], names[-1]).found

    assert [edge.destination for edge in path] == names[1:]


def test_a_way_in_a_circle_ends_where_it_began():
    way = way_to(graph_of("ab", "bc", "ca"), ["a"])

    assert [(way(arn).start, way(arn).length) for arn in "abc"] == [("a", 0), ("a", 1), ("a", 2)]


def test_of_a_long_way_the_last_steps_are_kept():
    """All the ways along a chain, each whole, would be millions of steps."""
    last = way_to(graph_of(*((str(i), str(i + 1)) for i in range(5_000))), ["0"])("5000")

    assert (last.start, last.length, len(last.steps)) == ("0", 5_000, 24)
    assert last.steps[-1].pair == ("4999", "5000")


def test_where_no_way_leads_one_begins():
    assert way_to(graph_of("ab", "cb"), ["a"])("c") == Way("c")


def ladder(rungs):
    """Each rung doubles the paths."""
    pairs = [
        ((f"{n}", f"{n}{side}"), (f"{n}{side}", f"{n + 1}")) for n in range(rungs) for side in "lr"
    ]
    return graph_of(*(pair for both in pairs for pair in both))


def test_of_very_many_paths_the_first_are_told_and_that_there_are_more():
    shortest = shortest_paths(ladder(60), "0", "60")
    simple = simple_paths(ladder(60), "0", "60")

    assert len(shortest.found) == len(simple.found) == 100
    assert shortest.cut == simple.cut == "There are more; the first 100 are told."


def test_a_path_longer_than_usual_is_found():
    chain = graph_of(*((str(i), str(i + 1)) for i in range(40)))

    assert len(simple_paths(chain, "0", "40").found[0]) == 40
    assert simple_paths(chain, "0", "40").cut == ""


def test_a_knot_is_not_looked_through_for_ever():
    """Of twenty entities that all lead to each other there are too many ways to see all."""
    names = [f"k{n}" for n in range(20)]
    knot = [(one, other) for one in names for other in names if one != other]
    graph = graph_of(("s", "k0"), ("k0", "d"), *knot)

    found = simple_paths(graph, "s", "d", max_looks=5_000)

    assert [len(path) for path in found.found] == [2]
    assert found.cut == "There are too many ways between them to look at each."


def test_what_is_longer_than_looked_for_is_said():
    around = graph_of("ab", *((str(n), str(n + 1)) for n in range(9)), ("a", "0"), ("9", "b"))

    assert simple_paths(around, "a", "b").cut == "Paths of more than 7 steps are not looked for."
