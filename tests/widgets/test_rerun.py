"""A cell that is run again and again, in a real kernel, holds no more than when it was run once."""

import time

import pytest
from jupyter_client.manager import start_new_kernel

pytestmark = pytest.mark.slow

SETUP = """
%load_ext sm_lineage_magics
%lineage config store=:memory:
%lineage demo fraud --quiet
"""
HELD = """
import comm
import ipywidgets

print(len(ipywidgets.widgets.widget._instances), len(comm.get_comm_manager().comms))
"""


@pytest.fixture
def kernel(monkeypatch, tmp_path):
    """A kernel as jupyter_server starts one, so that explorers are shown."""
    monkeypatch.setenv("JPY_SESSION_NAME", str(tmp_path / "again.ipynb"))
    monkeypatch.setenv("SM_LINEAGE_STORE", str(tmp_path / "lineage.db"))
    monkeypatch.chdir(tmp_path)
    manager, client = start_new_kernel(kernel_name="python3", startup_timeout=120)
    yield client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def printed(client, code):
    """What a cell prints."""
    parts = []

    def heard(message):
        if message["msg_type"] == "stream":
            parts.append(message["content"]["text"])

    reply = client.execute_interactive(code, output_hook=heard, timeout=120)
    assert reply["content"]["status"] == "ok", reply["content"]
    return "".join(parts)


def held(client, enough):
    """How many widgets and comms are held once they are enough; what is not shown yet is late."""
    for _ in range(100):
        widgets, comms = map(int, printed(client, HELD).split())
        if enough(widgets):
            break
        time.sleep(0.1)
    return widgets, comms


def test_two_hundred_runs_leave_no_more_widgets_and_comms_than_one(kernel):
    printed(kernel, SETUP)
    ask = "%lineage upstream endpoint:fraud --depth 2"
    printed(kernel, ask)
    widgets, comms = held(kernel, lambda widgets: widgets > 20)
    for _ in range(200):
        printed(kernel, ask)

    assert comms >= widgets > 20
    assert held(kernel, lambda now: now == widgets) == (widgets, comms)
