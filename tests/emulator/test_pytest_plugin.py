"""The fixtures work in somebody else's test suite."""

from __future__ import annotations

import pytest

pytest_plugins = ["pytester"]

THEIRS = """
import boto3

def test_a_client(lineage_client):
    lineage_client.create_context(ContextName="c", ContextType="T", Source={"SourceUri": "s"})
    assert len(lineage_client.list_contexts()["ContextSummaries"]) == 1

def test_every_client(lineage_emulator):
    assert boto3.client("sagemaker").list_contexts()["ContextSummaries"] == []
    assert lineage_emulator.account.store.count() == 0
"""


def test_fixtures_are_found_by_the_plugins_name(pytester: pytest.Pytester) -> None:
    pytester.makeconftest('pytest_plugins = ["sm_lineage_magics.emulator.pytest_plugin"]')
    pytester.makepyfile(THEIRS)
    pytester.runpytest_subprocess("-p", "no:cacheprovider").assert_outcomes(passed=2)
