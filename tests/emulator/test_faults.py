"""What goes wrong on purpose is what callers and botocore see."""

from __future__ import annotations

import time
from typing import Any

import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from sm_lineage_magics import emulator
from sm_lineage_magics.backends.local import Store
from sm_lineage_magics.emulator import Faults

NO_RETRIES = Config(retries={"mode": "standard", "total_max_attempts": 1})
CONTEXT = {"ContextName": "churn", "ContextType": "T", "Source": {"SourceUri": "s3://b"}}


def _context(number: int) -> dict[str, Any]:
    return {**CONTEXT, "ContextName": f"c{number}"}


def test_an_operation_is_denied_by_name(refusal: Any) -> None:
    sm = emulator.client(faults=Faults(denied=frozenset({"CreateContext"})), config=NO_RETRIES)
    code, message = refusal(sm.create_context, **CONTEXT)
    assert (code, "sagemaker:CreateContext" in message) == ("AccessDeniedException", True)
    assert sm.list_contexts()["ContextSummaries"] == []


def test_the_nth_call_fails_and_the_next_does_not(refusal: Any) -> None:
    sm = emulator.client(faults=Faults(failing={2: "InternalFailure"}), config=NO_RETRIES)
    sm.create_context(**CONTEXT)
    with pytest.raises(ClientError) as raised:
        sm.list_contexts()
    assert raised.value.response["Error"]["Code"] == "InternalFailure"
    assert raised.value.response["ResponseMetadata"]["HTTPStatusCode"] == 500
    assert len(sm.list_contexts()["ContextSummaries"]) == 1


def test_beyond_the_burst_calls_are_throttled(refusal: Any) -> None:
    sm = emulator.client(faults=Faults(rate=0.001, burst=2), config=NO_RETRIES)
    sm.list_contexts()
    sm.list_contexts()
    assert refusal(sm.list_contexts) == ("ThrottlingException", "Rate exceeded")


def test_a_throttled_write_is_written_once_when_tried_again() -> None:
    sm = emulator.client(
        faults=Faults(rate=30, burst=1),
        config=Config(retries={"mode": "standard", "max_attempts": 10}),
    )
    made = [sm.create_context(**_context(number)) for number in range(4)]
    assert sum(one["ResponseMetadata"]["RetryAttempts"] for one in made) > 0
    assert len(sm.list_contexts()["ContextSummaries"]) == 4


def test_latency_is_waited_for_on_every_call() -> None:
    sm = emulator.client(faults=Faults(latency=0.03))
    began = time.monotonic()
    sm.list_contexts()
    sm.list_contexts()
    assert time.monotonic() - began >= 0.06


def test_pages_may_be_shorter_than_asked_for() -> None:
    sm = emulator.client(faults=Faults(page=2))
    for number in range(5):
        sm.create_context(**_context(number))
    pages = list(sm.get_paginator("list_contexts").paginate(MaxResults=100))
    assert [len(page["ContextSummaries"]) for page in pages] == [2, 2, 1]


def test_a_write_shows_in_lists_later_and_described_at_once() -> None:
    store = Store.open(":memory:")
    now, late = emulator.client(store), emulator.client(store, faults=Faults(lag=60))
    arn = late.create_context(**CONTEXT)["ContextArn"]
    other = late.create_context(**_context(1))["ContextArn"]
    late.add_association(SourceArn=arn, DestinationArn=other)
    assert late.describe_context(ContextName="churn")["ContextArn"] == arn
    assert late.list_contexts()["ContextSummaries"] == []
    assert late.list_associations(SourceArn=arn)["AssociationSummaries"] == []
    assert late.query_lineage(StartArns=[arn], Direction="Descendants")["Vertices"] == []
    assert len(now.list_contexts()["ContextSummaries"]) == 2
    assert len(now.query_lineage(StartArns=[arn], Direction="Descendants")["Vertices"]) == 1


def test_without_faults_nothing_is_refused() -> None:
    assert not Faults(latency=1, page=1, lag=1).refuses
    assert Faults(rate=1).refuses
