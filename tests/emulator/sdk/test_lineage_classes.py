"""The SageMaker SDK's own lineage classes, of version 2 and of version 3, on the emulator.

Each version needs an environment of its own: `python -m pytest -m sdk_v2` in the one that has
sagemaker 2, `-m sdk_v3` in the one that has sagemaker 3.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from sm_lineage_magics import emulator

pytestmark = pytest.mark.filterwarnings("ignore")

VERSIONS = [
    pytest.param(("sagemaker.lineage", "sagemaker.session"), marks=pytest.mark.sdk_v2),
    pytest.param(
        ("sagemaker.core.lineage", "sagemaker.core.helper.session_helper"),
        marks=pytest.mark.sdk_v3,
    ),
]


@pytest.fixture(params=VERSIONS)
def sdk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """The classes, and a session of theirs whose SageMaker client is the emulator's."""
    lineage, session = request.param
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    boto_session = boto3.Session(
        aws_access_key_id="x", aws_secret_access_key="y", region_name="us-east-1"
    )
    client = emulator.client()
    made = import_module(session).Session(boto_session=boto_session, sagemaker_client=client)
    names = {
        "artifact": "Artifact",
        "action": "Action",
        "context": "Context",
        "association": "Association",
    }
    classes = {one: getattr(import_module(f"{lineage}.{m}"), one) for m, one in names.items()}
    return SimpleNamespace(
        **classes, query=import_module(f"{lineage}.query"), session=made, client=client
    )


@pytest.fixture
def artifact(sdk: SimpleNamespace) -> Callable[..., Any]:
    def make(name: str, type: str = "DataSet", **fields: Any) -> Any:
        return sdk.Artifact.create(
            artifact_name=name,
            source_uri=f"s3://bucket/{name}",
            artifact_type=type,
            sagemaker_session=sdk.session,
            **fields,
        )

    return make


def _link(sdk: SimpleNamespace, source: Any, destination: Any) -> None:
    sdk.Association.create(
        source_arn=getattr(source, "artifact_arn", source),
        destination_arn=getattr(destination, "artifact_arn", destination),
        association_type="ContributedTo",
        sagemaker_session=sdk.session,
    )


def test_an_artifact_is_made_saved_and_loaded(sdk: SimpleNamespace, artifact: Any) -> None:
    made = artifact("data", properties={"k1": "v1"})
    made.properties["k3"] = "v3"
    made.properties_to_remove = ["k1"]
    made.artifact_name = "renamed"
    made.save()
    loaded = sdk.Artifact.load(made.artifact_arn, sagemaker_session=sdk.session)
    assert (loaded.artifact_name, loaded.properties) == ("renamed", {"k3": "v3"})
    assert loaded.source.source_uri == "s3://bucket/data"
    assert loaded.creation_time <= loaded.last_modified_time


def test_an_action_and_a_context_are_made_saved_and_loaded(sdk: SimpleNamespace) -> None:
    action = sdk.Action.create(
        action_name="join",
        source_uri="arn:query",
        source_type="Athena",
        action_type="Query",
        status="InProgress",
        sagemaker_session=sdk.session,
    )
    action.status = "Completed"
    action.save()
    assert sdk.Action.load("join", sagemaker_session=sdk.session).status == "Completed"
    context = sdk.Context.create(
        context_name="churn_endpoint",
        source_uri="arn:endpoint",
        context_type="Endpoint",
        sagemaker_session=sdk.session,
    )
    context.description = "serves churn"
    context.save()
    loaded = sdk.Context.load("churn_endpoint", sagemaker_session=sdk.session)
    assert loaded.description == "serves churn"


def test_lists_sort_page_and_look_through_a_window(sdk: SimpleNamespace, artifact: Any) -> None:
    names = [f"a{number:02}" for number in range(23)]
    for name in names:
        artifact(name)
    now = datetime.now(timezone.utc)

    def listed(**asked: Any) -> list[str]:
        found = sdk.Artifact.list(sagemaker_session=sdk.session, **asked)
        return [one.artifact_name for one in found]

    assert listed(sort_by="CreationTime", sort_order="Ascending") == names
    assert listed(sort_by="CreationTime", sort_order="Descending") == names[::-1]
    assert listed(created_before=now - timedelta(hours=1)) == []
    assert len(listed(created_after=now - timedelta(hours=1))) == 23
    assert listed(source_uri="s3://bucket/a07") == ["a07"]


def test_a_second_one_already_exists(sdk: SimpleNamespace, artifact: Any) -> None:
    artifact("data")
    with pytest.raises(ClientError) as raised:
        artifact("data")
    error = raised.value.response["Error"]
    assert (error["Code"], "already exists" in error["Message"]) == ("ValidationException", True)


def test_deleting_disassociates_first_when_asked_to(sdk: SimpleNamespace, artifact: Any) -> None:
    one, two, three = artifact("one"), artifact("two"), artifact("three")
    _link(sdk, one, two)
    _link(sdk, two, three)
    with pytest.raises(ClientError):
        two.delete()
    two.delete(disassociate=True)
    remaining = [found.artifact_name for found in sdk.Artifact.list(sagemaker_session=sdk.session)]
    assert sorted(remaining) == ["one", "three"]
    assert list(sdk.Association.list(sagemaker_session=sdk.session)) == []


def test_associations_are_listed_by_either_end(sdk: SimpleNamespace, artifact: Any) -> None:
    data, model = artifact("data"), artifact("model", "Model")
    _link(sdk, data, model)
    [found] = sdk.Association.list(
        destination_arn=model.artifact_arn, sagemaker_session=sdk.session
    )
    assert (found.source_arn, found.source_type, found.destination_name) == (
        data.artifact_arn,
        "DataSet",
        "model",
    )


def test_tags_are_set_and_listed(sdk: SimpleNamespace, artifact: Any) -> None:
    made = artifact("data")
    made.set_tag({"Key": "team", "Value": "risk"})
    assert sdk.client.list_tags(ResourceArn=made.artifact_arn)["Tags"] == [
        {"Key": "team", "Value": "risk"}
    ]


def _ask(sdk: SimpleNamespace, start: Any, direction: str, **asked: Any) -> Any:
    return sdk.query.LineageQuery(sdk.session).query(
        start_arns=[start.artifact_arn],
        direction=getattr(sdk.query.LineageQueryDirectionEnum, direction),
        **asked,
    )


def test_a_query_follows_either_direction_with_edges(sdk: SimpleNamespace, artifact: Any) -> None:
    raw, clean, model = artifact("raw"), artifact("clean"), artifact("model", "Model")
    _link(sdk, raw, clean)
    _link(sdk, clean, model)
    found = _ask(sdk, model, "ASCENDANTS", include_edges=True)
    assert {one.arn for one in found.vertices} == {one.artifact_arn for one in (raw, clean, model)}
    assert {(one.source_arn, one.destination_arn) for one in found.edges} == {
        (raw.artifact_arn, clean.artifact_arn),
        (clean.artifact_arn, model.artifact_arn),
    }
    below = _ask(sdk, raw, "DESCENDANTS", include_edges=False)
    assert {one.arn for one in below.vertices} == {clean.artifact_arn, model.artifact_arn}


def test_a_filter_chooses_by_type(sdk: SimpleNamespace, artifact: Any) -> None:
    raw, job, model = artifact("raw"), artifact("job", "Job"), artifact("model", "Model")
    _link(sdk, raw, job)
    _link(sdk, job, model)
    wanted = sdk.query.LineageFilter(
        sources=[sdk.query.LineageSourceEnum.DATASET],
        entities=[sdk.query.LineageEntityEnum.ARTIFACT],
    )
    found = _ask(sdk, model, "ASCENDANTS", include_edges=False, query_filter=wanted)
    assert [one.arn for one in found.vertices] == [raw.artifact_arn]
    assert found.vertices[0].to_lineage_object().artifact_name == "raw"


def test_a_wide_graph_is_more_than_the_sdk_reads(sdk: SimpleNamespace, artifact: Any) -> None:
    """The SDK's query reads one page and says nothing of the rest; all pages are there."""
    hub = artifact("hub")
    for number in range(70):
        _link(sdk, hub, artifact(f"leaf{number}"))
    assert len(_ask(sdk, hub, "DESCENDANTS", include_edges=False).vertices) == 50
    found: list[str] = []
    token: dict[str, str] = {}
    while True:
        page = sdk.client.query_lineage(
            StartArns=[hub.artifact_arn], Direction="Descendants", **token
        )
        found += [one["Arn"] for one in page["Vertices"]]
        if "NextToken" not in page:
            break
        token = {"NextToken": page["NextToken"]}
    assert len(set(found)) == len(found) == 70


@pytest.mark.sdk_v3
def test_the_resource_classes_of_version_3(monkeypatch: pytest.MonkeyPatch) -> None:
    resources = import_module("sagemaker.core.resources")
    shapes = import_module("sagemaker.core.shapes")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "x")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    with emulator.emulate():
        made = resources.Artifact.create(
            artifact_name="data",
            artifact_type="DataSet",
            source=shapes.ArtifactSource(source_uri="s3://bucket/data"),
            properties={"a": "1"},
        )
        context = resources.Context.create(
            context_name="churn",
            context_type="Endpoint",
            source=shapes.ContextSource(source_uri="arn:endpoint"),
        )
        resources.Association.add(source_arn=made.artifact_arn, destination_arn=context.context_arn)
        found = resources.Artifact.get(artifact_arn=made.artifact_arn)
        assert (found.artifact_name, found.properties) == ("data", {"a": "1"})
        found.update(properties={"b": "2"})
        assert resources.Artifact.get(artifact_arn=made.artifact_arn).properties == {"b": "2"}
        assert [one.artifact_arn for one in resources.Artifact.get_all()] == [made.artifact_arn]
        [edge] = resources.Association.get_all(source_arn=made.artifact_arn)
        assert edge.destination_arn == context.context_arn
        edge.delete()
        found.delete()
        assert list(resources.Artifact.get_all()) == []
