"""`%lineage sandbox on` opens an account that is not there, `off` closes it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.client import BaseClient

from sm_lineage_magics.emulator.sandbox.standing import STANDING

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
