"""The layout: data flows right, edges go round nodes, few cross, and what was there stays."""

import random
import time

import pytest

from sm_lineage_magics.views.picture.layout import Point, Size, Spacing, lay_out
from sm_lineage_magics.views.picture.layout.cycles import back_edges, knots
from sm_lineage_magics.views.picture.layout.layers import layered
from sm_lineage_magics.views.picture.layout.ordering import crossings, order
from sm_lineage_magics.views.picture.layout.ranks import ranks

BOX = Size(140, 40)


def laid(*links, nodes=(), **known):
    names = dict.fromkeys([*nodes, *(name for pair in links for name in pair)])
    return lay_out(dict.fromkeys(names, BOX), [tuple(pair) for pair in links], **known)


def any_graph(seed, size=40, links=60, *, cyclic=False):
    dice = random.Random(seed)
    pairs = [(dice.randrange(size), dice.randrange(size)) for _ in range(links)]
    pairs = [(a, b) if cyclic else (min(a, b), max(a, b)) for a, b in pairs if a != b]
    return [(str(a), str(b)) for a, b in pairs]


def test_the_same_graph_is_always_laid_out_the_same():
    links = any_graph(1)

    assert laid(*links) == laid(*links)


@pytest.mark.parametrize("seed", range(12))
def test_data_flows_to_the_right(seed):
    links = any_graph(seed)
    places = laid(*links).positions

    assert all(places[a].x + BOX.width < places[b].x for a, b in links)


@pytest.mark.parametrize("seed", range(12))
def test_no_two_nodes_touch(seed):
    places = list(laid(*any_graph(seed, cyclic=True)).positions.values())

    for number, one in enumerate(places):
        for other in places[:number]:
            apart_x = abs(one.x - other.x) >= BOX.width + Spacing().component - 0.01
            assert apart_x or abs(one.y - other.y) >= BOX.height + Spacing().row - 0.01


@pytest.mark.parametrize("seed", range(12))
def test_no_edge_runs_through_a_node_it_does_not_belong_to(seed):
    layout = laid(*any_graph(seed))

    for ends, route in layout.routes.items():
        for one, next in zip(route[::2], route[1::2], strict=True):
            for node, centre in layout.positions.items():
                between = one.x < centre.x + BOX.width / 2 and next.x > centre.x - BOX.width / 2
                touching = abs(centre.y - one.y) < BOX.height / 2
                assert node in ends or not (between and touching)


@pytest.mark.parametrize("seed", range(6))
def test_everything_lies_within_the_size_told(seed):
    layout = laid(*any_graph(seed, cyclic=True))
    points = [*layout.positions.values(), *(p for route in layout.routes.values() for p in route)]

    assert (layout.left, layout.top) == (0, 0)
    assert all(0 <= p.x <= layout.width and 0 <= p.y <= layout.height for p in points)


def test_a_chain_is_one_straight_line():
    layout = laid("ab", "bc", "cd")

    assert {point.y for route in layout.routes.values() for point in route} == {20}


def test_a_long_edge_is_level_but_for_its_ends():
    route = laid("ab", "bc", "cd", "de", "ae").routes["a", "e"]

    assert len({point.y for point in route[2:-2]}) == 1


def test_a_cycle_is_drawn_with_one_edge_turned_back():
    layout = laid("ab", "bc", "ca")
    a, c = layout.positions["a"], layout.positions["c"]

    assert a.x < c.x
    assert layout.routes["c", "a"][0].x > layout.routes["c", "a"][-1].x


def test_two_nodes_that_feed_each_other_have_two_lines():
    routes = laid("ab", "ba").routes

    assert routes["a", "b"] != routes["b", "a"][::-1]


def test_a_self_loop_stands_above_its_node():
    layout = laid("aa")

    assert min(point.y for point in layout.routes["a", "a"]) < layout.positions["a"].y - 20


def test_a_known_level_decides_where_a_cycle_is_cut():
    """Of a → b → c → a the edge against the data's known way is the one turned."""
    level = {"b": 0, "c": 1, "a": 2}
    places = laid("ab", "bc", "ca", level=level).positions

    assert places["b"].x < places["c"].x < places["a"].x


def test_parts_that_have_nothing_to_do_with_each_other_do_not_overlap():
    layout = laid("ab", "cd", nodes=["e", "f"])

    assert len({(p.x, p.y) for p in layout.positions.values()}) == 6


def test_links_to_what_is_not_drawn_are_left_out():
    assert lay_out({"a": BOX}, [("a", "gone")]).routes == {}


def test_nothing_takes_no_room():
    assert (laid().width, laid().height) == (0, 0)


@pytest.mark.parametrize("seed", range(8))
def test_a_drawing_that_grows_moves_nothing_that_was_there(seed):
    """As when a node is expanded in the explorer: new nodes left and right of old ones."""
    links = any_graph(seed, size=14, links=20)
    before = laid(*links).positions
    grown = [*links, ("new1", links[0][0]), ("new2", "new1"), (links[3][1], "new3")]

    after = laid(*grown, before=before).positions

    assert {node: point.x for node, point in before.items()} == pytest.approx(
        {node: after[node].x for node in before}
    )
    assert [node for node in before if abs(after[node].y - before[node].y) > 0.01] == []


def test_what_grows_between_two_columns_pushes_the_right_one_on():
    before = laid("ac").positions
    after = laid("ac", "ab", "bc", before=before).positions

    assert after["a"] == pytest.approx(before["a"], abs=60)
    assert after["a"].x < after["b"].x < after["c"].x


def test_a_new_part_comes_beneath_what_was_there():
    before = laid("ab").positions
    after = laid("ab", "cd", before=before)

    assert after.positions["a"] == before["a"]
    assert after.positions["c"].y > before["a"].y + BOX.height


def test_parts_that_grow_into_each_other_are_parted():
    before = {"a": Point(70, 20), "b": Point(70, 74)}
    links = [("x1", "a"), ("x2", "a"), ("x3", "a")]
    places = lay_out(dict.fromkeys(("a", "b", "x1", "x2", "x3"), BOX), links, before).positions

    assert len({places[n].y for n in ("x1", "x2", "x3")}) == 3


def test_crossings_are_counted_pair_by_pair():
    straight = layered([0, 0, 1, 1], [(0, 2), (1, 3)])
    crossed = layered([0, 0, 1, 1], [(0, 3), (1, 2)])

    assert (crossings(straight), crossings(crossed)) == (0, 1)


def test_ordering_takes_out_every_crossing_that_need_not_be():
    layers = layered([0, 0, 0, 1, 1, 1], [(0, 5), (1, 4), (2, 3)])

    assert order(layers) == crossings(layers) == 0


def test_sources_stand_next_to_what_they_feed():
    """A script that feeds the last of three steps stands before it, not at the far left."""
    assert ranks(4, [(0, 1), (1, 2), (3, 2)]) == [0, 1, 2, 1]


def test_back_edges_leave_no_cycle():
    edges = [(0, 1), (1, 2), (2, 0), (2, 3), (3, 1)]
    back = back_edges(4, edges)
    turned = [edge[::-1] if at in back else edge for at, edge in enumerate(edges)]

    assert back and len(set(knots(4, turned))) == 4


def test_nodes_on_a_common_cycle_share_a_knot():
    knot = knots(4, [(0, 1), (1, 0), (1, 2), (2, 3)])

    assert knot[0] == knot[1] and len(set(knot)) == 3


@pytest.mark.parametrize("shape", ["chain", "hub", "long"])
def test_ten_thousand_entities_end(shape):
    """Deep, wide, and with edges across everything; the bound is only against running away."""
    size = 10_000
    links = {
        "chain": [(str(i), str(i + 1)) for i in range(size)],
        "hub": [(str(i), "hub") for i in range(size // 2)],
        "long": [(str(i), str(j)) for i in range(1000) for j in (i + 1, i + 400)],
    }[shape]
    started = time.monotonic()

    layout = laid(*links)

    assert set(layout.routes) == set(links)
    assert time.monotonic() - started < 60
