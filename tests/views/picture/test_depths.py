"""Depth goes by the longest way, so that nothing feeds what is of its own depth."""

from hypothesis import given, settings
from hypothesis import strategies as st

from sm_lineage_magics.views.picture.depths import depths

nodes = st.integers(0, 9).map(str)
links = st.lists(st.tuples(nodes, nodes), max_size=30)


def test_depth_goes_by_the_longest_way():
    ways = [("raw", "model"), ("raw", "clean"), ("clean", "set"), ("set", "model")]

    assert depths(["raw", "clean", "set", "model", "alone"], ways) == {
        "raw": 0,
        "clean": 1,
        "set": 2,
        "model": 3,
        "alone": 0,
    }


def test_links_from_and_to_elsewhere_and_to_itself_do_not_count():
    assert depths(["a", "b"], [("x", "a"), ("a", "a"), ("a", "b"), ("b", "x")]) == {"a": 0, "b": 1}


def test_a_cycle_is_entered_at_what_comes_first_of_it():
    cycle = [("a", "b"), ("b", "c"), ("c", "a"), ("c", "end")]

    assert depths(["b", "a", "c", "end"], cycle) == {"b": 0, "c": 1, "a": 2, "end": 2}


@given(links)
@settings(deadline=None)
def test_without_cycles_every_link_leads_deeper_and_none_deeper_than_it_must(pairs):
    pairs = [(min(pair), max(pair)) for pair in pairs if len({*pair}) == 2]
    depth = depths(map(str, range(10)), pairs)
    sources = {end: [start for start, other in pairs if other == end] for end in depth}

    assert depth == {
        node: max((depth[start] + 1 for start in sources[node]), default=0) for node in depth
    }


@given(links)
@settings(deadline=None)
def test_with_cycles_everything_has_a_depth_too(pairs):
    depth = depths(map(str, range(10)), pairs)

    assert all(0 <= each < 10 for each in depth.values())
