"""In a real kernel, through nbclient and papermill: what Run All does with mistakes and results."""

import nbformat
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

LOAD = "%load_ext sm_lineage_magics\n%lineage use local --store :memory:\n%lineage demo fraud;"


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run cells in a kernel of their own; gives the notebook, run as far as it came."""

    def run(*cells, allow_errors=False):
        notebook = nbformat.v4.new_notebook()
        notebook.cells = [nbformat.v4.new_code_cell(cell) for cell in (LOAD, *cells)]
        client = NotebookClient(notebook, timeout=120, kernel_name="python3")
        try:
            client.execute(cwd=str(tmp_path))
        except CellExecutionError:
            if not allow_errors:
                raise
        return notebook.cells[1:]

    return run


def texts(cell, mime="text/plain"):
    return [output["data"][mime] for output in cell.outputs if mime in output.get("data", {})]


def test_answers_are_saved_with_picture_table_and_text(run):
    graph, table, quiet, kept, error, after = run(
        "%lineage upstream model:fraud-mitigated",
        "%lineage models fg:customers",
        "%lineage models fg:customers;",
        "found = %lineage models fg:customers --quiet\nlen(found)",
        "%lineage upstream model:fraud-mitigate",
        "ran_on = True",
        allow_errors=True,
    )

    assert "data:image/svg+xml" in texts(graph, "text/html")[0]
    assert "<table" in texts(table, "text/html")[0]
    assert quiet.outputs == []
    assert texts(kept) == ["2"]
    assert "Did you mean model:fraud-mitigated" in str(error.outputs)
    assert after.execution_count is None


def test_a_mistake_is_one_line_on_the_screen(run):
    (cell,) = run("%lineage upstrem x", allow_errors=True)

    shown = "".join(output.get("text", "") for output in cell.outputs)
    assert "UsageError: No command 'upstrem'. Did you mean upstream?" in shown
    assert "Traceback" not in shown


def test_a_setting_that_is_refused_fails_its_cell(run):
    refused, after = run("%config LineageMagics.depth = -3", "x = 1", allow_errors=True)

    assert "expected a whole number" in "".join(out.get("text", "") for out in refused.outputs)
    assert after.execution_count is None


@pytest.mark.slow
def test_papermill_stops_at_a_mistake(tmp_path):
    papermill = pytest.importorskip("papermill", reason="papermill is not installed")
    notebook = nbformat.v4.new_notebook()
    notebook.cells = [
        nbformat.v4.new_code_cell(cell) for cell in (LOAD, "%lineage upstream nowhere", "x = 1")
    ]
    nbformat.write(notebook, tmp_path / "in.ipynb")

    with pytest.raises(papermill.PapermillExecutionError):
        papermill.execute_notebook(
            str(tmp_path / "in.ipynb"),
            str(tmp_path / "out.ipynb"),
            kernel_name="python3",
            progress_bar=False,
        )
