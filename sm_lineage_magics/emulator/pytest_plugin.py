"""Fixtures for testing your own lineage code, with no account and no network.

In your `conftest.py`:

>>> pytest_plugins = ["sm_lineage_magics.emulator.pytest_plugin"]

and in a test:

>>> def test_training_is_recorded(lineage_client):
...     record_training(lineage_client)
...     assert len(lineage_client.list_actions()["ActionSummaries"]) == 1

`lineage_client` is a boto3 client of an empty account. `lineage_emulator` answers the lineage
calls of every client your code makes by itself. `sagemaker_sandbox` answers everything else of
SageMaker, S3 and Athena too (extra `sandbox`). Each test gets a new, empty account.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from . import Sandbox, Service, client, emulate, sandbox


@pytest.fixture
def lineage_client() -> Any:
    """A boto3 SageMaker client of an empty account; it answers lineage calls alone."""
    return client()


@pytest.fixture
def lineage_emulator(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    """Answers the lineage calls of every boto3 SageMaker client, made anywhere in the test."""
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    with emulate() as service:
        yield service


@pytest.fixture
def sagemaker_sandbox() -> Iterator[Sandbox]:
    """An account that is not there, for unmodified SageMaker SDK code."""
    with sandbox() as box:
        yield box
