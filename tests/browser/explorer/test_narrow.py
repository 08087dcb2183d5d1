"""The explorer in columns of any width, and beside other widgets."""

import pytest

pytestmark = pytest.mark.browser

UPSTREAM = "%lineage upstream endpoint:fraud --depth 3"
WIDTHS = (300, 320, 360, 480, 590, 610, 700, 1000)

# Give every output this width; none of its own for 0.
COLUMN = """width => {
    const style = document.getElementById('column') ?? document.createElement('style');
    style.id = 'column';
    style.textContent = width && `.jp-OutputArea-output{width:${width}px!important;`
        + 'flex:none!important}';
    document.head.append(style);
}"""

# On how many lines the toolbar stands, and what is cut off or reaches beyond the explorer.
STANDS = """() => {
    const explorer = document.querySelector('.lineage-explorer');
    const { right } = explorer.getBoundingClientRect();
    const box = each => each.getBoundingClientRect();
    const seen = [...explorer.querySelectorAll('*')].filter(
        each => each.offsetParent && each.clientWidth > 2
            && !each.matches('.lineage-status *, .lineage-canvas *'));
    return {
        lines: new Set([...explorer.querySelector('.lineage-toolbar').children].map(
            each => box(each).top)).size,
        beyond: seen.filter(each => box(each).right > right + 1).map(each => each.className),
        cut: seen.filter(each => each.scrollWidth > each.clientWidth + 1
            && !each.matches('.lineage-status, .lineage-canvas')).map(each => each.className),
    };
}"""


@pytest.fixture
def column(notebook):
    """Set the width of the column that outputs stand in."""
    yield lambda width: notebook.page.evaluate(COLUMN, width)
    notebook.page.evaluate(COLUMN, 0)


def test_nothing_is_cut_or_overflows_at_any_width(notebook, column):
    found = {}
    for width in WIDTHS:
        column(width)
        notebook.draw(UPSTREAM)
        notebook.page.wait_for_selector(".lineage-lines")
        before = notebook.page.evaluate(STANDS)
        notebook.click("fraud/2")
        found[width] = (before, notebook.page.evaluate(STANDS))

    whole = {width: {"lines": 2 if width < 600 else 1, "beyond": [], "cut": []} for width in WIDTHS}
    assert found == {width: (each, each) for width, each in whole.items()}


@pytest.mark.parametrize("width", [320, 480])
def test_in_a_narrow_column_nothing_moves_the_picture_either(notebook, column, width):
    column(width)

    assert len(notebook.tops(UPSTREAM)) == 1


CHAIN = """
entities = [Entity(f"e{n}", "Artifact", "DataSet", f"e{n}.csv") for n in range(12)]
links = [Association(f"e{n}", f"e{n + 1}", "ContributedTo") for n in range(11)]
answer = Answer(LineageGraph.of(entities, links), ("e0",))
"""
FITTED = """cy => {
    const box = cy.elements().renderedBoundingBox();
    return cy.width() > 200 && box.x1 > -1 && box.x2 < cy.width() + 1 && box.w > cy.width() / 3;
}"""


@pytest.mark.parametrize(
    "beside",
    [
        "ipywidgets.HBox([Explorer(answer), ipywidgets.HTML('beside')])",
        "ipywidgets.HBox([ipywidgets.HTML('beside'), Explorer(answer), Explorer(answer)])",
        "ipywidgets.interactive(lambda n: display(Explorer(answer)), n=(1, 4))",
        "ipywidgets.Stack([ipywidgets.HTML(), Explorer(answer)], selected_index=1)",
        "ipywidgets.AppLayout(left_sidebar=ipywidgets.HTML('left'), center=Explorer(answer))",
    ],
)
def test_beside_other_widgets_it_is_fitted_to_the_room_that_is_left(notebook, beside):
    notebook.draw(CHAIN, "import ipywidgets", beside)

    notebook.until(FITTED)
