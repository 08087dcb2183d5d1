"""`%lineage pull`, `push` and `quota`, in a shell, with an account that is emulated."""

import pytest
from moto import mock_aws

from sm_lineage_magics import emulator
from sm_lineage_magics.model import Entity


@pytest.fixture
def account(monkeypatch, tmp_path):
    """An account and its credentials; its memory goes where nobody else's is."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "emulated")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    with mock_aws(), emulator.emulate() as service:
        yield service.account


def test_what_is_recorded_here_is_pushed_once(ip, account, capsys):
    ip.run_line_magic("lineage", "push")
    ip.run_line_magic("lineage", "push")
    said = capsys.readouterr().out.splitlines()

    assert "8 entities and 7 associations were new, 0 left out." in said[0]
    assert "0 entities and 0 associations were new, 0 left out." in said[1]
    assert account.store.count() == 8


def test_a_push_can_be_planned(ip, account):
    ip.run_line_magic("lineage", "push --plan")

    assert account.store.count() == 0


def test_what_the_account_has_is_pulled(ip, account, capsys):
    ip.run_line_magic("lineage", "push")
    ip.run_line_magic("lineage", "pull")

    assert "Pulled 8 entities and 7 associations of account 123456789012" in capsys.readouterr().out


def test_a_quota_nearly_used_up_is_said(ip, account):
    with account.store.writing():
        account.store.put(contexts(account.home, 400))
    report = ip.run_line_magic("lineage", "quota")

    assert report.summary == ("Nearly full: Context. Ask AWS Support for more.",)


def contexts(home, count):
    names = [f"context-{number}" for number in range(count)]
    return [Entity(home.context(name), "Context", "Team", name) for name in names]
