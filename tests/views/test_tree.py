"""The tree in plain text: both ways from the focus, nothing twice, never too wide or too long."""

from sm_lineage_magics.model import Answer, Association, Entity, Home, LineageGraph, Question
from sm_lineage_magics.query import traverse
from sm_lineage_magics.views.tree import Limits, tree
from sm_lineage_magics.views.words import columns, one_line, shortened, wrapped


def drawn(focus, *pairs, limits=None, direction="both"):
    names = dict.fromkeys(name for pair in pairs for name in pair)
    graph = LineageGraph.of(
        (Entity(name, "Artifact", "DataSet", name) for name in names),
        (Association(*pair, "ContributedTo") for pair in pairs),
    )
    answer = traverse(graph, [focus], direction).asked(Question("show", (focus,)))
    return tree(answer, limits or Limits()).splitlines()


def test_the_focus_is_the_root_with_sources_and_destinations_told_apart():
    assert drawn("b", "ab", "bc") == [
        "show b",
        "● b · data set",
        "├─← a · data set",
        "└─→ c · data set",
        "2 entities: 2 data sets",
    ]


def test_what_was_drawn_is_not_drawn_again():
    lines = drawn("d", "ab", "bd", "bc", "cd", "xa")

    assert sum("x · data set" in line for line in lines) == 1
    assert any(line.endswith("b · data set (above)") for line in lines)


def test_a_cycle_ends():
    assert len(drawn("a", "ab", "ba")) < 8


def test_many_branches_are_counted():
    pairs = [(f"f{i:02}", "job") for i in range(40)]

    assert "└─ +15 more: 15 data sets" in drawn("job", *pairs)


def test_what_is_deep_goes_on_flush_left():
    pairs = [(f"{i + 1:02}", f"{i:02}") for i in range(30)]
    lines = drawn("00", *pairs, limits=Limits(depth=10))

    assert max(map(columns, lines)) < 60
    assert any(line.startswith("[1] 10") for line in lines)
    assert any("30 · data set" in line for line in lines)


def test_no_line_is_wider_than_allowed():
    long = "x" * 300

    assert max(map(columns, drawn(long, (long + "y", long), limits=Limits(width=60))[1:-1])) <= 60


def test_an_answer_without_a_focus_is_drawn_from_its_sources():
    graph = LineageGraph.of(
        (Entity(name, "Artifact", "DataSet", name) for name in "abc"), [Association("a", "b")]
    )

    assert tree(Answer(graph)).splitlines()[1:-1] == [
        "• a · data set",
        "└─→ b · data set",
        "• c · data set",
    ]


def test_text_is_shortened_in_the_middle_and_counts_wide_characters_twice():
    assert shortened("s3://bucket/very/long/prefix/train.csv", 20) == "s3://bucke…train.csv"
    assert columns("数据") == 4
    assert columns(shortened("数据" * 30, 11)) <= 11


def test_names_are_wrapped_where_they_part():
    assert wrapped("xgboost-reorder-2026", 16, 2) == ("xgboost-reorder-", "2026")
    assert wrapped("transform_orders.py", 17, 2) == ("transform_", "orders.py")
    assert wrapped("xgboost:1.7-1", 11, 2) == ("xgboost:1.", "7-1")


def test_no_character_acts():
    assert one_line("a\x1b[31m\u202eb\nc\ud800") == "a\ufffd[31m\ufffdb c\ufffd"
    assert one_line("same\u200b \u2060same") == "same\ufffd \ufffdsame"
    assert one_line("👩\u200d🔬 क\u200dष") == "👩\u200d🔬 क\u200dष"


def test_what_is_counted_at_a_hub_stands_nowhere_else():
    home = Home()
    hub, *kids = (Entity(home.action(f"n{i:03}"), "Action", name=f"n{i:03}") for i in range(101))
    behind = Entity(home.action("behind"), "Action", name="behind")
    edges = [Association(hub.arn, kid.arn, "ContributedTo") for kid in kids]
    edges.append(Association(kids[-1].arn, behind.arn, "ContributedTo"))
    answer = Answer(LineageGraph.of([hub, *kids, behind], edges), (hub.arn,))

    lines = tree(answer).splitlines()

    assert lines[-2].startswith("└─ +75 more")
    assert len(lines) == 1 + 1 + 25 + 1 + 1
