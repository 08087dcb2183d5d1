"""The explorer against ipycytoscape as it is documented, in a real JupyterLab in Chromium.

    python benchmarks/explorer.py [ROUNDS]

Four ways to draw one answer, taken turn by turn in one notebook of one kernel:

A     `add_graph_from_json` and dagre, as ipycytoscape's documentation has it
C     complete nodes and edges as plain lists, and dagre
P     the same with positions from Python
ours  `Explorer(answer)`

Painted is measured from the first line that builds the widget, by the kernel's clock, to the end
of the drawing after which nothing on the canvas changes any more, by the browser's; both are the
machine's.
Then, in the explorer alone, how long it takes until everything around the canvas is there as well,
how long a click takes to show details, and expanding to draw.
"""

from __future__ import annotations

import json
import math
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from measure import table

SIZES = (20, 100, 500, 1_000)
GROUPED = 10_000
CLICKED = (20, 100, 300)
WAYS = ("A", "C", "P", "ours")
LIMIT_MS = 60_000

_CHROMIUM = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run")
_LAB = (
    "--no-browser",
    "--allow-root",
    "--ServerApp.token=",
    "--ServerApp.password=",
    "--ServerApp.disable_check_xsrf=True",
    "--ServerApp.iopub_msg_rate_limit=1000000",
    "--LabApp.expose_app_in_browser=True",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
)

# Run in the kernel once.
SETUP = """
import sys, time
sys.path.insert(0, BENCHMARKS)
import explorer_ways as ways
"""

# Run the one cell of the notebook; what it shows replaces what it showed. That it has ended is one
# more message, and may be dropped as well.
RUN = """async code => {
    const notebook = jupyterapp.shell.currentWidget;
    await notebook.sessionContext.ready;
    notebook.content.activeCell.model.sharedModel.setSource(code);
    await Promise.race([jupyterapp.commands.execute('notebook:run-cell'),
        new Promise(done => setTimeout(done, 30_000))]);
    return notebook.content.activeCell.model.toJSON().outputs
        .map(each => each.text ?? each.ename ?? '').flat().join('');
}"""

# What the cell has printed: of tens of thousands of messages the print may come last.
PRINTED = """() => window.jupyterapp.shell.currentWidget.content.activeCell.model
    .toJSON().outputs.map(each => each.text ?? '').flat().join('')"""

# From now on, note when the drawing of the last canvas of the page ended, and of what state it was.
WATCH = """() => {
    const state = cy => JSON.stringify([cy.zoom(), cy.pan(), cy.elements().length,
        cy.nodes().slice(-3).map(each => each.position()),
        Object.values(cy.renderer().imageCache ?? {}).map(each => each.image.complete)]);
    const listen = cy => {
        cy.on('render', () => {
            const drawn = state(cy);
            if (drawn !== window.seen.state) {
                const at = (performance.timeOrigin + performance.now()) / 1000;
                window.seen = { cy, state: drawn, at, nodes: cy.nodes().length, still: 0 };
            }
        });
        return { cy };
    };
    const look = () => {
        const cy = [...document.querySelectorAll('.custom-widget')].at(-1)?._cyreg?.cy;
        if (cy && cy !== window.seen?.cy) { window.seen = listen(cy); }
        if (window.seen) { window.seen.still += 1; }
        window.watching = requestAnimationFrame(look);
    };
    cancelAnimationFrame(window.watching);
    window.seen = undefined;
    look();
}"""

# When that was, once everything is there and five frames have changed nothing.
PAINTED = """nodes => window.seen?.nodes >= nodes && window.seen.still > 5
    && !window.seen.state.includes('false') && window.seen.at"""

# Where on the page the node is that is furthest from the top left, so never under a legend.
PLACE = """css => {
    const cy = document.querySelector('.' + css)._cyreg.cy;
    const node = cy.nodes().filter(each => !each.id().startsWith('group:')).last();
    const {x, y} = node.renderedPosition();
    const box = cy.container().getBoundingClientRect();
    return [x + box.x, y + box.y];
}"""


# The time of the first frame in which the last of what stands around the canvas is there.
FURNISHED = """css => {
    const explorer = document.querySelector('.' + css)?.closest('.lineage-explorer');
    return explorer?.querySelector('.lineage-lines')
        ? (performance.timeOrigin + performance.now()) / 1000 : false;
}"""


class Notebook:
    """A page with a notebook of one cell."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def run(self, code: str) -> str:
        """What a cell prints."""
        return str(self.page.evaluate(RUN, code))

    def painted(self, way: str, size: int) -> float:
        """Seconds from the first line that builds to the last drawing that changes something."""
        told = self._draw(way, size)
        return self._when(PAINTED, told["nodes"]) - told["began"]

    def furnished(self, size: int) -> float:
        """Seconds from the first line that builds until everything around the canvas is there."""
        told = self._draw("ours", size)
        return self._when(FURNISHED, told["css"]) - told["began"]

    def drawn(self, size: int) -> str:
        """Have the explorer draw so many entities and tell the canvas' class."""
        told = self._draw("ours", size)
        self._when(PAINTED, told["nodes"])
        self._when(FURNISHED, told["css"])
        return str(told["css"])

    def _draw(self, way: str, size: int) -> dict[str, Any]:
        """Begin to draw, with everything before let go; what the cell tells of it."""
        self.run("ways.let_go()")
        self.page.wait_for_timeout(1_500)
        self.page.evaluate(WATCH)
        self.run(f"ways.draw({way!r}, {size})")
        printed = self.page.wait_for_function(PRINTED, timeout=LIMIT_MS).json_value()
        told: dict[str, Any] = json.loads(printed)
        return told

    def _when(self, what: str, argument: object) -> float:
        """When a function of the page told a time."""
        told = self.page.wait_for_function(what, arg=argument, polling="raf", timeout=LIMIT_MS)
        return float(told.json_value())

    def clicked(self, size: int) -> float:
        """Seconds from a click on a node to its details."""
        x, y = self.page.evaluate(PLACE, self.drawn(size))
        began = time.perf_counter()
        self.page.mouse.click(x, y)
        self.page.wait_for_selector(".lineage-panel .lineage-card")
        return time.perf_counter() - began

    def expanded(self, size: int) -> float:
        """Seconds from a click on expand to what it brings, grouped where there is much."""
        css = self.drawn(size)
        self.page.mouse.click(*self.page.evaluate(PLACE, css))
        button = self.page.locator("button:has-text('→ expand')")
        button.wait_for()
        there = f"document.querySelector('.{css}')._cyreg.cy.elements().length"
        before = self.page.evaluate(there)
        began = time.perf_counter()
        button.click()
        self.page.wait_for_function(f"() => {there} > {before}", polling="raf")
        return time.perf_counter() - began


@contextmanager
def notebook() -> Iterator[Notebook]:
    """A JupyterLab of its own, with a notebook open in Chromium."""
    from playwright.sync_api import sync_playwright

    with (
        tempfile.TemporaryDirectory() as folder,
        _lab(Path(folder)) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=_CHROMIUM
        )
        page = browser.new_page(viewport={"width": 1400, "height": 1200})
        page.set_default_timeout(LIMIT_MS)
        page.goto(f"{address}/lab/tree/benchmark.ipynb?reset")
        page.wait_for_selector(".jp-Notebook .jp-Cell")
        page.wait_for_function("() => document.body.innerText.includes('| Idle')")
        opened = Notebook(page)
        opened.run(SETUP.replace("BENCHMARKS", repr(str(Path(__file__).parent))))
        yield opened
        browser.close()


@contextmanager
def _lab(root: Path) -> Iterator[str]:
    _write_notebook(root / "benchmark.ipynb")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "jupyter", "lab", f"--port={port}", *_LAB]
    process = subprocess.Popen(
        [*command, f"--ServerApp.root_dir={root}"],
        env=os.environ | {"JUPYTER_CONFIG_DIR": str(root / "config")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield _answering(f"http://127.0.0.1:{port}")
    finally:
        process.terminate()
        process.wait(30)


def _write_notebook(path: Path) -> None:
    import nbformat

    document = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("")])
    document.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(document, path)


def _answering(address: str) -> str:
    for _ in range(300):
        try:
            urllib.request.urlopen(f"{address}/api", timeout=2)
            return address
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise SystemExit("JupyterLab did not start")


def or_never(act: Callable[..., float], *asked: object) -> float:
    """What it took; infinite where nothing comes: of many messages ZMQ may drop some."""
    from playwright.sync_api import TimeoutError

    try:
        return act(*asked)
    except TimeoutError:
        return math.inf


def painted(opened: Notebook, rounds: int) -> dict[tuple[str, int], float]:
    """(way, size) → median seconds; ways alternate within each size."""
    wanted = [(way, size) for size in SIZES for way in WAYS] + [("ours", GROUPED)]
    for way in WAYS:
        or_never(opened.painted, way, 20)
    taken: dict[tuple[str, int], list[float]] = {each: [] for each in wanted}
    for _ in range(rounds):
        for way, size in wanted:
            taken[way, size].append(or_never(opened.painted, way, size))
            print(f"{size:>6} {way:5} {taken[way, size][-1]:.2f} s", file=sys.stderr, flush=True)
    return {each: statistics.median(times) for each, times in taken.items()}


def in_words(seconds: float) -> str:
    """A time in a table."""
    return "never" if seconds == math.inf else f"{seconds:.2f} s"


def main(rounds: int) -> None:
    """Print the tables."""
    with notebook() as opened:
        took = painted(opened, rounds)
        acted = {
            name: [
                statistics.median(or_never(act, size) for _ in range(rounds)) for size in CLICKED
            ]
            for name, act in (
                ("everything there", opened.furnished),
                ("details after a click", opened.clicked),
                ("drawn after expanding", opened.expanded),
            )
        }
    rows = []
    for size in SIZES:
        ours = took["ours", size]
        times = [in_words(took[way, size]) for way in WAYS]
        rows.append([size, *times, *(f"{took[way, size] / ours:.1f}" for way in ("A", "P"))])
    table("Painted", ("entities", *WAYS, "A / ours", "P / ours"), rows)
    ratio = took["ours", GROUPED] / took["ours", 100]
    print(
        f"\n{GROUPED:,} grouped: {in_words(took['ours', GROUPED])}, {ratio:.2f} times that of 100"
    )
    rows = [[name, *map(in_words, times)] for name, times in acted.items()]
    table("Used", ("until", *map(str, CLICKED)), rows)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
