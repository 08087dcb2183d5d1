"""`emulate` answers every client of the process while it lasts, and leaves no trace."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import boto3
import pytest
from botocore.client import BaseClient
from botocore.stub import Stubber

from sm_lineage_magics import emulator

CONTEXT = {"ContextName": "churn", "ContextType": "T", "Source": {"SourceUri": "s3://b"}}


class ReachedTheNetwork(Exception):
    """A call that was meant to pass on did."""


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> boto3.Session:
    """A session whose calls, where nobody answers them, end before the network."""

    def send(self: Any, request: Any) -> Any:
        raise ReachedTheNetwork(request.url)

    monkeypatch.setattr("botocore.httpsession.URLLib3Session.send", send)
    return boto3.Session(aws_access_key_id="x", aws_secret_access_key="y", region_name="us-east-1")


def _names(sm: Any) -> list[str]:
    return [one["ContextName"] for one in sm.list_contexts()["ContextSummaries"]]


@pytest.mark.parametrize("wire", [False, True])
def test_clients_made_before_during_and_after(session: boto3.Session, wire: bool) -> None:
    before = session.client("sagemaker")
    untouched = BaseClient._make_request
    with emulator.emulate(wire=wire):
        before.create_context(**CONTEXT)
        during = session.client("sagemaker")
        assert _names(before) == _names(during) == ["churn"]
    for sm in (before, during, session.client("sagemaker")):
        with pytest.raises(ReachedTheNetwork, match=r"sagemaker\.us-east-1\.amazonaws"):
            sm.list_contexts()
    assert BaseClient._make_request is untouched


def test_other_calls_pass_on(session: boto3.Session) -> None:
    with emulator.emulate():
        with pytest.raises(ReachedTheNetwork):
            session.client("sagemaker").list_training_jobs()
        with pytest.raises(ReachedTheNetwork):
            session.client("sagemaker").list_tags(
                ResourceArn="arn:aws:sagemaker:us-east-1:123456789012:training-job/j"
            )
        with pytest.raises(ReachedTheNetwork):
            session.client("s3").list_buckets()


def test_the_innermost_answers(session: boto3.Session) -> None:
    sm = session.client("sagemaker")
    with emulator.emulate():
        sm.create_context(**CONTEXT)
        with emulator.emulate():
            assert _names(sm) == []
        assert _names(sm) == ["churn"]


def test_leaving_the_outer_first_leaves_the_inner_answering(session: boto3.Session) -> None:
    sm = session.client("sagemaker")
    outer, inner = emulator.emulate(), emulator.emulate()
    outer.__enter__()
    inner.__enter__()
    sm.create_context(**CONTEXT)
    outer.__exit__(None, None, None)
    assert _names(sm) == ["churn"]
    inner.__exit__(None, None, None)
    with pytest.raises(ReachedTheNetwork):
        sm.list_contexts()


def test_it_is_undone_when_the_block_fails(session: boto3.Session) -> None:
    untouched = BaseClient._make_request
    with pytest.raises(KeyError), emulator.emulate():
        raise KeyError
    assert BaseClient._make_request is untouched


def test_threads_share_it(session: boto3.Session) -> None:
    found: list[str] = []

    def work(number: int, sm: Any) -> None:
        sm.create_context(**{**CONTEXT, "ContextName": f"c{number}"})
        found.extend(_names(sm))

    with emulator.emulate() as service:
        clients = [session.client("sagemaker") for _ in range(8)]
        threads = [threading.Thread(target=work, args=one) for one in enumerate(clients)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert service.account.store.count("Context") == 8
    assert set(found) == {f"c{number}" for number in range(8)}


def test_several_first_calls_of_one_client_at_once_are_all_answered(
    session: boto3.Session,
) -> None:
    """None of them may slip past because another has just met the client."""
    sm, together = session.client("sagemaker"), threading.Barrier(4, timeout=10)

    def wait(**_: Any) -> None:
        together.wait()

    sm.meta.events.register("before-call", wait)
    with emulator.emulate(), ThreadPoolExecutor(4) as pool:
        answers = [pool.submit(_names, sm) for _ in range(4)]
        assert [answer.result() for answer in answers] == [[]] * 4


def test_a_client_of_its_own_keeps_its_own_store() -> None:
    own = emulator.client()
    with emulator.emulate():
        own.create_context(**CONTEXT)
    assert _names(own) == ["churn"]


def test_a_stub_of_the_users_own_goes_first(session: boto3.Session) -> None:
    sm = session.client("sagemaker")
    with emulator.emulate(), Stubber(sm) as stub:
        stub.add_response("list_contexts", {"ContextSummaries": []})
        assert _names(sm) == []
        stub.assert_no_pending_responses()


def test_somebody_else_may_wrap_the_same_method(
    session: boto3.Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wrapped after us and unwrapped after us: neither takes the other's away."""
    sm = session.client("sagemaker")
    with emulator.emulate():
        ours = BaseClient._make_request
        theirs = lambda *args: ours(*args)  # noqa: E731
        monkeypatch.setattr(BaseClient, "_make_request", theirs)
    assert BaseClient._make_request is theirs
    with pytest.raises(ReachedTheNetwork):
        sm.list_contexts()
    with emulator.emulate():
        assert _names(sm) == []
