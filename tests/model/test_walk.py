"""The one walk: levels, not entities; lazily; to the end on any graph."""

from sm_lineage_magics.model import Level, walk


def stepping(links):
    return lambda frontier: [(to, (node, to)) for node in frontier for to in links.get(node, [])]


def test_depth_counts_levels_not_nodes():
    """Two parents on one level cost one level of depth."""
    levels = list(walk(["d"], stepping({"d": ["b", "c"], "b": ["a"], "c": ["a"]}), max_depth=1))

    assert levels == [
        Level(0, ("d",), ()),
        Level(1, ("b", "c"), (("d", "b"), ("d", "c"))),
    ]


def test_a_cycle_ends_and_keeps_its_closing_link():
    """The link back to where the walk began is crossed, once."""
    levels = list(walk(["a"], stepping({"a": ["b"], "b": ["a"]})))

    assert levels[-1] == Level(2, (), (("b", "a"),))


def test_a_self_loop_ends():
    """A node that leads to itself is one level with no new nodes."""
    assert list(walk(["a"], stepping({"a": ["a"]}))) == [
        Level(0, ("a",), ()),
        Level(1, (), (("a", "a"),)),
    ]


def test_levels_are_computed_when_asked_for():
    """Taking the first level steps nowhere."""
    asked = []

    def step(frontier):
        asked.append(frontier)
        return [(frontier[0] + 1, None)]

    assert next(walk([0], step)).nodes == (0,)
    assert asked == []
