"""The notebooks keep their own rules, run in a real kernel, and answer as they have saved."""

import re
import time
from pathlib import Path

import nbformat
import pytest
import run_notebooks

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
# Each says what it installs; those with objects of the SDK run where the SDK is.
WITH_SDK_2 = [path for path in NOTEBOOKS if "[sandbox,sdk-v2]" in path.read_text(encoding="utf-8")]
PLAIN = [path for path in NOTEBOOKS if path not in WITH_SDK_2]


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def path(request):
    return request.param


@pytest.fixture
def notebook(path):
    return nbformat.read(path, as_version=4)


def runs(notebook):
    """The code cells that are run: not those tagged otherwise."""
    return [
        cell
        for cell in notebook.cells
        if cell.cell_type == "code" and "skip-execution" not in cell.metadata.get("tags", ())
    ]


def named(paths, marks=()):
    return [pytest.param(each, id=each.stem, marks=marks) for each in paths]


@pytest.mark.slow
@pytest.mark.parametrize("path", [*named(PLAIN), *named(WITH_SDK_2, pytest.mark.sdk_v2)])
def test_it_answers_as_it_has_saved(path, notebook):
    """Within two minutes; `scripts/notebooks` saves what has changed for good."""
    began = time.monotonic()
    now = run_notebooks.executed(path)

    assert run_notebooks.differences(notebook, now) == ""
    assert time.monotonic() - began < 120


def test_nothing_it_shows_is_a_traceback(notebook):
    """What fails while an output is drawn fails no cell."""
    shown = [str(output) for cell in notebook.cells for output in cell.get("outputs", ())]

    assert [each for each in shown if "Traceback" in each] == []


def test_it_has_more_prose_than_code(notebook):
    prose = sum(cell.cell_type == "markdown" for cell in notebook.cells)

    assert 8 <= len(runs(notebook)) <= 20
    assert prose >= len(runs(notebook))


def test_the_first_answer_comes_by_the_third_cell(notebook):
    first = [output for cell in runs(notebook)[:3] for output in cell.outputs]

    assert any(output.get("data", {}).get("text/html") for output in first)


def test_it_ends_with_clean_up_and_the_same_on_aws(notebook):
    headings = [
        cell.source.partition("\n")[0].lstrip("# ")
        for cell in notebook.cells
        if cell.cell_type == "markdown" and cell.source.startswith("#")
    ]

    assert {"Try it", "Clean up", "The same on AWS"} <= set(headings)


def test_it_is_saved_with_a_picture_and_reads_without_a_kernel(notebook):
    saved = [output for cell in runs(notebook) for output in cell.outputs]
    pictures = [
        o for o in saved if "data:image/svg+xml" in str(o.get("data", {}).get("text/html", ""))
    ]

    assert pictures
    assert [
        o for o in saved if "application/vnd.jupyter.widget-view+json" in o.get("data", {})
    ] == []


def test_it_is_saved_whole_and_in_order(notebook):
    assert [cell.execution_count for cell in runs(notebook)] == list(
        range(1, len(runs(notebook)) + 1)
    )


def test_nothing_of_the_machine_it_ran_on_is_saved(path):
    assert re.findall(r"/(?:tmp|root|home|work|Users)/", path.read_text()) == []
