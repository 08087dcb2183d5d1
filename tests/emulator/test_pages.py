"""Pages are cut from one running answer, and from a new one when that is gone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sm_lineage_magics.emulator.pages import Pages
from sm_lineage_magics.emulator.refusal import Refusal


class Counted:
    """An answer that counts how often it began and how far it ran."""

    def __init__(self, size: int) -> None:
        self.size, self.begun, self.given = size, 0, 0

    def __call__(self) -> Iterator[int]:
        self.begun += 1
        for number in range(self.size):
            self.given += 1
            yield number


def test_an_answer_runs_no_further_than_one_past_its_page() -> None:
    answer, pages = Counted(1000), Pages()
    first, token = pages.cut("q", answer, 10)
    assert (first, answer.given) == (list(range(10)), 11)
    second, _ = pages.cut("q", answer, 10, token)
    assert (second, answer.given, answer.begun) == (list(range(10, 20)), 21, 1)


def test_the_last_page_has_no_token() -> None:
    pages = Pages()
    _, token = pages.cut("q", Counted(4), 2)
    assert pages.cut("q", Counted(4), 2, token) == ([2, 3], None)
    assert pages.cut("empty", Counted(0), 2) == ([], None)


def test_a_token_asked_twice_gives_the_same_page() -> None:
    answer, pages = Counted(30), Pages()
    _, token = pages.cut("q", answer, 10)
    assert pages.cut("q", answer, 10, token)[0] == pages.cut("q", answer, 10, token)[0]
    assert answer.begun == 2


def test_a_token_of_another_process_works() -> None:
    _, token = Pages().cut("q", Counted(30), 10)
    assert Pages().cut("q", Counted(30), 10, token)[0] == list(range(10, 20))


def test_only_so_many_answers_wait() -> None:
    pages = Pages(most=2)
    answers = {name: Counted(30) for name in "abc"}
    tokens = {name: pages.cut(name, answers[name], 10)[1] for name in "abc"}
    for name in "cba":
        pages.cut(name, answers[name], 10, tokens[name])
    assert [answers[name].begun for name in "abc"] == [2, 1, 1]


@pytest.mark.parametrize("token", ["x", "", "W10=", "WzEsIDJd", "Int7"])
def test_a_token_that_was_never_given_is_refused(token: str) -> None:
    with pytest.raises(Refusal, match="NextToken"):
        Pages().cut("q", Counted(3), 1, token)


def test_ten_thousand_pages_are_no_deeper_than_one() -> None:
    pages, answer, token = Pages(), Counted(10_000), None
    for _ in range(10_000):
        _, token = pages.cut("q", answer, 1, token)
    assert (token, answer.begun) == (None, 1)
