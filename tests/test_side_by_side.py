"""The page that sets ml-lineage-helper and its drop-in side by side says what the drop-in says."""

import importlib.util
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "how-to" / "side-by-side.md").read_text(encoding="utf-8")
SPEC = importlib.util.spec_from_file_location("side_by_side", ROOT / "scripts" / "side_by_side.py")
script = sys.modules["side_by_side"] = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(script)


def part_of(case):
    """What the page has under the heading of a case."""
    return PAGE.partition(f"## {case.title}\n")[2].partition("\n## ")[0]


@pytest.mark.parametrize("case", script.CASES, ids=lambda case: case.title)
def test_the_page_has_every_case_as_it_is_asked(case):
    assert case.code in part_of(case)
    assert case.why in part_of(case)


# The others read what the old library wrote, which is no part of this project.
@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    "case", [c for c in script.CASES if not c.written_before], ids=lambda case: case.title
)
def test_the_drop_in_answers_as_the_page_says(case):
    library = script.Library.of(script.NEW, "sm_lineage_magics.ml_lineage_helper")
    [(_, text)] = script.answers([library], case)

    assert script.block(library, text) in part_of(case)
