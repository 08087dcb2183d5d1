"""How notebooks are run: in a folder of their own, whole, and saved without what varies."""

import os

import nbformat
import pytest
import run_notebooks
from nbclient.exceptions import CellExecutionError
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

# Each starts a kernel.
pytestmark = pytest.mark.slow


@pytest.fixture
def written(tmp_path):
    def write(*sources, skipped=()):
        cells = [new_code_cell(source) for source in sources]
        cells += [new_code_cell(each, metadata={"tags": ["skip-execution"]}) for each in skipped]
        path = tmp_path / "notebook.ipynb"
        nbformat.write(new_notebook(cells=[new_markdown_cell("# Title"), *cells]), path)
        return path

    return write


def test_a_notebook_runs_in_its_own_folder_and_leaves_nothing(written):
    before = dict(os.environ)
    notebook = run_notebooks.executed(
        written("import os", "open('made.txt', 'w').close()", "print(os.getcwd(), os.listdir())")
    )

    assert run_notebooks.transcript(notebook).splitlines()[-1] == "~ ['made.txt']"
    assert dict(os.environ) == before


def test_the_store_is_in_that_folder_and_settings_are_not_inherited(written, monkeypatch):
    monkeypatch.setenv("SM_LINEAGE_BACKEND", "sagemaker")
    path = written("import os", "sorted(k for k in os.environ if k.startswith('SM_LINEAGE'))")

    assert "['SM_LINEAGE_STORE']" in run_notebooks.transcript(run_notebooks.executed(path))


def test_a_notebook_says_in_its_first_cell_what_it_needs(written):
    """And is left out where that is not."""
    notebook = nbformat.read(
        written("1", skipped=['%pip install "sm_lineage_magics[sandbox,sdk-v9]"']), as_version=4
    )
    notebook.cells.insert(1, notebook.cells.pop())

    assert run_notebooks.needs(notebook) == {"sandbox", "sdk-v9"}
    assert run_notebooks.missing(notebook) == {"sdk-v9"}


def test_cells_tagged_so_are_not_run_and_not_in_the_transcript(written):
    notebook = run_notebooks.executed(written("1 + 1", skipped=["raise SystemError"]))

    assert run_notebooks.transcript(notebook) == ">>> 1 + 1\n2\n"


def test_what_is_printed_in_pieces_is_one_output(written):
    notebook = run_notebooks.executed(
        written("print('one', end='', flush=True); import time; time.sleep(1); print(' two')")
    )

    assert run_notebooks.transcript(notebook).splitlines()[-1] == "one two"


def test_a_cell_that_fails_fails_the_notebook(written):
    with pytest.raises(CellExecutionError, match="no such thing"):
        run_notebooks.executed(written("raise ValueError('no such thing')"))


def test_twice_the_same_notebook_is_the_same_file(written):
    path = written("from datetime import date", "6 * 7", "import sys; print('hello')")

    assert run_notebooks.executed(path) == run_notebooks.executed(path)


def test_a_live_widget_is_not_saved_its_picture_is(written):
    shown = {"text/plain": "a tree", "application/vnd.jupyter.widget-view+json": {"model_id": "1"}}
    path = written(f"from IPython.display import display; display({shown!r}, raw=True)")

    (_, cell) = run_notebooks.executed(path).cells

    assert cell.outputs[0].data == {"text/plain": "a tree"}


def test_differences_are_told_but_not_those_of_time():
    def answering(text):
        output = {"output_type": "stream", "name": "stdout", "text": text}
        cell = new_code_cell("ask", id="ask", outputs=[nbformat.from_dict(output)])
        return new_notebook(cells=[cell])

    today, tomorrow = answering("at 2026-01-01 10:00"), answering("at 2026-01-02 11:30:05.5Z")
    one, other = (
        answering("job-2026-01-01-10-00-00-123 of 2f9c1a3e-0b1d-4c5e-8f7a-0123456789ab"),
        answering("job-2026-01-02-11-30-05-999 of 11111111-2222-4333-8444-555555555555"),
    )

    assert run_notebooks.differences(one, other) == ""
    assert run_notebooks.differences(today, tomorrow) == ""
    assert run_notebooks.same(today, tomorrow)
    assert not run_notebooks.same(today, answering("at noon"))
    assert "+at noon" in run_notebooks.differences(today, answering("at noon"))


def test_what_is_asked_for_on_the_command_line_is_done(written, monkeypatch, capsys):
    """Run alone it saves; a check says what has changed since, and touches nothing."""

    def told(*arguments):
        monkeypatch.setattr("sys.argv", ["run_notebooks.py", *map(str, arguments)])
        return run_notebooks.main(), capsys.readouterr().out

    path = written("6 * 7")
    assert told(path) == (0, f"{path}: saved\n")
    assert told("--check", path) == (0, f"{path}: as saved\n")
    assert told("--print", path) == (0, ">>> 6 * 7\n42\n\n")
    path.write_text(path.read_text().replace("6 * 7", "6 * 9"))
    before = path.read_text()

    status, said = told("--check", path)

    assert (status, said.splitlines()[0]) == (1, f"{path}: has changed")
    assert "-42" in said and "+54" in said
    assert path.read_text() == before
