"""Calls of AWS services are seen, whoever makes them and whoever else listens."""

from __future__ import annotations

import contextlib
import functools
import io
import threading
from concurrent.futures import ThreadPoolExecutor
from unittest import mock

import boto3
import botocore.client
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from sm_lineage_magics.tracking.watching.crew import Crew
from sm_lineage_magics.tracking.watching.events import Log
from sm_lineage_magics.tracking.watching.replacing.patches import Patches
from sm_lineage_magics.tracking.watching.watchers.recorder import Recorder
from sm_lineage_magics.tracking.watching.watchers.transfers import Transfers


def nowhere(frame) -> bool:
    return False


@pytest.fixture
def log():
    """What was seen."""
    return Log(nowhere)


@pytest.fixture(autouse=True)
def aws(monkeypatch):
    """An account in memory with one bucket."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    with mock_aws():
        boto3.client("s3").create_bucket(
            Bucket="shop", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"}
        )
        yield


def start_query():
    return boto3.client("athena").start_query_execution(
        QueryString="SELECT 1", ResultConfiguration={"OutputLocation": "s3://shop/out/"}
    )


def test_a_listed_call_is_kept_with_what_was_sent_and_what_came_back(log):
    """The SQL is not kept by any object of the SDK."""
    with Recorder(log, Crew()).watching():
        answer = start_query()

    [call] = log.calls
    assert (call.service, call.operation) == ("athena", "StartQueryExecution")
    assert call.parameters["QueryString"] == "SELECT 1"
    assert call.response["QueryExecutionId"] == answer["QueryExecutionId"]


def test_an_unlisted_call_leaves_nothing(log):
    """Listing buckets is no lineage."""
    with Recorder(log, Crew()).watching():
        boto3.client("s3").list_buckets()

    assert (log.calls, log.events) == ([], [])


def test_a_refused_call_leaves_nothing(log):
    """What the service did not do did not happen."""
    with Recorder(log, Crew()).watching(), pytest.raises(ClientError):
        boto3.client("s3").get_object(Bucket="shop", Key="not-there")

    assert log.events == []


def test_threads_the_cell_starts_are_seen_and_others_are_not(log):
    """A pool of the cell's own, and a thread that was there before."""
    go, done = threading.Event(), threading.Event()

    def elsewhere():
        go.wait()
        start_query()
        done.set()

    threading.Thread(target=elsewhere).start()
    crew, patches = Crew(), Patches()
    crew.follow(patches, nowhere)
    with Recorder(log, crew).watching():
        go.set()
        done.wait()
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(lambda _: start_query(), range(3)))
    patches.undo()

    assert len(log.calls) == 3


def test_it_works_beside_other_patchers_of_the_same_method(log):
    """Theirs around ours, ours around theirs; in the end the method is as it was."""
    original = botocore.client.BaseClient._make_api_call
    seen = []

    def theirs(client, operation, sent):
        seen.append(operation)
        return original(client, operation, sent)

    patched = mock.patch("botocore.client.BaseClient._make_api_call", theirs)
    with patched, Recorder(log, Crew()).watching():
        start_query()

    assert (seen, len(log.calls)) == (["StartQueryExecution"], 1)
    assert botocore.client.BaseClient._make_api_call is original


def test_a_patcher_that_ends_after_us_leaves_nothing_of_ours(log):
    """It puts our wrapper back, which then takes itself away."""
    original = botocore.client.BaseClient._make_api_call
    with Recorder(log, Crew()).watching():
        ours = botocore.client.BaseClient._make_api_call
        patcher = mock.patch("botocore.client.BaseClient._make_api_call", lambda *args: ours(*args))
        patcher.start()
    patcher.stop()
    start_query()

    assert botocore.client.BaseClient._make_api_call is original
    assert log.calls == []


@pytest.mark.parametrize("raised", [ValueError, KeyboardInterrupt, SystemExit])
def test_nothing_stays_after_an_exception(log, raised):
    """Not even after Ctrl-C."""
    original = botocore.client.BaseClient._make_api_call
    with pytest.raises(raised), Recorder(log, Crew()).watching():
        raise raised

    assert botocore.client.BaseClient._make_api_call is original


def test_nested_recordings_both_see(log):
    """And come off one by one."""
    inner, original = Log(nowhere), botocore.client.BaseClient._make_api_call
    with Recorder(log, Crew()).watching():
        with Recorder(inner, Crew()).watching():
            start_query()
        start_query()

    assert (len(log.calls), len(inner.calls)) == (2, 1)
    assert botocore.client.BaseClient._make_api_call is original


def test_objects_read_and_written_are_events(log):
    """With their ETag; a body that is a file says which."""
    s3 = boto3.client("s3")
    with Recorder(log, Crew()).watching():
        put = s3.put_object(Bucket="shop", Key="raw.csv", Body=b"a,b\n1,2\n")
        s3.get_object(Bucket="shop", Key="raw.csv")
        s3.copy_object(Bucket="shop", Key="copy.csv", CopySource="shop/raw.csv")

    assert [(e.act, e.uri, e.copy_of) for e in log.events] == [
        ("write", "s3://shop/raw.csv", ""),
        ("read", "s3://shop/raw.csv", ""),
        ("write", "s3://shop/copy.csv", "s3://shop/raw.csv"),
    ]
    assert log.events[0].known == {"ETag": put["ETag"].strip('"')}


def test_what_a_library_uploads_to_run_a_job_is_no_data(log):
    """SDK 3 sends some thirty files of drivers along with every job."""
    s3 = boto3.client("s3")
    with Recorder(log, Crew()).watching():
        s3.put_object(Bucket="shop", Key="job-1/input/sm_drivers/run.py", Body=b"")

    assert log.events == []


def test_an_upload_is_a_copy_of_its_file(log, tmp_path):
    """The transfer's own threads make the calls; both ends are known where it begins."""
    file = tmp_path / "train.csv"
    file.write_text("a\n1\n")
    with Transfers(log, Crew()).watching():
        boto3.client("s3").upload_file(str(file), "shop", "train.csv")
        boto3.client("s3").upload_fileobj(io.BytesIO(b"x"), "shop", "other.csv")
        boto3.resource("s3").Bucket("shop").download_file("train.csv", str(tmp_path / "back.csv"))

    assert [(e.act, e.uri, e.copy_of) for e in log.events] == [
        ("write", "s3://shop/train.csv", file.as_uri()),
        ("write", "s3://shop/other.csv", ""),
        ("read", "s3://shop/train.csv", ""),
        ("write", (tmp_path / "back.csv").as_uri(), "s3://shop/train.csv"),
    ]


def test_a_client_made_before_the_cell_is_seen_too(log):
    """The method belongs to the class."""
    athena = boto3.client("athena")
    with Recorder(log, Crew()).watching():
        athena.start_query_execution(
            QueryString="SELECT 1", ResultConfiguration={"OutputLocation": "s3://shop/out/"}
        )

    assert len(log.calls) == 1


class Instrumented:
    """The method as tracers of the OpenTelemetry kind replace it: by a descriptor, not a function.

    They wrap with `wrapt`, whose wrapper binds itself at every look-up.
    """

    def __init__(self, wrapped, seen):
        self.wrapped, self.seen = wrapped, seen
        self.__name__, self.__doc__ = "_make_api_call", wrapped.__doc__

    def __get__(self, client, owner=None):
        return functools.partial(self, client) if client is not None else self

    def __call__(self, client, operation, sent):
        self.seen.append(operation)
        return self.wrapped(client, operation, sent)


@pytest.mark.parametrize("raised", [None, KeyboardInterrupt, RuntimeError])
def test_all_at_once_everybody_sees_and_everything_is_put_back(log, raised):
    """moto beneath; a tracer around; ours nested in ours; a patcher on top; in the midst a call
    that raises."""
    owner, original = botocore.client.BaseClient, botocore.client.BaseClient._make_api_call
    traced, patched, inner = [], [], Log(nowhere)
    owner._make_api_call = Instrumented(original, traced)
    tracer = vars(owner)["_make_api_call"]
    try:
        expected = pytest.raises(raised) if raised else contextlib.nullcontext()
        with (
            expected,
            Recorder(log, Crew()).watching(),
            Recorder(inner, Crew()).watching(),
        ):
            ours = owner._make_api_call

            def theirs(client, operation, sent):
                patched.append(operation)
                if len(patched) == 2 and raised:
                    raise raised
                return ours(client, operation, sent)

            with mock.patch.object(owner, "_make_api_call", theirs):
                start_query()
                start_query()
        assert vars(owner)["_make_api_call"] is tracer
    finally:
        owner._make_api_call = original
    times = 1 if raised else 2
    assert (len(traced), len(log.calls), len(inner.calls)) == (times,) * 3


def test_a_call_that_is_interrupted_leaves_the_next_one_to_be_seen(log):
    """Ctrl-C while the service takes its time."""
    owner, original = botocore.client.BaseClient, botocore.client.BaseClient._make_api_call
    waits = iter([True, False])

    def waiting(client, operation, sent):
        if next(waits):
            raise KeyboardInterrupt
        return original(client, operation, sent)

    with mock.patch.object(owner, "_make_api_call", waiting), Recorder(log, Crew()).watching():
        with pytest.raises(KeyboardInterrupt):
            start_query()
        start_query()

    assert [call.operation for call in log.calls] == ["StartQueryExecution"]


def test_the_emulator_beneath_a_client_is_seen_as_an_account_is(log):
    """What it asks moto for on the way is none of the cell's."""
    from sm_lineage_magics import emulator

    with emulator.sandbox() as box, Recorder(log, Crew()).watching():
        boto3.client("sagemaker").create_model(
            ModelName="churn",
            PrimaryContainer={"Image": "image", "ModelDataUrl": f"s3://{box.bucket}/m.tar.gz"},
            ExecutionRoleArn=box.role,
        )

    assert [call.operation for call in log.calls] == ["CreateModel"]
