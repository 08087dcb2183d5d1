"""Loading gives the shell what it needs, once; unloading takes all of it back."""

import subprocess
import sys

import pytest
from IPython.core.error import UsageError

from sm_lineage_magics import load_ipython_extension, unload_ipython_extension
from sm_lineage_magics.magics import load, loaded

HEAVY = {"pandas", "numpy", "boto3", "ipywidgets", "ipycytoscape", "networkx", "sqlglot"}


def state(shell):
    """Everything of a shell that an extension may change."""
    formatter = shell.display_formatter
    return {
        "line": set(shell.magics_manager.magics["line"]),
        "cell": set(shell.magics_manager.magics["cell"]),
        "registry": set(shell.magics_manager.registry),
        "configurables": list(shell.configurables),
        "matchers": list(shell.Completer.custom_matchers),
        "bundles": dict(formatter.mimebundle_formatter.type_printers),
        "later bundles": dict(formatter.mimebundle_formatter.deferred_printers),
        "displays": dict(formatter.ipython_display_formatter.type_printers),
        "later displays": dict(formatter.ipython_display_formatter.deferred_printers),
        "events": {name: list(calls) for name, calls in shell.events.callbacks.items()},
        "names": set(shell.user_ns),
    }


def test_unloading_puts_everything_back(shell):
    before = state(shell)

    load_ipython_extension(shell)
    shell.run_line_magic("lineage", "use local --store :memory:")
    shell.run_line_magic("lineage", "config alias=sml")
    shell.display_formatter.format(shell.run_line_magic("lineage", "demo"))
    unload_ipython_extension(shell)

    assert state(shell) == before


def test_loading_twice_is_loading_once(shell, capsys):
    load_ipython_extension(shell)
    after = state(shell)
    capsys.readouterr()

    load_ipython_extension(shell)

    assert (state(shell), capsys.readouterr().out) == (after, "")


def test_unloading_what_is_not_loaded_changes_nothing(shell):
    before = state(shell)

    unload_ipython_extension(shell)

    assert state(shell) == before


def test_it_can_be_loaded_again(shell):
    for _ in range(2):
        load_ipython_extension(shell)
        assert shell.run_line_magic("lineage", "ls") is not None
        unload_ipython_extension(shell)


def test_one_quiet_line_says_what_is_asked(shell, capsys, tmp_path):
    load_ipython_extension(shell)

    out = capsys.readouterr().out
    assert out.count("\n") == 1
    assert str(tmp_path / "lineage.db") in out


def test_loading_opens_no_store(shell, tmp_path):
    load_ipython_extension(shell)

    assert not (tmp_path / "lineage.db").exists()


def test_feedback_zero_loads_in_silence(shell, capsys, monkeypatch):
    monkeypatch.setenv("SM_LINEAGE_FEEDBACK", "0")

    load_ipython_extension(shell)

    assert capsys.readouterr().out == ""


def test_a_setting_that_cannot_be_stops_the_loading_in_one_line(shell, monkeypatch):
    monkeypatch.setenv("SM_LINEAGE_VIEW", "round")

    with pytest.raises(UsageError, match="SM_LINEAGE_VIEW: view = 'round' cannot be"):
        load_ipython_extension(shell)
    assert loaded(shell) is None


def test_an_alias_answers_beside_the_name_and_goes_when_it_changes(ip):
    ip.run_line_magic("config", "LineageMagics.alias = 'sml'")
    assert [e.label for e in ip.run_line_magic("sml", "models fg:customers")] == ["churn"]

    ip.run_line_magic("lineage", "config alias=lin")

    assert "sml" not in ip.magics_manager.magics["line"]
    assert "lin" in ip.magics_manager.magics["cell"]


@pytest.mark.parametrize("name", ["time", "lineage"])
def test_an_alias_never_takes_another_magics_place(ip, name):
    before = ip.find_magic("time")

    with pytest.raises(UsageError, match=f"%{name} is a magic already"):
        ip.run_line_magic("lineage", f"config alias={name} view=tree")

    assert loaded(ip).session.settings.view is None
    assert ip.find_magic("time") is before


def test_loading_with_an_alias_that_is_taken_changes_nothing(shell, monkeypatch):
    monkeypatch.setenv("SM_LINEAGE_ALIAS", "time")

    with pytest.raises(UsageError, match="%time is a magic already"):
        load(shell)

    assert loaded(shell) is None
    assert not any(type(each).__name__ == "LineageMagics" for each in shell.configurables)


def test_loading_and_asking_bring_in_nothing_that_they_do_not_need():
    """In a process of its own, as a notebook does it."""
    code = (
        "import sys\n"
        "from IPython.core.interactiveshell import InteractiveShell\n"
        "shell = InteractiveShell.instance()\n"
        "before = set(sys.modules)\n"
        "shell.run_line_magic('load_ext', 'sm_lineage_magics')\n"
        "shell.run_line_magic('lineage', 'ls')\n"
        "print(*set(sys.modules) - before)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    new = set(ran.stdout.splitlines()[-1].split())

    assert "sm_lineage_magics.model.answer" in new
    assert HEAVY & {name.partition(".")[0] for name in new} == set()
    # What is only written or reported: a sixth of the time that a first answer takes.
    assert {f"sm_lineage_magics.model.{name}" for name in ("plan", "report")} & new == set()
