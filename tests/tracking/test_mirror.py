"""An account pulled to this machine, stopped and gone on with, and this machine pushed."""

from datetime import datetime, timezone
from itertools import pairwise

import pytest

from sm_lineage_magics import demo, emulator
from sm_lineage_magics.backends.local import LocalBackend
from sm_lineage_magics.backends.sagemaker import SageMakerBackend
from sm_lineage_magics.errors import AccessDenied
from sm_lineage_magics.model import Association, Entity, Home, LineageGraph, Plan
from sm_lineage_magics.tracking.facts import Facts, Link
from sm_lineage_magics.tracking.mirror import Pulled, plan_push, pull
from sm_lineage_magics.tracking.recording.tracker import Tracker

HOME = Home()


@pytest.fixture
def local():
    backend = LocalBackend.open(":memory:")
    yield backend
    backend.close()


@pytest.fixture
def account():
    backend = SageMakerBackend.open(client=emulator.client())
    yield backend
    backend.close()


@pytest.fixture
def shop():
    return demo.grocery().graph


def test_a_pull_brings_every_entity_whole(local, account, shop):
    receipt = account.apply(Plan.of(shop))
    pulled = pull(account, local)

    assert pulled == Pulled(len(receipt.created), len(receipt.linked), 0)
    assert local.get(receipt.created) == account.get(receipt.created)


def test_a_mirror_answers_as_the_account_does(local, account, shop):
    receipt = account.apply(Plan.of(shop))
    pull(account, local)
    start = [receipt.arns[next(iter(shop.entities))]]

    here, there = (each.traverse(start, "both") for each in (local, account))
    assert here.graph.entities == there.graph.entities
    assert {e.pair for e in here.graph.associations} == {e.pair for e in there.graph.associations}


def test_a_second_pull_asks_for_nothing_again(local, account, shop):
    receipt = account.apply(Plan.of(shop))
    pull(account, local)

    assert pull(account, local) == Pulled(0, 0, len(receipt.created))


def touched(account, arn):
    """Change a property of an artifact, as anybody may."""
    account.service.call("UpdateArtifact", ArtifactArn=arn, Properties={"rows": "20"})


@pytest.mark.parametrize("explicitly", [False, True])
def test_what_was_changed_since_is_brought_too(local, account, explicitly):
    old, other = (HOME.artifact(f"s3://b/{name}") for name in ("old", "other"))
    for arn, name in ((old, "old"), (other, "other")):
        entity = Entity(arn, "Artifact", "DataSet", name, f"s3://b/{name}", {"rows": "10"})
        account.apply(Plan.of(LineageGraph.of([entity])))
    pull(account, local)
    before = datetime.now(timezone.utc)
    [kept] = account.existing([Entity(old, "Artifact", source_uri="s3://b/old")]).values()
    touched(account, kept.arn)

    pulled = pull(account, local, before if explicitly else None)
    assert pulled == Pulled(1, 0, 0 if explicitly else 1)
    assert local.get([kept.arn])[kept.arn].properties == {"rows": "20"}


CHAIN = ("raw", "clean", "train")


def dataset(name, **properties):
    """A data set, as whoever records it knows it."""
    uri = f"s3://b/{name}"
    return Entity(HOME.artifact(uri), "Artifact", "DataSet", name, uri, properties)


@pytest.fixture
def chained(account, local):
    """Three data sets of the account, each made of the one before and pulled: ARNs by name."""
    sets = [dataset(name) for name in CHAIN]
    links = [Association(a.arn, b.arn, "DerivedFrom") for a, b in pairwise(sets)]
    receipt = account.apply(Plan.of(LineageGraph.of(sets, links)))
    pull(account, local)
    return {each.name: receipt.arns[each.arn] for each in sets}


def names(backend):
    return sorted(entity.name for entity in backend.find())


def test_what_the_account_has_no_longer_is_taken_out_and_named(local, account, chained):
    account.delete([chained["clean"]])

    assert pull(account, local) == Pulled(0, 0, 2, ("s3://b/clean",), 2)
    assert names(local) == ["raw", "train"]
    assert list(local.store.associations()) == []
    assert pull(account, local) == Pulled(0, 0, 2)


def test_a_link_the_account_has_no_longer_is_taken_out(local, account, chained):
    gone = (chained["raw"], chained["clean"])
    account.service.call("DeleteAssociation", SourceArn=gone[0], DestinationArn=gone[1])

    assert pull(account, local) == Pulled(0, 0, 3, unlinked=1)
    assert [edge.pair for edge in local.store.associations()] == [
        (chained["clean"], chained["train"])
    ]


def test_what_was_recorded_here_of_what_is_gone_stays_and_is_marked(local, account, chained):
    """A model that was fitted here on the account's data, and a property noted here."""
    tracker = Tracker.beside(local)
    model = dataset("model")
    fitted = Link(Association(dataset("train").arn, model.arn, "ContributedTo"), "seen")
    tracker.record(Facts((dataset("raw", owner="ann"), dataset("train"), model), (fitted,)))
    account.delete([chained[name] for name in CHAIN])
    pulled = pull(account, local)
    stored = {entity.name: entity for entity in local.find()}

    assert (pulled.gone, sorted(pulled.kept)) == (
        ("s3://b/clean",),
        ["s3://b/raw", "s3://b/train"],
    )
    assert {name: entity.status for name, entity in stored.items()} == {
        "raw": "Deleted",
        "train": "Deleted",
        "model": None,
    }
    assert stored["raw"].properties == {"owner": "ann"}
    assert [edge.pair for edge in local.store.associations()] == [(chained["train"], model.arn)]
    assert pull(account, local) == Pulled(0, 0, 0)


def test_a_link_that_was_recorded_here_stays_though_the_account_never_had_it(
    local, account, chained
):
    here = Link(Association(dataset("raw").arn, dataset("train").arn, "DerivedFrom"), "seen")
    Tracker.beside(local).record(Facts((dataset("raw"), dataset("train")), (here,)))

    assert pull(account, local) == Pulled(0, 0, 3)
    assert (chained["raw"], chained["train"]) in {e.pair for e in local.store.associations()}


def test_a_property_that_was_recorded_here_stays_when_the_account_changes_others(
    local, account, chained
):
    Tracker.beside(local).record(Facts((dataset("raw", owner="ann"),)))
    touched(account, chained["raw"])
    pull(account, local)

    assert local.get([chained["raw"]])[chained["raw"]].properties == {"owner": "ann", "rows": "20"}
    assert pull(account, local) == Pulled(0, 0, 3)


def test_another_accounts_copy_and_what_is_here_alone_are_left(local, account, chained):
    elsewhere = Home("eu-west-1", "210987654321").artifact("s3://b/elsewhere")
    local.store.put([Entity(elsewhere, "Artifact", "DataSet", "elsewhere", "s3://b/elsewhere")])
    local.apply(Plan.of(LineageGraph.of([dataset("mine")])))
    pull(account, local)

    assert names(local) == ["clean", "elsewhere", "mine", "raw", "train"]


def test_a_refused_pull_takes_nothing_out(local, account, chained):
    account.delete([chained["train"]])
    account.service.client.meta.events.register_first(
        "before-call.sagemaker.ListAssociations", _denied
    )

    with pytest.raises(AccessDenied):
        pull(account, local)
    assert names(local) == ["clean", "raw", "train"]


def test_since_a_moment_what_is_gone_is_noticed_too(local, account, chained):
    account.delete([chained["train"]])
    pulled = pull(account, local, datetime.now(timezone.utc))

    assert pulled == Pulled(0, 0, 0, ("s3://b/train",), 1)


def test_a_pull_that_was_stopped_goes_on_where_it_was(local, shop):
    sm = emulator.client()
    writer = SageMakerBackend.open(client=sm)
    receipt = writer.apply(Plan.of(shop))
    refusing = SageMakerBackend.open(client=sm)
    sm.meta.events.register_first("before-call.sagemaker.ListAssociations", _denied)

    with pytest.raises(AccessDenied):
        pull(refusing, local)
    sm.meta.events.unregister("before-call.sagemaker.ListAssociations", _denied)
    assert pull(writer, local) == Pulled(0, len(receipt.linked), len(receipt.created))
    for backend in (writer, refusing):
        backend.close()


def _denied(**_):
    class Http:
        status_code = 400
        headers = {}

    error = {"Code": "AccessDeniedException", "Message": "no"}
    return Http(), {"Error": error, "ResponseMetadata": {"HTTPStatusCode": 400}}


def test_a_push_is_planned_and_a_second_one_changes_nothing(local, account, shop):
    local.apply(Plan.of(shop))
    plan = plan_push(local, account)
    receipt = account.apply(plan)

    assert {each.act for each in plan.entities} == {"create"}
    assert (len(receipt.created), len(receipt.linked)) == (len(shop), len(shop.associations))
    again = plan_push(local, account)
    assert {each.act for each in again.entities} == {"merge"}
    assert account.apply(again).empty


def test_each_approval_of_a_package_stays_itself_however_often_it_is_pushed(local, account):
    package = Home("us-east-1", "123456789012").arn("model-package", "churn/1")
    approvals = [
        Entity(
            HOME.action(f"churn-1-{status}"),
            "Action",
            "Approval",
            f"churn-1-{status}",
            package,
            {"ModelApprovalStatus": status},
        )
        for status in ("PendingManualApproval", "Approved")
    ]
    for approval in approvals:
        local.apply(Plan.of(LineageGraph.of([approval]), local.existing([approval])))
    assert {e.arn: e.properties for e in local.find()} == {e.arn: e.properties for e in approvals}
    for _ in range(3):
        account.apply(plan_push(local, account))

    stored = account.get([each.arn for each in account.find()]).values()
    assert {e.name: e.properties for e in stored} == {e.name: e.properties for e in approvals}


def test_what_was_pulled_is_not_pushed(local, account, shop):
    account.apply(Plan.of(shop))
    pull(account, local)

    assert plan_push(local, account) == Plan(title=f"push to {account.name}")
