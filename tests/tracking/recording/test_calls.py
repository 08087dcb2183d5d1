"""How many calls recording costs in an account, beside what the cell itself does."""

from __future__ import annotations

from itertools import pairwise

import pytest

from sm_lineage_magics import emulator
from sm_lineage_magics.backends.local import Store
from sm_lineage_magics.backends.sagemaker import SageMakerBackend
from sm_lineage_magics.model import Association, Entity, Home
from sm_lineage_magics.tracking.facts import Facts, Link
from sm_lineage_magics.tracking.recording.journal import Journal
from sm_lineage_magics.tracking.recording.tracker import Tracker

HOME = Home()


def data(name: str) -> Entity:
    uri = f"s3://shop/{name}"
    return Entity(HOME.artifact(uri), "Artifact", "DataSet", name, uri, properties={"rows": "8"})


def chain(length: int) -> Facts:
    """Data sets, each a changed copy of the one before."""
    sets = [data(f"{number:02}.csv") for number in range(length)]
    pairs = pairwise(sets)
    links = (Link(Association(a.arn, b.arn, "DerivedFrom"), "seen") for a, b in pairs)
    return Facts(tuple(sets), tuple(links))


@pytest.fixture
def account():
    """A tracker of an empty account, and the names of the calls it makes."""
    calls = []
    client = emulator.client()
    client.meta.events.register_first(
        "before-call.sagemaker", lambda model, **_: calls.append(model.name)
    )
    backend = SageMakerBackend.open(client=client)
    yield Tracker(backend, Journal(Store.open(":memory:"))), calls
    backend.close()


def counted(calls: list[str]) -> dict[str, int]:
    """How often each operation was called, the account's own name left out."""
    return {name: calls.count(name) for name in sorted(set(calls) - {"ListLineageGroups"})}


def test_new_lineage_costs_a_look_and_a_write_for_each_entity_and_a_write_for_each_link(account):
    tracker, calls = account
    tracker.record(chain(20))

    assert counted(calls) == {"AddAssociation": 19, "CreateArtifact": 20, "ListArtifacts": 20}


def test_recorded_again_nothing_new_is_two_questions_whatever_its_size(account):
    """Twenty in a row are more than the ten levels that one question reaches."""
    tracker, calls = account
    tracker.record(chain(20))
    calls.clear()
    again = tracker.record(chain(20))

    assert again.run is None
    assert counted(calls) == {"QueryLineage": 2}


def test_what_was_deleted_meanwhile_is_looked_up_and_made_again(account):
    tracker, calls = account
    first = tracker.record(chain(6))
    tracker.backend.delete([first.run.receipt.arns[data("05.csv").arn]])
    calls.clear()
    again = tracker.record(chain(6))

    assert [planned.entity.name for planned in again.plan.entities if planned.act == "create"] == [
        "05.csv"
    ]
    assert [link.act for link in again.plan.links] == ["keep"] * 4 + ["link"]
    assert len(list(tracker.backend.listed())) == 6


def test_what_another_deleted_behind_our_back_is_made_again(account):
    """Another kernel's delete, of which this one's memory knows nothing."""
    tracker, _ = account
    first = tracker.record(chain(6))
    other = SageMakerBackend.open(client=tracker.backend.service.client)
    other.delete([first.run.receipt.arns[data("02.csv").arn]])
    again = tracker.record(chain(6))

    assert again.answer.gaps == ()
    assert len(list(tracker.backend.listed())) == 6
    assert len(list(tracker.backend.linked())) == 5
