"""The explorer in a real JupyterLab in a real Chromium, used as a person uses it."""

import re

import pytest

pytestmark = pytest.mark.browser

DEMO = "%load_ext sm_lineage_magics\n%lineage config store=:memory:\n%lineage demo fraud ;"

# The first canvas on the page, and a function to find a node of it by the start of its label.
CY = "[...document.querySelectorAll('.custom-widget')].map(e => e._cyreg).filter(Boolean)[0].cy"
DRAWN = f"() => {{ try {{ return {CY}.nodes().length > 0 }} catch {{ return false }} }}"
JOB = f"() => {CY}.nodes().some(n => n.visible() && n.data('label').includes('07-20'))"
SHOWN = f"() => {CY}.nodes().filter(n => n.visible()).map(n => n.data('label'))"
PLACE = f"""label => {{
    const cy = {CY};
    const node = cy.nodes().filter(n => n.visible() && n.data('label').startsWith(label))[0];
    const {{x, y}} = node.renderedPosition();
    const box = cy.container().getBoundingClientRect();
    return [x + box.x, y + box.y];
}}"""


@pytest.fixture
def explored(run):
    """The fraud endpoint's lineage, drawn."""
    page = run(DEMO, "%lineage upstream endpoint:fraud --depth 3")
    page.wait_for_function(
        f"() => {{ try {{ return {CY}.nodes().length > 0 }} catch {{ return false }} }}"
    )
    return page


def shown(page):
    return {label.replace("\n", "") for label in page.evaluate(SHOWN)}


def click_on(page, label):
    x, y = page.evaluate(PLACE, label)
    page.mouse.click(x, y)


def panel(page):
    return page.locator(".lineage-panel").first.inner_text()


def test_it_draws_the_answer_above_the_folded_picture(explored):
    assert {"fraud", "fraud/2", "fraud-mitigated"} <= shown(explored)
    assert explored.locator("details > summary", has_text="Picture and table").count() == 1


def test_a_click_tells_the_details_and_expanding_draws_more(explored):
    click_on(explored, "fraud-mitigated")
    explored.wait_for_selector(".lineage-panel >> text=fraud-mitigated")
    assert not explored.evaluate(JOB)

    explored.click("button:has-text('← expand')")
    explored.wait_for_function(JOB)


def test_folding_puts_away_what_lies_beyond(explored):
    click_on(explored, "fraud/2")
    explored.click("button:has-text('← fold')")
    explored.wait_for_function(
        f"() => !{CY}.nodes().some(n => n.visible() && n.data('label') == 'fraud-mitigated')"
    )

    assert "fraud/2" in shown(explored)


def test_search_selects_what_it_finds(explored):
    field = explored.locator("input[placeholder=search]")
    field.fill("mitigated")
    field.press("Enter")
    explored.wait_for_selector(".lineage-panel >> text=fraud-mitigated")

    assert "model" in panel(explored)


def test_the_legend_hides_a_type_and_shows_it_again(explored):
    explored.click("button.lineage-role-image")
    explored.wait_for_function(
        f"() => !{CY}.nodes().some(n => n.visible() && n.data('label').includes('xgboost'))"
    )
    explored.click("button.lineage-role-image")
    explored.wait_for_function(
        f"() => {CY}.nodes().some(n => n.visible() && n.data('label').includes('xgboost'))"
    )


def test_export_writes_a_file_beside_the_notebook(explored, root):
    explored.locator("select:has(option:text('SVG'))").select_option("SVG")
    explored.wait_for_selector("text=written to")

    assert list(root.glob("lineage-upstream-endpoint-fraud*.svg"))


def test_the_canvas_takes_the_page_s_dark_ground(explored):
    explored.emulate_media(color_scheme="dark")
    ground = explored.evaluate(
        "() => getComputedStyle(document.querySelector('.custom-widget')).backgroundColor"
    )

    assert ground == "rgba(0, 0, 0, 0)"


def test_a_script_in_a_name_is_not_run(run):
    page = run(
        DEMO,
        "from sm_lineage_magics.model import Entity, Home, Plan, LineageGraph\n"
        "name = '<img src=x onerror=\"window.hacked=1\">'\n"
        "entity = Entity(Home().artifact('x'), 'Artifact', name, name, name, {name: name})\n"
        "from sm_lineage_magics import Lineage\n"
        "lineage = Lineage.open(':memory:')\n"
        "lineage.backend.apply(Plan.of(LineageGraph.of([entity])))\n"
        "lineage.upstream(entity)",
    )
    page.wait_for_function(
        f"() => {{ try {{ return {CY}.nodes().length > 0 }} catch {{ return false }} }}"
    )
    click_on(page, "<img")
    page.wait_for_selector(".lineage-panel")

    assert page.evaluate("() => window.hacked") is None


def test_a_notebook_reopened_without_its_kernel_still_has_the_picture(explored, root, lab):
    explored.keyboard.press("Control+s")
    explored.wait_for_timeout(2000)
    saved = (root / "test.ipynb").read_text()

    assert "Picture and table" in saved
    assert re.search(r"<img[^>]*lineage-picture", saved.replace('\\"', '"'))


def test_notebook_7_draws_it_too(run):
    page = run(DEMO, "%lineage upstream endpoint:fraud", path="notebooks", name="seven.ipynb")
    page.wait_for_function(
        f"() => {{ try {{ return {CY}.nodes().length > 0 }} catch {{ return false }} }}"
    )

    assert "fraud/2" in shown(page)
