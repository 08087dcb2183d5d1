"""Drawn graphs and questions: every backend answers as networkx does."""

import networkx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

NAMES = "abcdefgh"

edges = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=16)
starts = st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True)
directions = st.sampled_from(["upstream", "downstream", "both"])
depths = st.one_of(st.none(), st.integers(0, 4))


def expected(edges, starts, direction, depth):
    """By name: the distance from the nearest start, as networkx finds it."""
    graph = networkx.DiGraph(edges)
    graph.add_nodes_from(NAMES)
    views = {"upstream": [graph.reverse()], "downstream": [graph]}
    views["both"] = [*views["upstream"], *views["downstream"]]
    found = {}
    for view in views[direction]:
        for start in starts:
            reached = networkx.single_source_shortest_path_length(view, start, cutoff=depth)
            for name, distance in reached.items():
                found[name] = min(distance, found.get(name, distance))
    return found


def crossed(edges, starts, direction, depth):
    """The edges a walk crosses: those that leave what lies nearer than its depth."""
    links = set()
    for way in ("upstream", "downstream") if direction == "both" else (direction,):
        near = expected(edges, starts, way, depth)
        for source, destination in edges:
            end = destination if way == "upstream" else source
            if end in near and (depth is None or near[end] < depth):
                links.add(source + destination)
    return sorted(links)


@given(edges=edges, starts=starts, direction=directions, depth=depths)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_walk_is_what_networkx_finds(
    open_backend, lineage, written_in, edges, starts, direction, depth
):
    drawn = written_in(open_backend(), lineage.graph(*edges, alone=NAMES))
    answer = drawn.traverse(starts, direction, max_depth=depth)
    distances = expected(edges, starts, direction, depth)
    taken = [edge for edge in edges if drawn.holds(*edge)]

    in_order = sorted(distances, key=lambda name: (distances[name], name))
    assert [drawn.names[arn] for arn in answer.graph.entities] == in_order
    assert [entity.name for entity in answer] == [n for n in in_order if n not in starts]
    assert drawn.links(answer.graph.associations) == crossed(taken, starts, direction, depth)


@given(edges=edges, starts=starts, direction=st.sampled_from(["upstream", "downstream"]))
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_an_answer_is_complete_exactly_when_nothing_lies_beyond(
    open_backend, lineage, written_in, edges, starts, direction
):
    drawn = written_in(open_backend(), lineage.graph(*edges, alone=NAMES))
    deeper = expected(edges, starts, direction, None).keys()

    answer = drawn.traverse(starts, direction, max_depth=2)
    assert answer.complete == (deeper == expected(edges, starts, direction, 2).keys())
