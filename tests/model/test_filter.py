"""Filters: all conditions hold, of each any value will do."""

from datetime import datetime, timezone

import pytest

from sm_lineage_magics.model import Entity, EntityFilter

JANUARY = datetime(2026, 1, 1, tzinfo=timezone.utc)
MARCH = datetime(2026, 3, 1, tzinfo=timezone.utc)
MODEL = Entity("m", "Artifact", "Model", properties={"team": "risk"}, created=JANUARY)


@pytest.mark.parametrize(
    ("wanted", "kept"),
    [
        (EntityFilter(), True),
        (EntityFilter(kinds=("Action",)), False),
        (EntityFilter(types=("DataSet", "Model")), True),
        (EntityFilter(roles=("model",), kinds=("Artifact",)), True),
        (EntityFilter(properties={"team": "risk", "stage": "prod"}), True),
        (EntityFilter(properties={"stage": "prod"}), False),
        (EntityFilter(created_after=JANUARY, created_before=JANUARY), True),
        (EntityFilter(created_after=MARCH), False),
        (EntityFilter(modified_before=MARCH), False),
    ],
)
def test_an_entity_passes_when_every_condition_set_holds(wanted, kept):
    assert wanted(MODEL) is kept
