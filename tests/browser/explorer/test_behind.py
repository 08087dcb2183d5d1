"""An explorer in a notebook that runs while another window of JupyterLab stands before it."""

import pytest

pytestmark = pytest.mark.browser

# Bring a file's window to the front.
SHOW = """async path => {
    const { commands, shell } = window.jupyterapp;
    await commands.execute('docmanager:open', { path });
    await shell.currentWidget.context.ready;
}"""

# Begin to run the cell; it ends behind another window.
BEGIN = """code => {
    const { commands, shell } = window.jupyterapp;
    shell.currentWidget.content.activeCell.model.sharedModel.setSource(code);
    commands.execute('notebook:run-cell');
}"""

# Whether any of the notebook that stands behind can be seen or clicked on.
HIDDEN = """() => {
    const behind = document.querySelector('.jp-NotebookPanel');
    const { x, y, width, height } = behind.getBoundingClientRect();
    const steps = [0.1, 0.3, 0.5, 0.7, 0.9];
    const met = steps.flatMap(a => steps.map(b =>
        document.elementFromPoint(x + a * width, y + b * height)));
    return !met.some(each => behind.contains(each))
        && getComputedStyle(behind.querySelector('.lineage-search input')).visibility === 'hidden';
}"""

FITTED = """cy => {
    const box = cy.elements().renderedBoundingBox();
    return cy.width() > 500 && box.x1 > -1 && box.x2 < cy.width() + 1 && box.w > cy.width() / 3;
}"""


def test_it_is_fitted_behind_another_window_and_not_to_be_seen_there(its_own, root):
    page = its_own.page
    (root / "other.txt").write_text("Something else.\n")
    page.evaluate(SHOW, "other.txt")
    page.evaluate(SHOW, "lasting.ipynb")
    page.evaluate(BEGIN, "time.sleep(1)\n%lineage upstream endpoint:fraud --depth 3")
    page.evaluate(SHOW, "other.txt")
    page.wait_for_selector(".lineage-lines", state="attached")

    its_own.until(FITTED)
    assert page.evaluate(HIDDEN)
    page.evaluate(SHOW, "lasting.ipynb")
    its_own.until(FITTED)
    its_own.click("fraud/2")
    assert its_own.errors == []
