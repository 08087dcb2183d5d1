"""An account pulled to this machine, stopped and gone on with, and this machine pushed."""

from datetime import datetime, timezone

import pytest

from sm_lineage_magics import demo, emulator
from sm_lineage_magics.backends.local import LocalBackend
from sm_lineage_magics.backends.sagemaker import SageMakerBackend
from sm_lineage_magics.errors import AccessDenied
from sm_lineage_magics.model import Entity, Home, LineageGraph, Plan
from sm_lineage_magics.tracking.mirror import Pulled, last_pulled, plan_push, pull

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


def test_a_pull_that_was_stopped_goes_on_where_it_was(local, shop):
    sm = emulator.client()
    writer = SageMakerBackend.open(client=sm)
    receipt = writer.apply(Plan.of(shop))
    refusing = SageMakerBackend.open(client=sm)
    sm.meta.events.register_first("before-call.sagemaker.ListAssociations", _denied)

    with pytest.raises(AccessDenied):
        pull(refusing, local)
    assert last_pulled(refusing, local) is None
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


def test_what_was_pulled_is_not_pushed(local, account, shop):
    account.apply(Plan.of(shop))
    pull(account, local)

    assert plan_push(local, account) == Plan(title=f"push to {account.name}")
