"""Answers: a sequence of what was found, and what is missing."""

import pytest

from sm_lineage_magics.errors import FormatError
from sm_lineage_magics.model import Answer, Association, Entity, Gap, LineageGraph, Question

GRAPH = LineageGraph.of(
    [Entity(arn, "Artifact", name=arn) for arn in "dcba"],
    [Association(*pair) for pair in ("ab", "bc", "cd")],
)
GAP = Gap("throttled", "QueryLineage", "The service refused for rate.")


def test_an_answer_is_a_sequence_of_everything_but_its_focus():
    answer = Answer(GRAPH, ("d",))

    assert [entity.arn for entity in answer] == ["c", "b", "a"]
    assert (len(answer), answer[0].arn, [e.arn for e in answer[1:]]) == (3, "c", ["b", "a"])


def test_what_was_found_may_be_less_than_what_was_seen():
    answer = Answer(GRAPH, ("d",), found=("a",))

    assert [entity.arn for entity in answer] == ["a"]
    assert "b" in answer.graph


def test_an_answer_with_a_gap_is_not_complete_and_names_it_once():
    answer = Answer(GRAPH, ("d",)).with_gaps([GAP, GAP])

    assert not answer.complete
    assert [str(gap) for gap in answer.gaps] == [
        "throttled at QueryLineage: The service refused for rate."
    ]


def test_an_unknown_format_is_refused_with_those_there_are():
    with pytest.raises(FormatError, match=r"No format .jpeg.\. Expected one of"):
        Answer(GRAPH).to("jpeg")


@pytest.mark.parametrize(
    ("question", "line"),
    [
        (Question("upstream", ("model:churn",)), "upstream model:churn"),
        (
            Question("upstream", ("my model",), {"depth": 3, "as_of": None, "quiet": True}),
            'upstream "my model" --depth 3 --quiet',
        ),
        (Question("models", ("x",), {"type": ["A", "B c"]}), 'models x --type A --type "B c"'),
    ],
)
def test_a_question_reads_as_the_line_that_asks_it(question, line):
    assert str(question) == line


def test_outside_of_a_notebook_it_is_told_in_a_line():
    answer = Answer(GRAPH, ("d",), Question("upstream", ("d",)), (GAP,))

    assert repr(answer) == "<Answer to 'upstream d': 3 entities, 1 gap>"
    assert repr(Answer()) == "<Answer: 0 entities>"


def test_printed_it_is_the_text_it_is_shown_as():
    import sm_lineage_magics.views  # noqa: F401  # it fills the table of formats

    assert str(Answer(GRAPH, ("d",))) == Answer(GRAPH, ("d",)).to("text")
