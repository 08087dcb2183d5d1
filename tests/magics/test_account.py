"""`%lineage pull`, `push` and `quota`, in a shell, with an account that is emulated."""

import pytest
from IPython.core.error import UsageError
from moto import mock_aws

from sm_lineage_magics import emulator
from sm_lineage_magics.backends.sagemaker.calls import service
from sm_lineage_magics.magics import loaded
from sm_lineage_magics.model import Entity


@pytest.fixture
def account(monkeypatch, tmp_path):
    """An account and its credentials; its memory goes where nobody else's is."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "emulated")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    # A busy machine takes its time; what is said of that is another test's.
    monkeypatch.setattr(service, "QUIET_SECONDS", float("inf"))
    with mock_aws(), emulator.emulate() as emulated:
        yield emulated.account


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


def test_the_account_is_pulled_into_the_file_that_was_in_use(ip, account, capsys, tmp_path):
    for line in ("use team.db", "use sagemaker", "pull", "use local"):
        ip.run_line_magic("lineage", line)
    said = capsys.readouterr().out.splitlines()

    assert f"into embedded store {tmp_path / 'team.db'};" in said[-2]
    assert said[-1] == f"%lineage asks embedded store {tmp_path / 'lineage.db'}."


def test_what_is_gone_from_the_account_is_named(ip, account, capsys):
    ip.run_line_magic("lineage", "push")
    ip.run_line_magic("lineage", "pull")
    gone = next(account.store.find(text="raw/customers.csv"))
    account.store.unlink([edge.pair for _, edge in account.store.step("both")([gone.arn])])
    account.store.drop([gone.arn])
    capsys.readouterr()
    ip.run_line_magic("lineage", "pull")

    assert capsys.readouterr().out.splitlines()[1] == (
        "Gone from the account, and taken out here: 1 entity and 1 association: "
        "s3://bucket/raw/customers.csv."
    )


def test_a_quota_nearly_used_up_is_said(ip, account):
    with account.store.writing():
        account.store.put(contexts(account.home, 400))
    report = ip.run_line_magic("lineage", "quota")

    assert report.summary == ("Nearly full: Context. Ask AWS Support for more.",)


def test_an_account_is_asked_in_the_shell(ip, account):
    ip.run_line_magic("lineage", "push --quiet")
    ip.run_line_magic("lineage", "use sagemaker")

    assert [
        e.name for e in ip.run_line_magic("lineage", "models s3://bucket/raw/customers.csv")
    ] == ["churn"]
    assert len(ip.run_line_magic("lineage", "upstream s3://bucket/model.tar.gz")) == 6
    with pytest.raises(UsageError, match="Did you mean s3://bucket/train"):
        ip.run_line_magic("lineage", "upstream s3://bucket/trian.csv")


def test_a_table_of_an_account_costs_the_details_of_what_it_shows(ip, account, monkeypatch):
    ip.run_line_magic("lineage", "push --quiet")
    ip.run_line_magic("lineage", "use sagemaker --quiet")
    described = []
    account_ = loaded(ip).session.lineage.backend
    account_.service.client.meta.events.register(
        "before-call.sagemaker",
        lambda model, **_: described.append(model.name),
    )

    answer = ip.run_line_magic("lineage", "endpoints s3://bucket/raw/customers.csv")

    assert [e.name for e in answer] == ["live"]
    assert [name for name in described if name.startswith("Describe")] == ["DescribeContext"]


def test_an_account_that_takes_its_time_says_so(ip, account, capsys, monkeypatch):
    monkeypatch.setattr(service, "QUIET_SECONDS", 0.0)
    ip.run_line_magic("lineage", "push --quiet")
    ip.run_line_magic("lineage", "use sagemaker")
    capsys.readouterr()

    ip.run_line_magic("lineage", "models s3://bucket/raw/customers.csv")
    assert "Still asking: " in capsys.readouterr().out

    ip.run_line_magic("lineage", "config feedback=0")
    ip.run_line_magic("lineage", "models s3://bucket/raw/customers.csv")
    assert capsys.readouterr().out == ""


def test_a_backfill_without_a_region_is_one_line(ip, monkeypatch):
    for name in ("AWS_DEFAULT_REGION", "AWS_REGION", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", "/nowhere")

    with pytest.raises(UsageError, match="No AWS account can be asked"):
        ip.run_line_magic("lineage", "backfill")


def contexts(home, count):
    names = [f"context-{number}" for number in range(count)]
    return [Entity(home.context(name), "Context", "Team", name) for name in names]
