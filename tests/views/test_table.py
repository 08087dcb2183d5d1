"""Tables say what is known, and have no column for what is known of none."""

import re

import pytest

from sm_lineage_magics.model import Answer, Entity, LineageGraph
from sm_lineage_magics.views.markdown import markdown
from sm_lineage_magics.views.table import table

DATA = Entity("a", "Artifact", "DataSet", "raw.csv", "s3://shop/raw.csv")
JOB = Entity("b", "TrialComponent", "TrainingJob", "train", status="Completed")


def heads(html):
    return re.findall(r"<th[^>]*>([^<]*)</th>", html)


def test_a_column_in_which_nothing_is_said_is_left_out():
    assert heads(table(Answer(LineageGraph.of([DATA])))) == ["Name", "What", "Source"]
    assert heads(table(Answer(LineageGraph.of([DATA, JOB])))) == [
        "Name",
        "What",
        "Status",
        "Source",
    ]


def test_an_answer_that_found_nothing_still_says_so():
    html = table(Answer())

    assert heads(html) == []
    assert "Nothing was found." in html


@pytest.mark.parametrize("format", ["grid", "markdown"])
def test_text_and_markdown_leave_it_out_as_well(format):
    assert "Status" not in Answer(LineageGraph.of([DATA])).to(format)


def test_markdown_counts_the_rows_it_leaves_out():
    answer = Answer(LineageGraph.of([DATA, JOB]))

    cut, whole = markdown(answer, limit=1), markdown(answer, limit=2)
    assert cut.count("\n| ") == 3
    assert cut.endswith("1 more rows are not shown here; .df and an exported file have them.\n")
    assert whole == markdown(answer) == answer.to("markdown")
    assert "not shown" not in whole
