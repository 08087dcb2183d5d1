"""What an account may hold, counted by hand-made things alone."""

from __future__ import annotations

from typing import Any

import pytest

from sm_lineage_magics import emulator
from sm_lineage_magics.backends.local import Store
from sm_lineage_magics.emulator import Quotas
from sm_lineage_magics.emulator.quotas import SERVICE
from sm_lineage_magics.model import Entity, Home


def _create(sm: Any, number: int) -> str:
    source = {"SourceUri": f"s3://b/{number}"}
    return str(sm.create_artifact(ArtifactType="T", Source=source)["ArtifactArn"])


def test_the_defaults_are_the_services() -> None:
    assert dict(Quotas().of) == {
        "Artifact": 6000,
        "Action": 3000,
        "Context": 500,
        "Association": 6000,
    }


def test_a_full_account_refuses_one_more(refusal: Any) -> None:
    sm = emulator.client(quotas=Quotas({"Artifact": 2}))
    _create(sm, 1)
    _create(sm, 2)
    source = {"SourceUri": "s3://b/3"}
    with pytest.raises(sm.exceptions.ResourceLimitExceeded):
        sm.create_artifact(ArtifactType="T", Source=source)
    again = {"SourceUri": "s3://b/1"}
    assert "already exists" in refusal(sm.create_artifact, ArtifactType="T", Source=again)[1]


def test_associations_have_a_quota_of_their_own() -> None:
    sm = emulator.client(quotas=Quotas({"Association": 1}))
    one, two, three = (_create(sm, number) for number in range(3))
    sm.add_association(SourceArn=one, DestinationArn=two)
    with pytest.raises(sm.exceptions.ResourceLimitExceeded):
        sm.add_association(SourceArn=two, DestinationArn=three)


def test_what_the_service_made_does_not_count() -> None:
    store = Store.open(":memory:")
    arn = Home("us-east-1", "123456789012").artifact("s3://automatic")
    with store.writing():
        store.put([Entity(arn, "Artifact", "DataSet", created_by=SERVICE)])
    sm = emulator.client(store, quotas=Quotas({"Artifact": 1}))
    _create(sm, 1)
    with pytest.raises(sm.exceptions.ResourceLimitExceeded):
        _create(sm, 2)


def test_quotas_can_be_switched_off() -> None:
    home, store = Home("us-east-1", "123456789012"), Store.open(":memory:")
    store.put(Entity(home.context(f"c-{n}"), "Context", "T", f"c-{n}") for n in range(500))
    more = {"ContextName": "more", "ContextType": "T", "Source": {"SourceUri": "s3://b"}}
    limited = emulator.client(store)

    with pytest.raises(limited.exceptions.ResourceLimitExceeded):
        limited.create_context(**more)
    emulator.client(store, quotas=Quotas.none()).create_context(**more)

    assert store.count("Context") == 501
