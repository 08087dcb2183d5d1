"""The explorer in a real JupyterLab in a real Chromium, used as a person uses it."""

import json

import pytest

pytestmark = pytest.mark.browser

UPSTREAM = "%lineage upstream endpoint:fraud --depth 3"
NAMED = "n => n.visible() && n.data('label').replaceAll('\\n', '').includes(name)"
THERE = f"(cy, name) => cy.nodes().some({NAMED})"
GONE = f"(cy, name) => !cy.nodes().some({NAMED})"

# 60 models of one data set, beside 3 that have a model package.
MANY = """
models = [Entity(f"m{n}", "Artifact", "Model", f"model-{n}") for n in range(60)]
graph = LineageGraph.of([Entity("raw", "Artifact", "DataSet", "raw.csv"), *models],
                        [Association("raw", each.arn, "ContributedTo") for each in models])
answer = Answer(graph, ("raw",))
"""


@pytest.fixture
def explored(notebook):
    """The fraud endpoint's lineage, drawn."""
    notebook.draw(UPSTREAM)
    return notebook


def test_it_draws_the_answer_above_the_folded_picture(explored):
    assert {"fraud", "fraud/2", "fraud-mitigated"} <= explored.shown()
    assert explored.page.locator("details > summary", has_text="Picture and table").count() == 1


def test_a_click_tells_the_details_and_expanding_draws_more(explored):
    explored.click("fraud-mitigated")
    assert "fraud-mitigated" in explored.panel()
    assert explored.canvas(GONE, "07-20")

    explored.page.click("button:has-text('← expand')")
    explored.until(THERE, "07-20")


def test_what_is_too_long_for_the_line_beneath_the_pointer_ends_in_dots(notebook):
    notebook.draw(MANY, "Explorer(answer)")
    notebook.page.mouse.move(*notebook.place("60 models"))
    said = notebook.page.locator(".lineage-status .lineage-panel")
    said.get_by_text("model-11").wait_for()
    notebook.page.set_viewport_size({"width": 700, "height": 1200})

    shown = said.evaluate("each => [each.clientWidth < each.scrollWidth, each.clientWidth < 700]")
    notebook.page.set_viewport_size({"width": 1400, "height": 1200})
    assert shown == [True, True]


def test_folding_puts_away_what_lies_beyond(explored):
    explored.click("fraud/2")
    explored.page.click("button:has-text('← fold')")
    explored.until(GONE, "fraud-mitigated")

    assert "fraud/2" in explored.shown()


def test_search_selects_what_it_finds(explored):
    field = explored.page.locator(".lineage-search input")
    field.fill("mitigated")
    field.press("Enter")
    explored.page.wait_for_selector(".lineage-card >> text=fraud-mitigated")

    assert "model" in explored.panel()


def test_the_legend_hides_a_type_and_shows_it_again(explored):
    explored.page.click("button.lineage-role-image")
    explored.until(GONE, "xgboost")
    explored.page.click("button.lineage-role-image")
    explored.until(THERE, "xgboost")


def test_a_group_opens(notebook):
    notebook.draw(MANY, "Explorer(answer)")
    assert "60 models" in notebook.shown()

    notebook.click("60 models")
    notebook.page.click("button:has-text('show 20 more')")
    notebook.until(THERE, "+40 models")
    notebook.until(THERE, "model-19")

    assert "model-20" not in notebook.shown()


# Entry of the menu → ending of the file, and whether it reads as that.
FORMATS = {
    "SVG": (".svg", lambda text: text.startswith("<svg")),
    "HTML": (".html", lambda text: text.startswith("<!doctype html>") and "07-20" in text),
    "Mermaid": (".mmd", lambda text: text.startswith("flowchart")),
    "DOT": (".dot", lambda text: text.startswith("digraph")),
    "JSON": (".json", lambda text: bool(json.loads(text)["graph"]["entities"])),
}


def test_every_format_of_the_menu_is_written_beside_the_notebook(explored, root):
    """What was expanded is in the page as well."""
    before = set(root.glob("lineage-*"))
    explored.click("fraud-mitigated")
    explored.page.click("button:has-text('← expand')")
    explored.until(THERE, "07-20")

    for format, (ending, _) in FORMATS.items():
        explored.page.get_by_label("Save the picture to a file").select_option(format)
        explored.page.wait_for_selector(f".lineage-status >> text={ending}")

    written = {
        path.suffix: path.read_text("utf-8") for path in set(root.glob("lineage-*")) - before
    }
    assert {ending: read(written[ending]) for ending, read in FORMATS.values()} == dict.fromkeys(
        written, True
    )


def test_the_browser_saves_a_png(explored, tmp_path):
    with explored.page.expect_download() as download:
        explored.page.get_by_label("Save the picture to a file").select_option("PNG")

    download.value.save_as(tmp_path / "lineage.png")
    assert (tmp_path / "lineage.png").read_bytes()[:4] == b"\x89PNG"


def test_two_explorers_in_one_cell_share_nothing(notebook):
    notebook.draw(MANY, "display(Explorer(answer), Explorer(answer))", number=2)

    notebook.click("raw", at=1)

    assert "raw.csv" in notebook.panel(1)
    assert "raw.csv" not in notebook.panel(0)


FITTED = """cy => {
    const box = cy.elements().renderedBoundingBox();
    return cy.width() > 500 && box.x1 > -1 && box.x2 < cy.width() + 1 && box.w > cy.width() / 3;
}"""


@pytest.mark.parametrize("kind", ["Tab", "Accordion"])
def test_a_view_behind_another_is_fitted_once_it_is_shown(notebook, kind):
    notebook.run(
        WIDE, "import ipywidgets", f"ipywidgets.{kind}([ipywidgets.HTML(), Explorer(answer)])"
    )
    notebook.page.locator(TABS[kind]).nth(1).click()

    notebook.until(FITTED)
    notebook.click("e0")


# What opens the other half of a container.
TABS = {
    "Tab": ".jupyter-widget-tab .lm-TabBar-tab",
    "Accordion": ".jupyter-widget-Collapse-header",
}
# A chain that is wider than the page is without being made smaller.
WIDE = """
entities = [Entity(f"e{n}", "Artifact", "DataSet", f"e{n}.csv") for n in range(12)]
links = [Association(f"e{n}", f"e{n + 1}", "ContributedTo") for n in range(11)]
answer = Answer(LineageGraph.of(entities, links), ("e0",))
"""


# Run this beside the cell without waiting for it; what it prints comes later.
BEGIN = """code => {
    const { kernel } = window.jupyterapp.shell.currentWidget.sessionContext.session;
    window.printed = '';
    kernel.requestExecute({ code }).onIOPub = message => {
        window.printed += message.content.text ?? '';
    };
}"""


def test_it_is_walked_about_in_while_the_kernel_is_busy(notebook):
    """JupyterLab has ipykernel 7 hear widgets beside the cells, from the second event on."""
    notebook.draw(WIDE, "import threading", "explorer = Explorer(answer)", "explorer")
    notebook.click("e0")
    notebook.beside("seen = threading.Event()\nexplorer.observe(lambda _: seen.set(), 'selected')")

    notebook.page.evaluate(BEGIN, "print(seen.wait(60))")
    notebook.press(notebook.place("e5"))
    notebook.page.wait_for_function("() => window.printed")

    assert notebook.page.evaluate("() => window.printed.trim()") == "True"


def test_what_comes_around_the_picture_does_not_move_it(notebook):
    """The picture comes first; the room for the toolbar was kept."""
    assert len(notebook.tops(UPSTREAM)) == 1


def test_a_small_graph_is_not_blown_up(notebook):
    notebook.draw(WIDE, "Explorer(Answer(answer.graph.induced(['e0', 'e1', 'e2']), ('e0',)))")

    assert notebook.canvas("cy => cy.zoom()") == 1.25


def test_the_canvas_stands_on_the_page_s_own_ground(explored):
    """Words are read on the dark theme as on the light one."""
    contrasts = {}
    for name in ("JupyterLab Dark", "JupyterLab Light"):
        explored.theme(name)
        contrasts[name] = explored.page.evaluate(CONTRAST)

    ground = "cy => getComputedStyle(cy.container()).backgroundColor"
    assert explored.canvas(ground) == "rgba(0, 0, 0, 0)"
    assert {name: low for name, low in contrasts.items() if low < 4.5} == {}


# The lowest contrast between the words around the canvas and the ground they stand on.
CONTRAST = """() => {
    const parsed = text => text.match(/[\\d.]+/g).map(Number);
    const light = rgb => {
        const [r, g, b] = rgb.slice(0, 3).map(each => each / 255).map(
            c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const ground = element => {
        for (let at = element; at; at = at.parentElement) {
            const colour = parsed(getComputedStyle(at).backgroundColor);
            if (colour.length < 4 || colour[3] > 0) { return colour; }
        }
    };
    const faded = element => {
        let opacity = 1;
        for (let at = element; at; at = at.parentElement) {
            opacity *= getComputedStyle(at).opacity;
        }
        return opacity;
    };
    const words = [...document.querySelectorAll('.lineage-explorer *')].filter(
        each => each.offsetParent && [...each.childNodes].some(
            node => node.nodeType === 3 && node.textContent.trim()));
    return Math.min(...words.map(each => {
        const under = ground(each), share = faded(each);
        const over = parsed(getComputedStyle(each).color).slice(0, 3).map(
            (part, at) => part * share + under[at] * (1 - share));
        const [low, high] = [light(over), light(under)].sort((a, b) => a - b);
        return (high + 0.05) / (low + 0.05);
    }));
}"""


def test_the_way_to_what_is_clicked_is_lit_over_lines_that_stand_back(explored):
    assert explored.canvas(LINES) == [["lines", True]]

    explored.click("fraud-mitigated")
    explored.until("cy => cy.getElementById('lit lines').length")
    explored.until("cy => cy.getElementById('all lines').hasClass('faded')")
    assert explored.canvas(LINES) == [["lines faded", True], ["lines", True]]


# The classes of the images of lines, and whether each image is there.
LINES = """cy => cy.nodes('.lines').map(sheet => {
    const image = Object.values(cy.renderer().imageCache).find(
        each => each.image.src === sheet.data('image'));
    return [sheet.className().join(' '), Boolean(image?.image.complete && image.image.width)];
})"""
