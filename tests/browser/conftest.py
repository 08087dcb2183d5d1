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
from jupyter_client import BlockingKernelClient

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
    "--LabApp.expose_app_in_browser=True",
    "--JupyterNotebookApp.expose_app_in_browser=True",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
)

SETTINGS = {"@jupyterlab/apputils-extension:notification": {"fetchNews": "false"}}


@pytest.fixture(scope="session")
def root(tmp_path_factory):
    return tmp_path_factory.mktemp("notebooks")


@pytest.fixture(scope="session")
def home(tmp_path_factory):
    """Where JupyterLab keeps what it would otherwise keep in the user's home."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def lab(root, home):
    """The address of a running JupyterLab, whose kernels have a store of their own."""
    (home / "labconfig").mkdir()
    (home / "labconfig" / "default_setting_overrides.json").write_text(json.dumps(SETTINGS))
    port = free_port()
    environment = {
        **os.environ,
        "JUPYTER_CONFIG_DIR": str(home),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
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
            ended(process)


def ended(process, seconds=20):
    """Let it end by itself; a JupyterLab that waits for a kernel for ever is not waited for."""
    process.terminate()
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


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
    context.set_default_timeout(120_000)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def start(lab, home):
    """Give a notebook a kernel of its own, ready before the page asks for it.

    On a cold machine the first kernel takes longer than JupyterLab waits before it asks which
    one to use, and what is run meanwhile is lost.
    """

    def start(name):
        about = {"path": name, "name": name, "type": "notebook", "kernel": {"name": "python3"}}
        session = ask(lab, "POST", "sessions", about)
        kernel = home / "runtime" / f"kernel-{session['kernel']['id']}.json"
        client = BlockingKernelClient(connection_file=str(kernel))
        client.load_connection_file()
        # Without the heartbeat: a kernel that is slow to start is not a dead one.
        client.start_channels(hb=False)
        client.wait_for_ready(timeout=180)
        client.stop_channels()

    return start


@pytest.fixture
def run(lab, root, start, page):
    """Open a notebook of these cells (in JupyterLab, or by another path) and run it to its end."""

    def run(*cells, path="lab/tree", name="test.ipynb"):
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in cells])
        notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
        nbformat.write(notebook, root / name)
        for session in ask(lab, "GET", "sessions"):
            ask(lab, "DELETE", f"sessions/{session['id']}")
        start(name)
        page.goto(f"{lab}/{path}/{name}" + ("?reset" if path.startswith("lab") else ""))
        page.wait_for_function("window.jupyterapp?.shell.currentWidget?.sessionContext")
        assert page.evaluate(RUN_ALL), page.inner_text("#main")
        return page

    return run


# What "Run All Cells" of the menu does, but not before the kernel is there: what is run while
# JupyterLab is still connecting may be lost, and nothing tells that the last cell has ended.
RUN_ALL = """async () => {
    const { commands, restored, shell } = window.jupyterapp;
    await restored;
    await shell.currentWidget.context.ready;
    await shell.currentWidget.sessionContext.ready;
    const late = new Promise(done => setTimeout(() => done(false), 120_000));
    return Promise.race([commands.execute('notebook:run-all-cells'), late]);
}"""


def ask(lab, method, path, body=None):
    """What JupyterLab's own interface answers."""
    request = urllib.request.Request(
        f"{lab}/api/{path}",
        method=method,
        data=None if body is None else json.dumps(body).encode(),
    )
    with urllib.request.urlopen(request, timeout=180) as response:
        return json.loads(response.read() or "null")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answering(address, process, log):
    """The address, once something answers there."""
    for _ in range(900):
        try:
            urllib.request.urlopen(f"{address}/api", timeout=2)
            return address
        except (urllib.error.URLError, OSError):
            assert process.poll() is None, log.read_text()
            time.sleep(0.2)
    raise AssertionError(log.read_text())
