"""What may not be seen is never told as not recorded: every question, each permission missing."""

import pytest

from sm_lineage_magics import Lineage, emulator
from sm_lineage_magics.backends.sagemaker import SageMakerBackend
from sm_lineage_magics.emulator.faults import Faults
from sm_lineage_magics.errors import AccessDenied

OPERATIONS = (
    "QueryLineage",
    "DescribeArtifact",
    "DescribeAction",
    "DescribeContext",
    "DescribeTrialComponent",
    "ListArtifacts",
    "ListActions",
    "ListContexts",
    "ListTrialComponents",
    "ListAssociations",
)

QUESTIONS = {
    "impact": lambda asked, first, second, group: asked.impact(group),
    "features": lambda asked, first, second, group: asked.features(second),
    "path": lambda asked, first, second, group: asked.path(group, second),
    "diff": lambda asked, first, second, group: asked.diff(first, second),
    "why": lambda asked, first, second, group: asked.why(second),
    "lint of one": lambda asked, first, second, group: asked.lint(second),
    "lint of all": lambda asked, first, second, group: asked.lint(),
}


def ask(question, recorded_account, *denied):
    """The report; None where the question is refused, by an error that names the permission."""
    store, subjects = recorded_account
    client = emulator.client(store, faults=Faults(denied=frozenset(denied)))
    with Lineage(SageMakerBackend.open(client=client)) as asked:
        try:
            return QUESTIONS[question](asked, *subjects)
        except AccessDenied as error:
            assert f"sagemaker:{denied[0]}" in str(error)
            return None


def told(report):
    return (report.summary, [section.rows for section in report.sections])


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("question", QUESTIONS)
def test_a_permission_that_is_missing_is_an_error_or_a_gap(question, operation, recorded_account):
    whole, part = ask(question, recorded_account), ask(question, recorded_account, operation)

    if part is None or told(part) == told(whole):
        return  # refused, or that operation was not needed
    assert [gap for gap in part.gaps if gap.kind == "denied"]
    assert "told at the end" in part.to("text")
    if not question.startswith("lint"):
        assert "ot recorded" not in str(told(part))
    else:
        assert any(line.startswith("Not all could be seen") for line in part.summary)


def test_who_approved_is_not_told_as_unrecorded_by_one_who_may_not_see_it(recorded_account):
    report = ask("why", recorded_account, "DescribeAction", "DescribeContext")

    (approved,) = (line for line in report.summary if line.startswith("Approved by whom?"))
    assert approved.endswith("by whom is not seen, at a time not seen.")
    assert "To record it next time" not in report.to("text")
