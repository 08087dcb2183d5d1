"""Nothing leaves the machine, and nothing real is used."""

from __future__ import annotations

import os
import socket
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import boto3
import moto
import pytest
from botocore.client import BaseClient
from botocore.exceptions import ClientError

from sm_lineage_magics import emulator
from sm_lineage_magics.emulator.sandbox import NothingAnswers, NothingLeaves
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


@pytest.fixture
def guarded(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Somebody's real credentials in the environment; a file that shows if they are fetched."""
    fetched = tmp_path / "fetched"
    config = tmp_path / "config"
    config.write_text(f"[profile real]\nregion = eu-west-1\ncredential_process = touch {fetched}\n")
    for name, value in {
        "AWS_CONFIG_FILE": str(config),
        "AWS_PROFILE": "real",
        "AWS_ACCESS_KEY_ID": "REAL",
        "AWS_SECRET_ACCESS_KEY": "REAL",
        "AWS_SESSION_TOKEN": "REAL",
        "AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://localhost:1/credentials",
    }.items():
        monkeypatch.setenv(name, value)
    return fetched


def test_no_socket_is_opened_and_no_credentials_are_fetched(
    guarded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Any] = []

    def connect(self: socket.socket, address: Any) -> None:
        opened.append(address)
        raise ConnectionRefusedError(address)

    monkeypatch.setattr(socket.socket, "connect", connect)
    keys = {"aws_access_key_id": "REAL", "aws_secret_access_key": "REAL"}
    before = boto3.Session(**keys).client("sagemaker", region_name="us-east-1")
    with emulator.sandbox() as box:
        for sm in (before, boto3.client("sagemaker")):
            assert sm.list_artifacts()["ArtifactSummaries"] == []
            assert sm.list_training_jobs()["TrainingJobSummaries"] == []
        assert boto3.client("sts").get_caller_identity()["Account"] == box.account
        box.table("shop.orders", [{"id": 1}])
        athena = boto3.client("athena")
        athena.start_query_execution(
            QueryString="SELECT * FROM shop.orders",
            ResultConfiguration={"OutputLocation": f"s3://{box.bucket}/out"},
        )
        with pytest.raises((NothingLeaves, ClientError)):
            boto3.client("dynamodb", endpoint_url="https://192.0.2.1").list_tables()
    assert opened == []
    assert not guarded.exists()


def test_two_sandboxes_keep_two_lineages(tmp_path: Path) -> None:
    """The account is one, what is recorded of it goes to the store of the inner one."""
    context = {"ContextType": "T", "Source": {"SourceUri": "s3://b"}}

    def names() -> list[str]:
        listed = boto3.client("sagemaker").list_contexts()["ContextSummaries"]
        return [one["ContextName"] for one in listed]

    with emulator.sandbox(tmp_path / "outer.db"):
        boto3.client("sagemaker").create_context(ContextName="outer", **context)
        with emulator.sandbox(tmp_path / "inner.db"):
            boto3.client("sagemaker").create_context(ContextName="inner", **context)
            assert names() == ["inner"]
        assert names() == ["outer"]


def test_an_exception_that_leaves_the_inner_one_leaves_the_outer_open(guarded: Path) -> None:
    with emulator.sandbox() as outer:
        with pytest.raises(KeyError), emulator.sandbox():
            raise KeyError
        assert boto3.client("s3").list_buckets()["Buckets"][0]["Name"] == outer.bucket
        assert os.environ["AWS_ACCESS_KEY_ID"] != "REAL"
    assert os.environ["AWS_ACCESS_KEY_ID"] == "REAL"


def test_threads_share_a_sandbox(box: emulator.Sandbox) -> None:
    def put(number: int) -> None:
        boto3.Session().client("s3").put_object(Bucket=box.bucket, Key=f"t/{number}", Body=b"x")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(put, range(16)))
    assert len(list(box.objects.under(f"s3://{box.bucket}/t/"))) == 16


def test_a_call_nobody_answers_is_told_in_one_line() -> None:
    with emulator.sandbox():
        sagemaker = boto3.client("sagemaker")
        with pytest.raises(NothingAnswers, match=r"no answer to this call: The update_endpoint"):
            sagemaker.update_endpoint(EndpointName="fraud", EndpointConfigName="newer")


def test_a_client_is_moto_s_again_once_the_sandbox_is_closed() -> None:
    with moto.mock_aws():
        before = boto3.client("s3", region_name="us-east-1")
        with emulator.sandbox():
            pass
        before.create_bucket(Bucket="mine")
        assert "mine" in [one["Name"] for one in before.list_buckets()["Buckets"]]
