"""`%lineage sandbox on` opens an account that is not there, `off` closes it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.client import BaseClient

from sm_lineage_magics.emulator.sandbox.standing import STANDING

from .. import aws

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    STANDING.close()


def test_on_and_off(ip: Any, capsys: pytest.CaptureFixture[str]) -> None:
    untouched = BaseClient._make_request
    box = ip.run_line_magic("lineage", "sandbox on")
    assert "no call leaves this machine" in capsys.readouterr().out
    assert boto3.client("s3").list_buckets()["Buckets"][0]["Name"] == box.bucket
    assert ip.run_line_magic("lineage", "sandbox on") is box
    capsys.readouterr()
    assert ip.run_line_magic("lineage", "sandbox off") is None
    assert "The sandbox is closed." in capsys.readouterr().out
    assert BaseClient._make_request is untouched
    ip.run_line_magic("lineage", "sandbox off")
    assert "No sandbox is open." in capsys.readouterr().out


def trained(eta: str) -> None:
    """A training job of the same name and model in every sandbox."""
    role, read = STANDING.open().role, {"train": "s3://shop/train/"}
    aws.train("churn", role, "s3://shop/models", read, HyperParameters={"eta": eta})


def test_each_sandbox_is_an_account_of_its_own(
    ip: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was asked in one is not remembered in the next, nor by the person's real account."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    told = []
    for eta in ("0.3", "0.5"):
        ip.run_line_magic("lineage", "sandbox on")
        trained(eta)
        ip.run_line_magic("lineage", "use sagemaker")
        shown = ip.run_line_magic("lineage", "show job:churn")
        [job] = [one for one in shown.graph.entities.values() if one.kind == "TrialComponent"]
        told.append(job.details["parameters"]["eta"])
        ip.run_line_magic("lineage", "sandbox off")
    assert told == [0.3, 0.5]
    assert not list(tmp_path.rglob("sagemaker-*"))


def test_the_journal_of_a_sandbox_goes_with_it(ip: Any) -> None:
    """Undo would not find in the next account what was recorded in the last one."""
    counted = []
    for _ in range(2):
        ip.run_line_magic("lineage", "sandbox on")
        ip.run_line_magic("lineage", "use sagemaker")
        ip.run_line_magic("lineage", "link s3://shop/raw.csv s3://shop/clean.csv")
        counted.append(ip.run_line_magic("lineage", "journal").summary)
        ip.run_line_magic("lineage", "sandbox off")
    ip.run_line_magic("lineage", "use local")

    assert counted == [("1 run.",), ("1 run.",)]
    assert ip.run_line_magic("lineage", "journal").summary == ("0 runs.",)


def test_a_model_trained_in_a_sandbox_can_be_reproduced(ip: Any, tmp_path: Path) -> None:
    """SageMaker records the job by itself; its settings and channels are part of that."""
    ip.run_line_magic("lineage", "sandbox on")
    trained("0.3")
    ip.run_line_magic("lineage", "use sagemaker")
    model, script = "s3://shop/models/churn/output/model.tar.gz", tmp_path / "again.ipynb"
    ip.run_line_magic("lineage", f"reproduce {model} {script}")
    written = script.read_text()
    assert "eta" in written
    assert "s3://shop/train/" in written
    assert "were not recorded" not in written
