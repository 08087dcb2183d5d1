"""What is said while an account takes its time."""

from sm_lineage_magics.backends.sagemaker.calls.service import Progress
from sm_lineage_magics.magics.waiting import Waiting


def told(*seconds):
    said = []
    waiting = Waiting(said.append)
    for each in seconds:
        waiting(Progress("QueryLineage", 9, each))
    return [line.partition(" in ")[2].partition(",")[0] for line in said]


def test_a_long_question_is_told_of_less_and_less_often():
    assert told(*range(2, 40)) == ["2 s", "4 s", "8 s", "16 s", "32 s"]


def test_another_question_is_told_of_anew():
    assert told(2, 30, 2, 3) == ["2 s", "30 s", "2 s"]
