"""The one walk: levels, not entities; lazily; to the end on any graph."""

from sm_lineage_magics.model import crossings, walk


def stepping(links):
    return lambda frontier: [(to, (node, to)) for node in frontier for to in links.get(node, [])]


def test_depth_counts_levels_not_nodes():
    """Two parents on one level cost one level of depth."""
    levels = list(walk(["d"], stepping({"d": ["b", "c"], "b": ["a"], "c": ["a"]}), max_depth=1))

    assert levels == [
        (0, ("d",), ()),
        (1, ("b", "c"), (("d", "b"), ("d", "c"))),
    ]


def test_a_cycle_ends_and_keeps_its_closing_link():
    """The link back to where the walk began is crossed, once."""
    levels = list(walk(["a"], stepping({"a": ["b"], "b": ["a"]})))

    assert levels[-1] == (2, (), (("b", "a"),))


def test_a_self_loop_ends():
    """A node that leads to itself is one level with no new nodes."""
    assert list(walk(["a"], stepping({"a": ["a"]}))) == [
        (0, ("a",), ()),
        (1, (), (("a", "a"),)),
    ]


def test_levels_are_computed_when_asked_for():
    """Taking the first level steps nowhere."""
    asked = []

    def step(frontier):
        asked.append(frontier)
        return [(frontier[0] + 1, None)]

    assert next(walk([0], step)) == (0, (0,), ())
    assert asked == []


def test_crossings_come_one_by_one():
    """A hub's first child is known before its second is looked at."""
    looked_at = []

    def step(frontier):
        for child in range(100):
            looked_at.append(child)
            yield child, ("hub", child)

    assert next(crossings(["hub"], step)) == (1, 0, ("hub", 0), True)
    assert looked_at == [0]


def test_crossings_are_those_of_the_walk():
    step = stepping({"d": ["b", "c"], "b": ["a"], "c": ["a", "d"]})

    assert [link for _, _, link, _ in crossings(["d"], step)] == [
        link for _, _, links in walk(["d"], step) for link in links
    ]
    assert [node for _, node, _, new in crossings(["d"], step) if new] == ["b", "c", "a"]
