"""Nothing leaves the machine, and nothing real is used."""

from __future__ import annotations

import os
import socket
import urllib.request
from typing import Any

import boto3
import pytest
from botocore.client import BaseClient
from botocore.exceptions import ClientError

from sm_lineage_magics import emulator
from sm_lineage_magics.emulator.sandbox import NothingLeaves
from sm_lineage_magics.errors import LineageError

pytestmark = pytest.mark.slow


@pytest.fixture
def real(monkeypatch: pytest.MonkeyPatch) -> boto3.Session:
    """A session with what would be somebody's real keys, made before any sandbox."""
    monkeypatch.delenv("AWS_PROFILE", raising=False)
    return boto3.Session(
        aws_access_key_id="REAL", aws_secret_access_key="REAL", region_name="us-east-1"
    )


def test_clients_made_before_sign_with_made_up_keys_meanwhile(real: boto3.Session) -> None:
    s3 = real.client("s3", endpoint_url="https://s3.us-east-1.amazonaws.com")
    signed: list[str] = []
    s3.meta.events.register(
        "before-send.s3",
        lambda request, **_: signed.append(str(request.headers["Authorization"])),
    )
    with emulator.sandbox() as box:
        assert [one["Name"] for one in s3.list_buckets()["Buckets"]] == [box.bucket]
    assert signed
    assert not any("REAL" in one for one in signed)
    assert s3._request_signer._credentials.access_key == "REAL"


def test_the_environment_leads_nowhere_and_is_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_PROFILE", "production")
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", "https://real.example.org")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "REAL")
    before = dict(os.environ)
    with emulator.sandbox(region="eu-west-1"):
        assert "AWS_PROFILE" not in os.environ
        assert "AWS_ENDPOINT_URL_S3" not in os.environ
        session = boto3.Session()
        assert (session.region_name, session.profile_name) == ("eu-west-1", "default")
        credentials = session.get_credentials()
        assert credentials is not None
        assert "REAL" not in (credentials.access_key, credentials.secret_key)
        identity = boto3.client("sts").get_caller_identity()
        assert identity["Account"] == "123456789012"
    assert dict(os.environ) == before


def test_hosts_of_aws_are_not_even_looked_up(box: emulator.Sandbox) -> None:
    for url in ("https://s3.amazonaws.com/x", "http://169.254.169.254/latest/meta-data"):
        with pytest.raises(NothingLeaves, match="lets no call leave"):
            urllib.request.urlopen(url, timeout=1)
    assert issubclass(NothingLeaves, LineageError)


def test_other_hosts_are_left_alone(box: emulator.Sandbox) -> None:
    assert socket.getaddrinfo("localhost", 80)


def test_a_service_nobody_answers_is_not_reached(box: emulator.Sandbox) -> None:
    custom = boto3.client("sagemaker", endpoint_url="https://sagemaker.example.org")
    with pytest.raises(NothingLeaves, match=r"sagemaker\.example\.org"):
        custom.list_endpoints()
    with pytest.raises(ClientError, match="Not yet implemented"):
        boto3.client("translate").list_languages()


def test_leaving_undoes_everything(real: boto3.Session) -> None:
    untouched: list[Any] = [BaseClient._make_request, socket.getaddrinfo]
    with pytest.raises(KeyError), emulator.sandbox():
        raise KeyError
    assert [BaseClient._make_request, socket.getaddrinfo] == untouched


def test_a_sandbox_within_a_sandbox_shares_the_account() -> None:
    with emulator.sandbox() as outer:
        outer.objects.write(f"s3://{outer.bucket}/x", b"1")
        with emulator.sandbox() as inner:
            assert inner.objects.read(f"s3://{outer.bucket}/x") == b"1"
        assert outer.objects.read(f"s3://{outer.bucket}/x") == b"1"


def test_lineage_outlives_it_in_its_store(tmp_path: Any) -> None:
    context = {"ContextName": "churn", "ContextType": "T", "Source": {"SourceUri": "s3://b"}}
    with emulator.sandbox(tmp_path / "lineage.db"):
        boto3.client("sagemaker").create_context(**context)
    with emulator.sandbox(tmp_path / "lineage.db"):
        [kept] = boto3.client("sagemaker").list_contexts()["ContextSummaries"]
    assert kept["ContextName"] == "churn"
