"""The explorer in Notebook 7; after those in JupyterLab, whose kernels `run` stops."""

import pytest

pytestmark = pytest.mark.browser


def test_notebook_7_draws_it_too(run):
    page = run(
        "%load_ext sm_lineage_magics\n%lineage config store=:memory:\n%lineage demo fraud ;",
        "%lineage upstream endpoint:fraud",
        path="notebooks",
        name="seven.ipynb",
    )
    page.wait_for_function(
        "() => document.querySelector('.lineage-canvas')?._cyreg?.cy.nodes().length"
    )
    page.wait_for_selector(".lineage-lines >> text=%lineage upstream endpoint:fraud")
