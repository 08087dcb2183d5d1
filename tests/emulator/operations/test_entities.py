"""Artifacts, actions and contexts: identity, description, change, deletion, lists."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest


def test_an_artifact_is_described_as_it_was_made(sm: Any) -> None:
    before = datetime.now(timezone.utc)
    source = {
        "SourceUri": "s3://b/x",
        "SourceTypes": [{"SourceIdType": "S3ETag", "Value": "e1"}],
    }
    metadata = {"CommitId": "c0ffee", "Repository": "https://example.org/r.git"}
    arn = sm.create_artifact(
        ArtifactName="x",
        ArtifactType="DataSet",
        Source=source,
        Properties={"rows": "10", "unicode": "é😀<b>"},
        MetadataProperties=metadata,
    )["ArtifactArn"]
    described = sm.describe_artifact(ArtifactArn=arn)
    del described["ResponseMetadata"]
    created = described.pop("CreationTime")
    assert before <= created <= datetime.now(timezone.utc)
    assert described.pop("LastModifiedTime") == created
    assert described == {
        "ArtifactName": "x",
        "ArtifactArn": arn,
        "ArtifactType": "DataSet",
        "Source": source,
        "Properties": {"rows": "10", "unicode": "é😀<b>"},
        "MetadataProperties": metadata,
        "LineageGroupArn": "arn:aws:sagemaker:us-east-1:123456789012:lineage-group/"
        "sagemaker-default-lineage-group",
    }


def test_the_source_is_the_identity_of_an_artifact(sm: Any, refusal: Any) -> None:
    """The same URI with other source types is another artifact; the name plays no part."""
    bare = {"SourceUri": "s3://b/x"}
    typed = {"SourceUri": "s3://b/x", "SourceTypes": [{"SourceIdType": "Custom", "Value": "1"}]}
    first = sm.create_artifact(ArtifactName="a", ArtifactType="T", Source=bare)["ArtifactArn"]
    second = sm.create_artifact(ArtifactName="a", ArtifactType="T", Source=typed)["ArtifactArn"]
    assert first != second
    code, message = refusal(sm.create_artifact, ArtifactName="b", ArtifactType="U", Source=typed)
    assert code == "ValidationException"
    assert "already exists" in message
    listed = sm.list_artifacts(SourceUri="s3://b/x")["ArtifactSummaries"]
    assert [one["ArtifactArn"] for one in listed] == [second, first]


@pytest.mark.parametrize("kind", ["action", "context"])
def test_the_name_is_the_identity_of_an_action_and_a_context(
    sm: Any, refusal: Any, kind: str
) -> None:
    word = kind.capitalize()
    create = getattr(sm, f"create_{kind}")
    made = {f"{word}Name": "one", f"{word}Type": "T", "Source": {"SourceUri": "s3://b"}}
    arn = create(**made)[f"{word}Arn"]
    assert arn == f"arn:aws:sagemaker:us-east-1:123456789012:{kind}/one"
    code, message = refusal(create, **{**made, "Source": {"SourceUri": "s3://other"}})
    assert (code, "already exists" in message) == ("ValidationException", True)
    describe = getattr(sm, f"describe_{kind}")
    by_name, by_arn = describe(**{f"{word}Name": "one"}), describe(**{f"{word}Name": arn})
    assert by_name[f"{word}Arn"] == by_arn[f"{word}Arn"] == arn


def test_what_is_not_there_is_not_found(sm: Any, refusal: Any) -> None:
    nowhere = "arn:aws:sagemaker:us-east-1:123456789012:artifact/00"
    assert refusal(sm.describe_artifact, ArtifactArn=nowhere)[0] == "ResourceNotFound"
    assert refusal(sm.update_context, ContextName="no")[0] == "ResourceNotFound"
    assert refusal(sm.delete_action, ActionName="no")[0] == "ResourceNotFound"
    with pytest.raises(sm.exceptions.ResourceNotFound):
        sm.describe_context(ContextName="no")


def test_an_arn_of_another_kind_is_not_found(sm: Any, lineage: Any, refusal: Any) -> None:
    """DescribeAction takes any lineage ARN by its pattern; only an action answers."""
    arn = lineage.context("churn")
    assert refusal(sm.describe_action, ActionName=arn)[0] == "ResourceNotFound"


def test_an_update_replaces_properties_then_removes(sm: Any, lineage: Any) -> None:
    arn = lineage.artifact("x", Properties={"a": "1", "b": "2"})
    sm.update_artifact(ArtifactArn=arn, PropertiesToRemove=["b"])
    assert sm.describe_artifact(ArtifactArn=arn)["Properties"] == {"a": "1"}
    sm.update_artifact(
        ArtifactArn=arn,
        ArtifactName="y",
        Properties={"c": "3", "d": "4"},
        PropertiesToRemove=["d"],
    )
    described = sm.describe_artifact(ArtifactArn=arn)
    assert (described["ArtifactName"], described["Properties"]) == ("y", {"c": "3"})
    assert described["LastModifiedTime"] > described["CreationTime"]


def test_an_action_changes_its_status_and_description(sm: Any, lineage: Any) -> None:
    lineage.action("join", Status="InProgress", Description="old")
    sm.update_action(ActionName="join", Status="Completed", Description="new")
    described = sm.describe_action(ActionName="join")
    assert (described["Status"], described["Description"]) == ("Completed", "new")


def test_an_entity_with_associations_is_not_deleted(sm: Any, lineage: Any, refusal: Any) -> None:
    lineage.draw("data model")
    for name in ("data", "model"):
        code, message = refusal(sm.delete_artifact, ArtifactArn=lineage.arns[name])
        assert (code, "associat" in message) == ("ValidationException", True)
    sm.delete_association(SourceArn=lineage.arns["data"], DestinationArn=lineage.arns["model"])
    assert sm.delete_artifact(ArtifactArn=lineage.arns["data"])["ArtifactArn"]
    assert [one["ArtifactName"] for one in sm.list_artifacts()["ArtifactSummaries"]] == ["model"]


def test_an_artifact_can_be_deleted_by_its_source(sm: Any, lineage: Any, refusal: Any) -> None:
    arn = lineage.artifact("x")
    assert sm.delete_artifact(Source={"SourceUri": "s3://bucket/x"})["ArtifactArn"] == arn
    assert refusal(sm.delete_artifact, ArtifactArn=arn)[0] == "ResourceNotFound"
    assert refusal(sm.delete_artifact)[0] == "ValidationException"


def test_a_deleted_artifact_can_be_made_again(sm: Any, lineage: Any) -> None:
    arn = lineage.artifact("x")
    sm.delete_artifact(ArtifactArn=arn)
    assert lineage.artifact("x") == arn


def test_lists_are_newest_first_and_ten_to_a_page(sm: Any, lineage: Any) -> None:
    names = [f"a{number:02}" for number in range(25)]
    for name in names:
        lineage.artifact(name)
    assert len(sm.list_artifacts()["ArtifactSummaries"]) == 10
    pages = sm.get_paginator("list_artifacts").paginate(SortOrder="Descending")
    listed = [one["ArtifactName"] for page in pages for one in page["ArtifactSummaries"]]
    assert listed == names[::-1]
    pages = sm.get_paginator("list_artifacts").paginate(SortOrder="Ascending", MaxResults=7)
    assert [one["ArtifactName"] for page in pages for one in page["ArtifactSummaries"]] == names


def test_contexts_sort_by_name(sm: Any, lineage: Any) -> None:
    for name in ("b", "c", "a"):
        lineage.context(name)
    listed = sm.list_contexts(SortBy="Name", SortOrder="Ascending")["ContextSummaries"]
    assert [one["ContextName"] for one in listed] == ["a", "b", "c"]


def test_lists_filter_by_type_and_window(sm: Any, lineage: Any) -> None:
    lineage.artifact("x", type="DataSet")
    lineage.artifact("y", type="Model")
    now = datetime.now(timezone.utc)

    def listed(**asked: Any) -> list[str]:
        summaries = sm.list_artifacts(**asked)["ArtifactSummaries"]
        return [one["ArtifactName"] for one in summaries]

    assert listed(ArtifactType="Model") == ["y"]
    assert listed(CreatedAfter=now - timedelta(hours=1)) == ["y", "x"]
    assert listed(CreatedAfter=now + timedelta(hours=1)) == []
    assert listed(CreatedBefore=now - timedelta(hours=1)) == []


def test_a_token_fits_only_the_question_it_was_given_for(
    sm: Any, lineage: Any, refusal: Any
) -> None:
    for name in ("x", "y", "z"):
        lineage.artifact(name)
    token = sm.list_artifacts(MaxResults=1)["NextToken"]
    assert refusal(sm.list_artifacts, NextToken=token, SortOrder="Ascending")[0] == (
        "ValidationException"
    )
    assert refusal(sm.list_artifacts, NextToken="made up")[0] == "ValidationException"
    again = [sm.list_artifacts(NextToken=token, MaxResults=1) for _ in range(2)]
    names = [page["ArtifactSummaries"][0]["ArtifactName"] for page in again]
    assert names == ["y", "y"]
