"""One JupyterLab and one Chromium for all tests; a notebook for each."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import nbformat
import pytest

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "google-chrome"))), None)

# What keeps a browser without a screen from asking the network for anything.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

SERVER = (
    "--no-browser",
    "--allow-root",
    "--ServerApp.token=",
    "--ServerApp.password=",
    "--ServerApp.disable_check_xsrf=True",
    "--ServerApp.port_retries=0",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
)

SETTINGS = {"@jupyterlab/apputils-extension:notification": {"fetchNews": "false"}}


@pytest.fixture(scope="session")
def root(tmp_path_factory):
    return tmp_path_factory.mktemp("notebooks")


@pytest.fixture(scope="session")
def lab(root, tmp_path_factory):
    """The address of a running JupyterLab, whose kernels have a store of their own."""
    home = tmp_path_factory.mktemp("home")
    (home / "labconfig").mkdir()
    (home / "labconfig" / "default_setting_overrides.json").write_text(json.dumps(SETTINGS))
    port = free_port()
    environment = {
        **os.environ,
        "JUPYTER_CONFIG_DIR": str(home),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "IPYTHONDIR": str(home / "ipython"),
        "SM_LINEAGE_STORE": str(home / "lineage.db"),
    }
    command = [sys.executable, "-m", "jupyter", "lab", f"--port={port}", *SERVER]
    with (home / "lab.log").open("w") as log:
        process = subprocess.Popen(
            [*command, f"--ServerApp.root_dir={root}"],
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            yield answering(f"http://127.0.0.1:{port}", process, home / "lab.log")
        finally:
            process.terminate()
            process.wait(30)


@pytest.fixture(scope="session")
def browser():
    """A Chromium without a screen."""
    assert CHROMIUM, "Chromium is not installed; apt-get install chromium brings it."
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 1400, "height": 1200})
    context.set_default_timeout(90_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def run(lab, root, page):
    """Open a notebook of these cells (in JupyterLab, or by another path) and run it to its end."""

    def run(*cells, path="lab/tree", name="test.ipynb"):
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in cells])
        notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
        nbformat.write(notebook, root / name)
        page.goto(f"{lab}/{path}/{name}" + ("?reset" if path.startswith("lab") else ""))
        page.wait_for_selector(".jp-Notebook .jp-Cell")
        wait_for_kernel(page)
        run_all(page)
        page.wait_for_function(EXECUTED, arg=len(cells))
        return page

    return run


# How many cells have a number, and whether any has that or a star.
EXECUTED = """n => [...document.querySelectorAll('.jp-InputPrompt')]
    .filter(each => /\\d/.test(each.innerText)).length >= n"""
BEGUN = """() => [...document.querySelectorAll('.jp-InputPrompt')]
    .some(each => /[*\\d]/.test(each.innerText))"""


def run_all(page, attempts=10):
    """Click until it begins: what is clicked before the kernel is connected may be lost."""
    from playwright.sync_api import TimeoutError

    for attempt in range(attempts):
        page.click("text=Run")
        page.click("text=Run All Cells")
        # Before the session is known, JupyterLab asks which kernel to take.
        if page.locator(".jp-Dialog .jp-mod-accept").count():
            page.click(".jp-Dialog .jp-mod-accept")
        try:
            page.wait_for_function(BEGUN, timeout=8_000)
            return
        except TimeoutError:
            if attempt == attempts - 1:
                raise


def wait_for_kernel(page):
    """Until the kernel's circle says that it waits for work."""
    page.wait_for_function(
        "() => document.querySelector('[data-status=idle]')"
        " || document.body.innerText.includes('| Idle')"
    )


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answering(address, process, log):
    """The address, once something answers there."""
    for _ in range(300):
        try:
            urllib.request.urlopen(f"{address}/api", timeout=2)
            return address
        except (urllib.error.URLError, OSError):
            assert process.poll() is None, log.read_text()
            time.sleep(0.2)
    raise AssertionError(log.read_text())
