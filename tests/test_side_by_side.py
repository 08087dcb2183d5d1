"""The page that sets ml-lineage-helper and its drop-in side by side says what the drop-in says."""

from pathlib import Path

import pytest
from side_by_side.answers import answers
from side_by_side.examples import EXAMPLES
from side_by_side.faults import FAULTS
from side_by_side.libraries import NEW, Library
from write_side_by_side import block

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "how-to" / "side-by-side.md").read_text(encoding="utf-8")
CASES = (*EXAMPLES, *FAULTS)


def part_of(case):
    """What the page has under the heading of a case."""
    return PAGE.partition(f"## {case.title}\n")[2].partition("\n## ")[0]


def test_the_page_has_these_cases_and_no_other():
    headings = [line[3:] for line in PAGE.splitlines() if line.startswith("## ")]

    assert headings == [case.title for case in CASES]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_the_page_has_every_case_as_it_is_asked(case):
    assert case.code in part_of(case)
    assert case.why in part_of(case)


# The others read what the old library wrote, which is no part of this project.
@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    "case", [c for c in CASES if not c.written_before], ids=lambda case: case.title
)
def test_the_drop_in_answers_as_the_page_says(case):
    library = Library.of(NEW, "sm_lineage_magics.ml_lineage_helper")
    [(_, text)] = answers([library], case)

    assert block(library, text) in part_of(case)
