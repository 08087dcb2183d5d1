"""A JupyterLab of its own with a notebook of one cell, in Chromium."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from browser.page import FURNISHED, PAINTED, PLACE, PRINTED, RUN, WATCH

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
_SETUP = """
import sys, time
sys.path.insert(0, BENCHMARKS)
from browser import ways
"""


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
        opened.run(_SETUP.replace("BENCHMARKS", repr(str(Path(__file__).parents[1]))))
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
