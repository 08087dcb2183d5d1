"""The embedded backend in one sitting: written, asked, taken back."""

import pytest

from sm_lineage_magics.backends.local import LocalBackend
from sm_lineage_magics.model import Association, Entity, Home, LineageGraph, Plan

HOME = Home()
RAW = Entity(HOME.artifact("s3://b/raw.csv"), "Artifact", "DataSet", "raw", "s3://b/raw.csv")
CLEAN = Entity(HOME.action("clean"), "Action", "Processing", "clean", status="Completed")
LINEAGE = LineageGraph.of([RAW, CLEAN], [Association(RAW.arn, CLEAN.arn, "ContributedTo")])


@pytest.fixture
def backend():
    opened = LocalBackend.open(":memory:")
    yield opened
    opened.close()


def test_what_is_written_is_found_upstream(backend):
    backend.apply(Plan.of(LINEAGE))

    assert [entity.name for entity in backend.traverse([CLEAN.arn], "upstream")] == ["raw"]


def test_a_plan_applied_again_changes_nothing(backend):
    backend.apply(Plan.of(LINEAGE))

    assert backend.apply(Plan.of(LINEAGE)).empty


def test_a_receipt_taken_back_leaves_nothing(backend):
    removed = backend.remove(backend.apply(Plan.of(LINEAGE)))

    assert removed.created == (RAW.arn, CLEAN.arn)
    assert (backend.store.count(), backend.store.count_associations()) == (0, 0)
