"""What goes wrong is told where it is seen, and nothing of a stranger's is run."""

import pytest

pytestmark = pytest.mark.browser

SLOW = """
import threading
goes_on = threading.Event()
def slow(arn, way):
    goes_on.wait(60)
    raise Throttled("The service refused QueryLineage for rate. Ask again in a minute.")
"""
BROKEN = """
def broken(arn, way):
    raise RuntimeError("the <b>network</b> is gone")
"""
ONE = 'answer = Answer(LineageGraph.of([Entity("a", "Artifact", "DataSet", "a.csv")]), ("a",))'

# Names as nobody should give them, one of them with a script to be run.
STRANGE = """
names = ["<img src=x onerror='window.hacked=1'>", "</svg><script>window.hacked=1</script>",
         '"\\'`;', "\\u202eאבג", "🙂" * 9, "x" * 2048]
entities = [Entity(f"e{n}", "Artifact", name, name, name, {name: name}, created_by=name)
            for n, name in enumerate(names)]
edges = [Association("e0", each.arn, "ContributedTo") for each in entities[1:]]
answer = Answer(LineageGraph.of(entities, edges), ("e0",), Question("upstream", (names[0],)))
"""


def test_a_slow_backend_is_waited_for_without_the_kernel(notebook):
    notebook.draw(SLOW, ONE, "Explorer(answer, slow)")
    notebook.click("a.csv")
    notebook.page.click("button:has-text('← expand')")
    notebook.page.wait_for_selector(".lineage-spinner")

    assert notebook.beside("print(1 + 1)") == "2"
    assert notebook.page.locator(".lineage-spinner").count() == 1
    notebook.beside("goes_on.set()")
    notebook.page.wait_for_selector(".lineage-problem >> text=Ask again in a minute.")
    assert notebook.page.locator(".lineage-spinner").count() == 0


def test_a_backend_that_fails_in_its_own_way_is_told_as_well(notebook):
    notebook.draw(BROKEN, ONE, "Explorer(answer, broken)")
    notebook.click("a.csv")
    notebook.page.click("button:has-text('→ expand')")

    problem = notebook.page.wait_for_selector(".lineage-problem")
    assert problem.inner_text() == "RuntimeError: the <b>network</b> is gone"
    assert "a.csv" in notebook.page.locator(".lineage-card").inner_text()


# The same where it is no entity's name: in a group, features, gaps, and what an error says.
STRANGE_REST = """
import json
features = json.dumps({name: name for name in names})
group = Entity("fg", "Artifact", "FeatureGroup", names[0], names[1], {"Features": features})
models = [Entity(f"m{n}", "Artifact", "Model", f"{names[n % 6]}{n}") for n in range(60)]
links = [Association("fg", each.arn, "ContributedTo") for each in models]
gaps = Gap("denied", names[0], names[1]), Gap("beyond-depth", "fg", names[0] + " upstream")
graph = LineageGraph.of([group, *models], links)
answer = Answer(graph, ("fg",), Question("downstream", names), gaps)
def broken(arn, way):
    raise Throttled(names[0])
"""

# Where on the page each node is that has a name.
PLACES = """cy => {
    const box = cy.container().getBoundingClientRect();
    return cy.nodes().filter(n => n.visible() && n.data('label')).map(n => {
        const { x, y } = n.renderedPosition();
        return [x + box.x, y + box.y];
    });
}"""


# Whether a script of a stranger was run, or is there to be.
HACKED = "() => window.hacked || document.querySelector('[onerror]') !== null"


def test_a_script_in_a_name_is_not_run(notebook, root, page):
    """On the canvas, under the pointer, in the details, in the table, and in exported pages."""
    notebook.draw(STRANGE, "answer")
    places = notebook.canvas(PLACES)
    assert len(places) == 6
    for place in places:
        notebook.press(place)
    notebook.page.click("summary >> text=Picture and table")
    before = set(root.glob("lineage-*"))
    for format in ("HTML", "SVG"):
        notebook.page.get_by_label("Save the picture to a file").select_option(format)
        notebook.page.wait_for_selector(f".lineage-status >> text={format.lower()}")
    exported = set(root.glob("lineage-*")) - before
    assert {path.suffix for path in exported} == {".html", ".svg"}

    assert not notebook.page.evaluate(HACKED)
    for path in exported:
        page.goto(path.as_uri())
        assert not page.evaluate(HACKED)


def test_nor_is_one_in_groups_features_gaps_and_errors(notebook):
    notebook.draw(STRANGE, STRANGE_REST, "Explorer(answer, broken)")
    page = notebook.page
    assert "<img src=x" in notebook.panel()
    notebook.click("60 models")
    assert "<img src=x" in notebook.panel()
    page.click("button:has-text('show 20 more')")
    notebook.until("cy => cy.nodes().length > 20")
    notebook.click("<img src=x")
    page.click("button:has-text('features')")
    notebook.until("cy => cy.nodes().length > 26")
    page.click("button:has-text('✕')")
    places = notebook.canvas(PLACES)
    for place in places:
        notebook.press(place)
    notebook.click("<img src=x")
    page.click("button:has-text('→ expand')")
    page.wait_for_selector(".lineage-problem >> text=<img src=x")

    assert len(places) > 26
    assert not page.evaluate(HACKED)
