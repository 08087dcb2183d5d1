"""One notebook for all that is tried in JupyterLab: one kernel, one cell that is run again."""

import json
import urllib.request

import nbformat
import pytest

# Put this into the one cell and run it; what is printed.
RUN = """async code => {
    const { commands, shell } = window.jupyterapp;
    const cell = shell.currentWidget.content.activeCell;
    cell.model.sharedModel.setSource(code);
    await commands.execute('notebook:run-cell');
    const outputs = cell.model.toJSON().outputs;
    const error = outputs.find(each => each.ename);
    if (error) { throw new Error(`${error.ename}: ${error.evalue}`); }
    return outputs.map(each => each.text ?? '').flat().join('');
}"""

# Run this beside the cell; the seconds until the kernel has done it.
BESIDE = """async code => {
    const began = performance.now();
    const { kernel } = window.jupyterapp.shell.currentWidget.sessionContext.session;
    await kernel.requestExecute({ code }).done;
    return (performance.now() - began) / 1000;
}"""

# The places of the canvas while the cell is run, until everything around it is there.
TOPS = """async code => {
    const { commands, shell } = window.jupyterapp;
    const cell = shell.currentWidget.content.activeCell;
    cell.model.sharedModel.setSource(code);
    const tops = new Set(), drawn = cell.node.getElementsByClassName('lineage-canvas');
    let going = true;
    const look = () => {
        if (drawn[0]?._cyreg?.cy.nodes().length) {
            const top = node => node.getBoundingClientRect().top;
            tops.add(top(drawn[0]) - top(drawn[0].closest('.lineage-explorer')));
        }
        if (going) { requestAnimationFrame(look); }
    };
    look();
    await commands.execute('notebook:run-cell');
    while (!cell.node.querySelector('.lineage-lines')) {
        await new Promise(done => setTimeout(done, 50));
    }
    await new Promise(done => setTimeout(done, 200));
    going = false;
    return [...tops];
}"""

CANVASES = "[...document.querySelectorAll('.custom-widget')].filter(e => e._cyreg && e.isConnected)"


class Notebook:
    """A page of JupyterLab with an open notebook, used as a person uses it."""

    def __init__(self, page):
        self.page = page
        self.errors = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", self._logged)

    def _logged(self, message):
        if message.type == "error":
            self.errors.append(message.text)

    def run(self, *lines):
        """What the cell prints."""
        return self.page.evaluate(RUN, "\n".join(lines))

    def beside(self, code):
        """The seconds until the kernel has run something else."""
        return self.page.evaluate(BESIDE, code)

    def draw(self, *lines, number=1):
        """Run the cell and wait for as many canvases as it shows, and for what stands around."""
        printed = self.run(*lines)
        drawn = f"{CANVASES}.filter(e => e._cyreg.cy.nodes().length).length >= {number}"
        whole = f"document.querySelectorAll('.lineage-lines').length >= {number}"
        self.page.wait_for_function(f"() => {drawn} && {whole}")
        return printed

    def tops(self, code):
        """How far below the top of its explorer the canvas has stood while the cell was run."""
        return self.page.evaluate(TOPS, code)

    def canvas(self, what, argument=None, at=0):
        """What a function of the canvas' cytoscape answers."""
        return self.page.evaluate(f"x => ({what})({CANVASES}[{at}]._cyreg.cy, x)", argument)

    def until(self, what, argument=None):
        """Wait until a function of the canvas' cytoscape answers yes."""
        self.page.wait_for_function(f"x => ({what})({CANVASES}[0]._cyreg.cy, x)", arg=argument)

    def shown(self, at=0):
        """The names on the canvas."""
        labels = "cy => cy.nodes().filter(n => n.visible()).map(n => n.data('label'))"
        return {label.replace("\n", "") for label in self.canvas(labels, at=at)}

    def place(self, name, at=0):
        """Where on the page a node is whose name begins so."""
        return self.canvas(
            """(cy, name) => {
                const shown = cy.nodes().filter(n => n.visible());
                const named = n => n.data('label').replaceAll('\\n', '');
                const node = shown.filter(n => named(n).startsWith(name))[0];
                const { x, y } = node.renderedPosition();
                const box = cy.container().getBoundingClientRect();
                return [x + box.x, y + box.y];
            }""",
            name,
            at,
        )

    def click(self, name, at=0):
        """Click on a node and wait for its details."""
        self.page.mouse.click(*self.place(name, at))
        self.page.locator(".lineage-explorer").nth(at).locator(".lineage-card").wait_for()

    def panel(self, at=0):
        """What the details say."""
        return self.page.locator(".lineage-details").nth(at).inner_text()


@pytest.fixture
def notebook(shared):
    """The notebook that is shared; every test draws anew, and no script of its page may fail."""
    shared.errors.clear()
    yield shared
    assert shared.errors == []


@pytest.fixture(scope="session")
def shared(lab, root, browser):
    """JupyterLab with a kernel that has the fraud demo."""
    context = browser.new_context(viewport={"width": 1400, "height": 1200})
    context.set_default_timeout(60_000)
    yield opened(context.new_page(), lab, root, "walking.ipynb")
    context.close()


@pytest.fixture
def its_own(lab, root, page):
    """A notebook that nobody else uses."""
    return opened(page, lab, root, "lasting.ipynb")


def opened(page, lab, root, name):
    """A new notebook of one cell, its kernel ready."""
    document = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("")])
    document.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(document, root / name)
    about = {"path": name, "name": name, "type": "notebook", "kernel": {"name": "python3"}}
    ask(f"{lab}/api/sessions", "POST", about)
    page.goto(f"{lab}/lab/tree/{name}?reset")
    page.wait_for_function("window.jupyterapp?.shell.currentWidget?.sessionContext")
    page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.ready")
    made = Notebook(page)
    made.run(
        "%load_ext sm_lineage_magics",
        "%lineage config store=:memory:",
        "%lineage demo fraud --quiet",
        "import time",
        "from IPython.display import display",
        "from sm_lineage_magics import Lineage",
        "from sm_lineage_magics.errors import Throttled",
        "from sm_lineage_magics.model import *",
        "from sm_lineage_widgets.explorer import Explorer",
    )
    return made


def ask(address, method, body=None):
    """What JupyterLab's own interface answers."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(address, method=method, data=data)
    with urllib.request.urlopen(request, timeout=180) as response:
        return json.loads(response.read() or "null")
