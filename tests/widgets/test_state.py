"""What an explorer shows follows from its state; every click is a new one."""

from dataclasses import replace

import pytest
from sm_lineage_widgets.state import State

from sm_lineage_magics.model import Answer, Association, Entity, Gap, LineageGraph

TYPES = {"a": "DataSet", "b": "Image", "c": "FeatureGroup", "d": "Model", "e": "DataSet"}


def graph_of(*pairs):
    names = dict.fromkeys(name for pair in pairs for name in pair)
    return LineageGraph.of(
        (Entity(n, "Artifact", TYPES.get(n, "DataSet"), n, f"s3://b/{n}") for n in names),
        (Association(*pair, "ContributedTo") for pair in pairs),
    )


@pytest.fixture
def state():
    """a → c → d, b → d, seen from d."""
    return State(Answer(graph_of("ac", "cd", "bd"), ("d",)))


def shown(state):
    return "".join(sorted(state.visible.entities))


def test_everything_reached_is_shown_at_first(state):
    assert shown(state) == "abcd"


def test_a_role_is_hidden_and_shown_again(state):
    assert shown(state.hiding("image")) == "acd"
    assert shown(state.hiding("image").hiding("image")) == "abcd"


def test_what_was_asked_about_is_never_hidden(state):
    assert "d" in shown(state.hiding("model"))


def test_what_lies_behind_a_hidden_role_stays_seen(state):
    """Hiding feature groups does not take the raw data away."""
    assert shown(state.hiding("feature-group")) == "abd"


def test_folding_puts_away_what_is_only_reached_there(state):
    assert shown(state.folding("c", "upstream")) == "bcd"
    assert shown(state.folding("c", "upstream").unfolding("c", "upstream")) == "abcd"


def test_depth_counts_levels_from_the_focus(state):
    assert shown(replace(state, depth=1)) == "bcd"


def test_direction_shows_one_side(state):
    grown = state.grown(Answer(graph_of("de")))

    assert shown(grown) == "abcde"
    assert shown(replace(grown, direction="downstream")) == "de"
    assert shown(replace(grown, direction="upstream")) == "abcd"


def test_what_a_backend_adds_keeps_the_focus_and_brings_its_gaps(state):
    gap = Gap("throttled", "QueryLineage", "Ask again.")

    grown = state.grown(Answer(graph_of("xa"), ("a",), gaps=(gap,)))

    assert grown.answer.focus == ("d",)
    assert grown.answer.gaps == (gap,)
    assert shown(grown) == "abcdx"


def test_search_selects_the_first_hit_and_goes_round(state):
    found = state.searching("S3://B/")

    assert found.hits == ("a", "c", "d", "b")
    assert found.selected == "a"
    assert found.next_hit().selected == "c"
    assert found.next_hit(-1).selected == "b"


def test_a_search_for_nothing_finds_nothing(state):
    assert state.searching(" ").hits == ()
    assert state.searching("nowhere").selected is None
    assert state.selecting("c").searching("nowhere").selected is None
    assert state.selecting("c").searching("").selected == "c"
    assert state.searching("nowhere").next_hit().selected is None


def test_without_a_search_everything_shown_is_gone_through(state):
    shown = tuple(state.visible.entities)
    forth, back = [state.next_hit()], [state.next_hit(-1)]
    for _ in shown[1:]:
        forth.append(forth[-1].next_hit())
        back.append(back[-1].next_hit(-1))

    assert tuple(each.selected for each in forth) == shown
    assert tuple(each.selected for each in back) == shown[::-1]


def test_the_way_to_what_is_selected_is_lit(state):
    assert state.selecting("a").lit == frozenset("acd")
    assert state.selecting("d").lit == frozenset()


def test_an_answer_without_a_focus_is_shown_whole():
    assert shown(State(Answer(graph_of("ab", "xy")))) == "abxy"


def test_a_cycle_is_shown_once():
    assert shown(State(Answer(graph_of("ab", "ba"), ("a",)))) == "ab"


def test_what_lay_beyond_the_depth_is_no_gap_once_all_of_the_border_was_asked():
    """a → c → d and b → d, seen from d: c and b are the border."""
    gap = Gap("beyond-depth", "d", "At least 1 more lie upstream; ask with a larger --depth.")
    state = State(Answer(graph_of("cd", "bd"), ("d",), gaps=(gap,)))

    once = state.grown(Answer(graph_of("ac")), ("c", "upstream"))
    elsewhere = once.grown(Answer(graph_of("xa")), ("a", "upstream"))
    twice = elsewhere.grown(Answer(graph_of("b")), ("b", "upstream"))

    assert (once.answer.gaps, elsewhere.answer.gaps, twice.answer.gaps) == ((gap,), (gap,), ())


def test_of_two_ways_that_went_on_the_one_that_was_asked_is_no_gap_any_more():
    """b → c → d, seen from c."""
    up = Gap("beyond-depth", "c", "At least 1 more lie upstream; ask with a larger --depth.")
    down = Gap("beyond-depth", "c", "At least 1 more lie downstream; ask with a larger --depth.")
    state = State(Answer(graph_of("bc", "cd"), ("c",), gaps=(up, down)))

    further_down = state.grown(Answer(graph_of("de")), ("d", "downstream"))
    both = further_down.grown(Answer(graph_of("ab")), ("b", "upstream"))

    assert (further_down.answer.gaps, both.answer.gaps) == ((up,), ())
