"""When the live explorer is shown, and what is said and shown where it cannot be."""

import sys

import pytest
from ipywidgets.widgets.widget import _instances

from sm_lineage_magics.magics import loaded
from sm_lineage_magics.magics.exploring import MOST, Explorers
from sm_lineage_magics.model import Answer


@pytest.fixture
def explorers(ip):
    made = Explorers(loaded(ip).session)
    yield made
    made.close()


@pytest.fixture
def notebook(ip, monkeypatch):
    """The shell as in a kernel that a Jupyter server has started."""
    monkeypatch.setattr(ip, "kernel", object(), raising=False)
    monkeypatch.setenv("JPY_SESSION_NAME", "lineage.ipynb")
    return ip


def test_a_terminal_has_nothing_to_show_widgets_in(explorers):
    assert explorers.obstacle == "This shell has no notebook to show widgets in."


def test_a_notebook_that_is_looked_at_has_an_explorer(notebook, explorers):
    assert explorers.obstacle == ""


def test_a_run_without_a_screen_has_the_static_view_alone(notebook, explorers, ask, monkeypatch):
    monkeypatch.delenv("JPY_SESSION_NAME")

    assert explorers.obstacle.startswith("No notebook is connected")
    assert explorers.show(ask("upstream churn")) is False


@pytest.mark.parametrize("module", ["ipywidgets", "ipycytoscape", "sm_lineage_widgets"])
def test_without_its_packages_it_says_which_to_install(notebook, explorers, monkeypatch, module):
    monkeypatch.setitem(sys.modules, module, None)

    assert explorers.obstacle.startswith(f"{module} is not installed")


def test_configuration_switches_it_off_and_the_doctor_says_so(notebook, explorers, ask):
    ask("config explorer=off")
    report = ask("doctor")

    rows = {row[0]: row[1:] for section in report.sections for row in section.rows}
    assert rows["live explorer"] == ("not shown", explorers.obstacle)
    assert "explorer=auto" in explorers.obstacle


def test_the_picture_of_a_report_is_folded_beneath_its_explorer(notebook, ask, capsys):
    """One drawing is enough to look at; the saved notebook keeps the other."""
    told = {}
    for explorer in ("off", "auto"):
        ask(f"config explorer={explorer}")
        told[explorer] = notebook.display_formatter.format(ask("impact fg:customers"))[0]

    assert "<h3>Picture</h3>" in told["off"]["text/html"]
    assert "<details><summary>Picture</summary>" in told["auto"]["text/html"]


def test_where_no_explorer_can_be_drawn_a_line_stands_for_it(notebook, explorers, ask, capsys):
    """GitHub and nbconvert show the text of a widget whose kernel is gone."""
    answer = ask("upstream churn")
    capsys.readouterr()
    explorers.show(answer)

    said = "<Explorer of upstream churn: live while its kernel runs>"
    assert capsys.readouterr().out == f"{said}\n"


def test_a_cell_that_is_run_again_lets_go_of_what_it_showed(notebook, explorers, ask, capsys):
    before = len(_instances)
    answer = ask("upstream churn")
    assert explorers.show(answer)
    held = len(_instances)
    notebook.execution_count += 1
    assert explorers.show(answer)

    assert len(_instances) == held > before


def test_the_oldest_gives_way_when_there_are_many(notebook, explorers, ask, capsys):
    answer = ask("upstream churn")
    for _ in range(MOST + 3):
        explorers.show(answer)

    assert sum(map(len, explorers._live.values())) <= MOST


def test_an_empty_answer_needs_no_explorer(notebook, explorers):
    assert explorers.show(Answer()) is False
