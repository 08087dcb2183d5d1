"""A card tells all that is known, as people read it, and nothing of it is markup."""

import json
from datetime import datetime, timezone

import pytest

from sm_lineage_magics.model import Entity, LineageGraph
from sm_lineage_magics.views.entity.card import card

MADE = datetime(2026, 4, 10, 7, 0, 12, tzinfo=timezone.utc)


def told(value):
    entity = Entity("a", "Artifact", "DataSet", "a", "", {"Key": value})
    return card(entity, LineageGraph.of([entity]))


def test_moments_are_told_to_the_minute():
    entity = Entity("a", "Artifact", "DataSet", "a", created=MADE)

    assert "<dd>2026-04-10 07:00 UTC</dd>" in card(entity, LineageGraph.of([entity]))
    assert "<dd>2026-04-10 07:00 UTC</dd>" in told("2026-04-10T07:00:12.5Z")


@pytest.mark.parametrize(
    ("value", "seen"),
    [
        (json.dumps(["db.one", "db.two"]), "db.one, db.two"),
        (json.dumps({"team": "fraud", "owner": "emil"}), "team: fraud, owner: emil"),
        ('[{"a": 1}]', "[{&quot;a&quot;: 1}]"),
        ("[not json", "[not json"),
        ("{}", ""),
        ("[<b>]", "[&lt;b&gt;]"),
        (json.dumps(["<b>"]), "&lt;b&gt;"),
        ("plain", "plain"),
    ],
)
def test_lists_and_tags_lose_their_brackets(value, seen):
    assert f"<dd>{seen}</dd>" in told(value)
