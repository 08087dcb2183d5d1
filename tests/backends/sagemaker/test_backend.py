"""An account's own: ml-lineage-helper's lineage, odd names, memory, quotas, the checkup."""

import base64

import pytest

from sm_lineage_magics.backends.sagemaker import SageMakerBackend
from sm_lineage_magics.emulator import Faults
from sm_lineage_magics.errors import CredentialsMissing
from sm_lineage_magics.model import Association, Entity, Home, LineageGraph, Plan, Reference

SQL = "SELECT * FROM customers JOIN claims USING (policy_id) WHERE age > 18 -- " + "x" * 200


@pytest.mark.parametrize("name", ["model:fraud-0", "fg:claims", "s3://bucket/raw/claims.csv"])
def test_a_name_is_looked_up_by_its_resource(world, ask, name):
    here = world()
    (found,) = ask(here).backend.resolve(Reference.parse(name))
    keys = {"model:fraud-0": "fraud-0", "fg:claims": "claims"}

    assert found.arn == here.arn(keys.get(name, "raw"))


def test_lineage_outlives_the_resource_it_is_of(world, ask):
    """The feature group was deleted; its artifact is found in the list of its type."""
    here = world()
    here.artifact(
        "gone",
        "FeatureGroup",
        "fg-gone",
        "arn:aws:sagemaker:us-east-1:123456789012:feature-group/gone",
    )
    here.store.put([here.entities["gone"]])

    assert [one.name for one in ask(here).backend.resolve(Reference.parse("fg:gone"))] == [
        "fg-gone"
    ]


def test_the_seeds_query_is_shown_decoded(world, ask):
    here = world(0)
    query = base64.b64encode(b"SELECT 1").decode()
    here.artifact("d", "DataSet", "TrainingData", "s3://b/d", Base64FeatureStoreQueryString=query)
    here.store.put([here.entities["d"]])
    (stored,) = ask(here).backend.get([here.arn("d")]).values()

    assert stored.properties == {"Base64FeatureStoreQueryString": query, "Query": "SELECT 1"}


def test_the_seeds_cut_query_says_that_it_was_cut(world, ask):
    here = world(0)
    query = base64.b64encode(SQL.encode()).decode()[:256]
    here.artifact("d", "DataSet", "TrainingData", "s3://b/d", Base64FeatureStoreQueryString=query)
    here.store.put([here.entities["d"]])
    (stored,) = ask(here).backend.get([here.arn("d")]).values()

    assert SQL.startswith(stored.properties["Query"])
    assert stored.properties["QueryTruncated"] == "true"


@pytest.mark.parametrize("kind", ["Artifact", "Action", "Context", "TrialComponent"])
@pytest.mark.parametrize("name", ["clean.csv", "my query", "été 🦊", "a_b", "--x--", "x" * 200])
def test_a_name_the_service_refuses_is_kept_all_the_same(world, ask, kind, name):
    backend = ask(world(0)).backend
    homes = {"Artifact": Home().artifact("s3://b/1"), "TrialComponent": Home().trial_component("k")}
    arn = homes.get(kind, Home().arn(kind.lower(), "k"))
    entity = Entity(arn, kind, "TrainingJob", name, "s3://b/1", {"rows": "10"})
    receipt = backend.apply(Plan.of(LineageGraph.of([entity])))
    (stored,) = backend.get(receipt.created).values()

    assert (stored.name, stored.type, stored.source_uri) == (name, "TrainingJob", "s3://b/1")
    assert stored.properties == {"rows": "10"}


def test_names_that_the_service_would_write_alike_stay_apart(world, ask):
    names = ["x" * 120 + "1", "x" * 120 + "2", "join customers", "join_customers", "名前", "数据"]
    homes = {name: Home().artifact(f"s3://b/{name}") for name in names}
    data = [Entity(homes[n], "Artifact", "DataSet", "d", f"s3://b/{n}") for n in names]
    queries = [Entity(Home().action(n), "Action", "Query", n, f"query:{n}") for n in names]
    edges = [Association(a.arn, b.arn, "ContributedTo") for a, b in zip(data, queries, strict=True)]
    plan = Plan.of(LineageGraph.of([*data, *queries], edges))
    backend = ask(world(0)).backend

    first, again = backend.apply(plan), backend.apply(plan)

    assert (len(first.created), len(first.linked), first.gaps) == (12, 6, ())
    assert (again.created, again.linked, again.gaps) == ((), (), ())
    assert {e.name for e in backend.get(first.created).values() if e.kind == "Action"} == set(names)


def test_a_query_longer_than_a_property_comes_back_whole(world, ask):
    backend = ask(world(0)).backend
    sql = "SELECT\n" + ",\n".join(f"column_{number}" for number in range(2000))
    arn = Home().action("q")
    entity = Entity(arn, "Action", "FeatureStoreQuery", "q", "s3://b/q", {"Query": sql})
    receipt = backend.apply(Plan.of(LineageGraph.of([entity])))

    assert backend.get(receipt.created)[receipt.created[0]].properties["Query"] == sql
    assert receipt.gaps == ()


def test_what_others_wrote_is_not_written_over(world, ask):
    here = world()
    backend = ask(here).backend
    model = here.entities["fraud-0"]
    mine = Entity(
        model.arn,
        "Artifact",
        "Model",
        "Model",
        model.source_uri,
        {"SageMakerModelName": "x", "a": "1"},
    )
    receipt = backend.apply(Plan.of(LineageGraph.of([mine]), [mine.arn]))

    assert receipt.merged == {model.arn: {"a": None}}
    (stored,) = backend.get([model.arn]).values()
    assert stored.properties == {"SageMakerModelName": "fraud-0", "a": "1"}


def test_quotas_count_what_was_made_by_hand(world, ask):
    here = world(1)
    used = {use.kind: (use.by_hand, use.limit) for use in ask(here).backend.usage()}

    assert used["Artifact"] == (9, 6000)
    assert used["Association"] == (len(here.links), 6000)


def test_the_checkup_names_each_permission_that_lacks(world, ask):
    asked = ask(world(), faults=Faults(denied=frozenset({"QueryLineage", "AddAssociation"})))
    advice = {what: todo for what, _, todo in asked.backend.checkup() if todo}

    assert advice == {
        "sagemaker:QueryLineage": "Ask for the IAM action sagemaker:QueryLineage.",
        "sagemaker:AddAssociation": "Ask for the IAM action sagemaker:AddAssociation.",
    }


def test_the_checkup_changes_nothing(world, ask):
    here = world()
    before = list(here.store.find())
    list(ask(here).backend.checkup())

    assert list(here.store.find()) == before


def test_a_profile_that_is_not_there_is_one_line(monkeypatch, tmp_path):
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    with pytest.raises(CredentialsMissing, match="nobody"):
        SageMakerBackend.open(profile="nobody")


def test_no_region_is_one_line(monkeypatch, tmp_path):
    for name in ("AWS_DEFAULT_REGION", "AWS_REGION", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    with pytest.raises(CredentialsMissing, match="No AWS region"):
        SageMakerBackend.open()


def test_no_credentials_are_one_line(monkeypatch, tmp_path):
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    backend = SageMakerBackend.open(region="us-east-1")
    with pytest.raises(CredentialsMissing, match="needs AWS credentials"):
        backend.get(["arn:aws:sagemaker:us-east-1:123456789012:action/q"])


def test_progress_is_told_of_what_takes_long(world, ask, monkeypatch):
    monkeypatch.setattr("sm_lineage_magics.backends.sagemaker.calls.service.QUIET_SECONDS", 0.0)
    asked = ask(world())
    told = []
    asked.backend.progress = told.append
    asked.backend.resolve(Reference.parse("fg:claims"))

    assert [(each.calls, each.operation) for each in told] == [
        (1, "DescribeFeatureGroup"),
        (2, "ListArtifacts"),
    ]


def test_a_backend_that_was_closed_can_be_asked_again(world, ask):
    here = world()
    backend = ask(here).backend
    backend.close()

    assert list(backend.get([here.arn("raw")])) == [here.arn("raw")]
