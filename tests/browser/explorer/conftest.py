"""One notebook for all that is tried in JupyterLab: one kernel, one cell that is run again."""

import re

import nbformat
import pytest

# Whose scripts are tried here, and what is run from an output.
OURS = ("/extensions/jupyter-cytoscape/", "/extensions/@jupyter-widgets/", "eval at")

# Wait for a promise, but not for ever: what a kernel was asked may be lost.
IN_TIME = """promise => Promise.race([promise, new Promise((_, refuse) => setTimeout(
    () => refuse(new Error('Not done within two minutes.')), 120_000))])"""

# Put this into the one cell and run it; what is printed.
RUN = f"""async code => {{
    const inTime = {IN_TIME};
    const {{ commands, shell }} = window.jupyterapp;
    const cell = shell.currentWidget.content.activeCell;
    cell.model.sharedModel.setSource(code);
    await inTime(commands.execute('notebook:run-cell'));
    const outputs = cell.model.toJSON().outputs;
    const error = outputs.find(each => each.ename);
    if (error) {{ throw new Error(`${{error.ename}}: ${{error.evalue}}`); }}
    return outputs.map(each => each.text ?? '').flat().join('');
}}"""

# Run this beside the cell; what is printed.
BESIDE = f"""async code => {{
    const inTime = {IN_TIME};
    const {{ kernel }} = window.jupyterapp.shell.currentWidget.sessionContext.session;
    const asked = kernel.requestExecute({{ code }});
    let printed = '';
    asked.onIOPub = message => {{ printed += message.content.text ?? ''; }};
    await inTime(asked.done);
    return printed.trim();
}}"""

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

# That a theme is on the page, nothing lies over it while it changes, and no colour is on its way.
THEMED = """name => document.body.dataset.jpThemeName === name
    && !document.getElementById('jupyterlab-splash')
    && document.getAnimations().every(each => !(each instanceof CSSTransition))"""

CANVASES = "[...document.querySelectorAll('.custom-widget')].filter(e => e._cyreg && e.isConnected)"


class Notebook:
    """A page of JupyterLab with an open notebook, used as a person uses it."""

    def __init__(self, page):
        self.page = page
        self.errors = []
        page.on("pageerror", lambda error: self._failed(error.stack or str(error)))
        page.on("console", self._logged)

    def _logged(self, message):
        if message.type == "error":
            self._failed(message.text, message.location["url"])

    def _failed(self, what, where=""):
        """Keep what scripts of ours or nobody's say; other parts of JupyterLab log as well."""
        said = f"{where} {what}"
        if any(each in said for each in OURS) or not re.search("https?://", said):
            self.errors.append(what)

    def run(self, *lines):
        """What the cell prints."""
        return self.page.evaluate(RUN, "\n".join(lines))

    def beside(self, code):
        """What the kernel prints when it runs something else."""
        return self.page.evaluate(BESIDE, code)

    def draw(self, *lines, number=1):
        """Run the cell and wait for as many canvases as it shows, and for what stands around."""
        printed = self.run(*lines)
        drawn = f"{CANVASES}.filter(e => e._cyreg.cy.nodes().length).length >= {number}"
        whole = f"document.querySelectorAll('.lineage-lines').length >= {number}"
        self.page.wait_for_function(f"() => {drawn} && {whole}")
        return printed

    def theme(self, name):
        """Change the theme, and wait until it is seen."""
        change = "theme => window.jupyterapp.commands.execute('apputils:change-theme', { theme })"
        self.page.evaluate(change, name)
        self.page.wait_for_function(THEMED, arg=name)

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

    def press(self, place):
        """Click there and wait until the details tell something else."""
        before = self.panel()
        self.page.mouse.click(*place)
        told = "document.querySelector('.lineage-details').innerText"
        self.page.wait_for_function(f"before => {told} !== before", arg=before)

    def panel(self, at=0):
        """What the details say."""
        return self.page.locator(".lineage-details").nth(at).inner_text()


@pytest.fixture
def notebook(shared):
    """The notebook that is shared; every test draws anew, and no script of its page may fail."""
    # What lies under the pointer is hovered as soon as it is drawn.
    shared.page.mouse.move(0, 0)
    shared.errors.clear()
    yield shared
    assert shared.errors == []


@pytest.fixture(scope="session")
def shared(lab, root, start, browser):
    """JupyterLab with a kernel that has the fraud demo."""
    context = browser.new_context(viewport={"width": 1400, "height": 1200})
    context.set_default_timeout(120_000)
    yield opened(context.new_page(), lab, root, start, "walking.ipynb")
    context.close()


@pytest.fixture
def its_own(lab, root, start, page):
    """A notebook that nobody else uses."""
    return opened(page, lab, root, start, "lasting.ipynb")


def opened(page, lab, root, start, name):
    """A new notebook of one cell, its kernel ready."""
    document = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("")])
    document.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(document, root / name)
    start(name)
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
