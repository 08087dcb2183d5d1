"""What a walk answers, on every backend."""

from itertools import pairwise

from sm_lineage_magics.model import EntityFilter


def test_upstream_comes_nearest_first_then_by_name(written):
    diamond = written("ab", "ac", "bd", "cd")

    assert diamond.walk("d", "upstream") == ["b", "c", "a"]


def test_downstream_is_the_other_way(written):
    diamond = written("ab", "ac", "bd", "cd")

    assert diamond.walk("a", "downstream") == ["b", "c", "d"]


def test_the_graph_has_the_focus_and_every_association_crossed(written):
    diamond = written("ab", "ac", "bd", "cd", "xy")
    answer = diamond.traverse("d", "upstream")

    assert diamond.links(answer.graph.associations) == ["ab", "ac", "bd", "cd"]
    assert [diamond.names[arn] for arn in answer.graph.entities] == ["d", "b", "c", "a"]


def test_the_type_of_an_association_is_kept(written):
    (association,) = written("ab").traverse("b", "upstream").graph.associations

    assert association.type == "ContributedTo"


def test_both_is_up_and_down_and_never_turns_round(written):
    """A sibling through a shared parent is neither upstream nor downstream."""
    assert written("ab", "ac", "bd").walk("b", "both") == ["a", "d"]


def test_depth_counts_levels_and_says_what_lies_beyond(written):
    chain = written("ab", "bc", "cd")
    answer = chain.traverse("d", "upstream", max_depth=2)

    assert [entity.name for entity in answer] == ["c", "b"]
    assert [(gap.kind, gap.where) for gap in answer.gaps] == [("beyond-depth", chain.arns["d"])]


def test_a_depth_that_reaches_the_end_is_complete(written):
    assert written("ab", "bc").traverse("c", "upstream", max_depth=2).complete


def test_depth_zero_is_the_start_alone(written):
    answer = written("ab").traverse("b", "upstream", max_depth=0)

    assert (list(answer), [gap.kind for gap in answer.gaps]) == ([], ["beyond-depth"])


def test_a_cycle_ends(written):
    circle = written("ab", "bc", "ca")
    answer = circle.traverse("a", "upstream")

    assert [entity.name for entity in answer] == ["c", "b"]
    assert circle.links(answer.graph.associations) == ["ab", "bc", "ca"]


def test_a_self_loop_ends(written):
    """It is kept, or refused by name: whether the service takes one is not published."""
    loop = written("aa", "ab")
    refused = ["aa"] if loop.receipt.gaps else []

    assert loop.walk("b", "upstream") == ["a"]
    drawn = loop.links(loop.traverse("b", "upstream").graph.associations)
    assert sorted(drawn + refused) == ["aa", "ab"]


def test_several_starts_are_one_question(written):
    two = written("ac", "bd", "ab")

    assert two.walk("cd", "upstream") == ["a", "b"]


def test_a_start_that_is_upstream_of_another_is_still_only_focus(written):
    assert written("ab", "bc").walk("bc", "upstream") == ["a"]


def test_a_walk_stops_at_what_it_is_told_to(written, lineage):
    def make(name):
        return lineage.dataset(name, type="Model" if name == "b" else "DataSet")

    chain = written("ab", "bc", "cd", make=make)

    assert chain.walk("d", "upstream", stop_at=EntityFilter(types=("Model",))) == ["c", "b"]


def test_the_start_is_walked_through_though_it_is_of_the_kind_to_stop_at(written):
    chain = written("ab", "bc")

    assert chain.walk("c", "upstream", stop_at=EntityFilter(types=("DataSet",))) == ["b"]


def test_only_the_entities_wanted_are_found(written, lineage):
    def make(name):
        return lineage.dataset(name, type="Model" if name == "a" else "DataSet")

    chain = written("ab", "bc", make=make)

    assert chain.walk("c", "upstream", only=EntityFilter(types=("Model",))) == ["a"]


def test_no_association_leads_out_of_an_answer_of_only_what_is_wanted(written, lineage):
    """Whether it holds the way to what is wanted is a backend's own affair."""

    def make(name):
        return lineage.dataset(name, type="DataSet" if name == "b" else "Model")

    chain = written("ab", "bc", "cd", make=make)

    graph = chain.traverse("d", "upstream", only=EntityFilter(types=("Model",))).graph

    assert chain.links(graph.associations) in (["cd"], ["ab", "bc", "cd"])
    assert all(end in graph.entities for edge in graph.associations for end in edge.pair)


def test_an_entity_that_does_not_exist_is_a_missing_gap(backend, lineage):
    arn = backend.home.artifact("s3://bucket/nothing.csv")
    answer = backend.traverse([arn], "upstream")

    assert list(answer) == []
    assert [(gap.kind, gap.where) for gap in answer.gaps] == [("missing", arn)]


def test_no_start_is_an_empty_answer(backend):
    answer = backend.traverse([], "both")

    assert (list(answer), answer.complete) == ([], True)


def test_one_level_of_associations_is_what_leads_there(backend, written):
    diamond = written("ab", "ac", "bd", "cd")

    def level(names, direction):
        arns = [diamond.arns[name] for name in names]
        return diamond.links(backend.associations(arns, direction))

    assert level("d", "upstream") == ["bd", "cd"]
    assert level("a", "downstream") == ["ab", "ac"]
    assert level("b", "both") == ["ab", "bd"]
    assert level("", "upstream") == []


def test_more_levels_than_the_service_answers_at_once(written):
    """QueryLineage ends at ten; a chain of fifteen is answered to its end."""
    letters = "abcdefghijklmnop"
    chain = written(*(a + b for a, b in pairwise(letters)))

    assert chain.walk("p", "upstream") == list(reversed(letters[:-1]))


def test_more_neighbours_than_a_page(written):
    """QueryLineage and ListAssociations give pages; none of 120 children is lost."""
    children = [f"child-{number:03}" for number in range(120)]

    assert written(*(("hub", child) for child in children)).walk(["hub"], "downstream") == children
