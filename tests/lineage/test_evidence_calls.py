"""What the questions of evidence cost in an account: nothing is asked twice."""

from collections import Counter

import pytest

from sm_lineage_magics import Lineage, emulator
from sm_lineage_magics.backends.sagemaker import SageMakerBackend

UPSTREAM = 17  # a page, and each of 16 entities once

CALLS = {
    "features": (UPSTREAM, lambda asked, first, second, group: asked.features(second)),
    # The nearest approval and deployment, what became of them, and their tags.
    "why": (UPSTREAM + 10, lambda asked, first, second, group: asked.why(second)),
    # The schemas of two feature groups as they are now.
    "lint of one": (UPSTREAM + 9, lambda asked, first, second, group: asked.lint(second)),
    # Who drew the steps: one list for each entity on the way.
    "path": (22, lambda asked, first, second, group: asked.path(group, second)),
    "diff": (35, lambda asked, first, second, group: asked.diff(first, second)),
    "impact": (31, lambda asked, first, second, group: asked.impact(group)),
}


@pytest.fixture
def asked(recorded_account, tmp_path):
    """Lineage of the account, and each call it makes with what is asked in it."""
    store, subjects = recorded_account
    backend = SageMakerBackend.open(client=emulator.client(store), memory=tmp_path / "known.db")
    calls, call = Counter(), backend.service.call

    def counted(operation, **request):
        calls[operation, repr(request)] += 1
        return call(operation, **request)

    backend.service.call = counted
    with Lineage(backend) as lineage:
        yield lineage, subjects, calls


def test_the_lineage_of_a_model_is_what_the_others_are_held_against(asked):
    lineage, (_, second, _), calls = asked
    lineage.upstream(second)

    assert calls.total() == UPSTREAM


@pytest.mark.parametrize("question", CALLS)
def test_a_question_makes_so_many_calls_and_none_of_them_twice(question, asked):
    lineage, subjects, calls = asked
    number, ask = CALLS[question]
    ask(lineage, *subjects)

    assert calls.total() == number
    assert [call for call, times in calls.items() if times > 1] == []
