"""What is left of an explorer: run again, its kernel restarted, its notebook opened again."""

import pytest

pytestmark = pytest.mark.browser

UPSTREAM = "%lineage upstream endpoint:fraud --depth 3"
# Widgets and comms that the kernel holds, and the comms of the page.
HELD = """
import comm, ipywidgets
print(len(ipywidgets.widgets.widget._instances), len(comm.get_comm_manager().comms))
"""
COMMS = "() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel._comms.size"


def test_a_cell_that_is_run_again_leaves_nothing_behind(notebook):
    notebook.draw(UPSTREAM)
    whole(notebook)
    notebook.draw(UPSTREAM)
    whole(notebook)
    before = held(notebook)
    for _ in range(30):
        notebook.draw(UPSTREAM)
    whole(notebook)

    assert min(before) > 20
    assert held(notebook) == before


def held(notebook):
    """How many widgets and comms there are, told without a view being drawn over."""
    return (*map(int, notebook.beside(HELD).split()), notebook.page.evaluate(COMMS))


def whole(notebook):
    """Wait for what comes after the picture."""
    notebook.page.wait_for_selector(".lineage-lines")


def test_without_its_kernel_the_view_says_so_and_the_saved_notebook_has_the_picture(its_own, lab):
    its_own.draw(UPSTREAM)
    page = its_own.page
    page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")
    place = its_own.place("fraud/2")
    its_own.errors.clear()
    page.evaluate(
        "() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()"
    )
    page.wait_for_selector(".lineage-explorer.jupyter-widgets-disconnected")

    said = "() => getComputedStyle(document.querySelector('.lineage-explorer'), '::before').content"
    assert "run the cell again" in page.evaluate(said)
    for _ in range(3):
        page.mouse.move(place[0] - 30, place[1])
        page.mouse.click(*place)
    page.wait_for_timeout(500)
    assert its_own.errors == []

    page.goto(f"{lab}/lab/tree/lasting.ipynb?reset")
    page.wait_for_selector("summary >> text=Picture and table")
    page.click("summary >> text=Picture and table")
    width = "() => document.querySelector('img.lineage-picture')?.naturalWidth"
    page.wait_for_function(f"() => ({width})() > 100")
    page.click(".lineage summary")
    assert page.locator(".lineage table tbody tr:visible").count() >= 5
