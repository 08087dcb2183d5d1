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


IN_A_SANDBOX = """
import boto3, os

def test_one(sagemaker_sandbox):
    assert boto3.client("sts").get_caller_identity()["Account"] == sagemaker_sandbox.account
    boto3.client("s3").create_bucket(Bucket="mine")
    boto3.client("sagemaker").create_context(
        ContextName="c", ContextType="T", Source={"SourceUri": "s"}
    )

def test_another_finds_nothing_of_it(sagemaker_sandbox):
    [bucket] = boto3.client("s3").list_buckets()["Buckets"]
    assert bucket["Name"] == sagemaker_sandbox.bucket
    assert boto3.client("sagemaker").list_contexts()["ContextSummaries"] == []

def test_outside_nothing_is_left():
    assert os.environ.get("AWS_ACCESS_KEY_ID") != "SANDBOX"
"""


@pytest.mark.slow
def test_each_test_has_a_sandbox_of_its_own(pytester: pytest.Pytester) -> None:
    pytester.makeconftest('pytest_plugins = ["sm_lineage_magics.emulator.pytest_plugin"]')
    pytester.makepyfile(IN_A_SANDBOX)
    pytester.runpytest_subprocess("-p", "no:cacheprovider").assert_outcomes(passed=3)
