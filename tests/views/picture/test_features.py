"""Features drawn on demand stand between the group that has them and the query that reads them."""

import json

import pytest

from sm_lineage_magics.model import Answer, Association, ColumnSource, Entity, LineageGraph
from sm_lineage_magics.model.columns import write_columns
from sm_lineage_magics.views.page import page
from sm_lineage_magics.views.picture import Drawing, picture_of
from sm_lineage_magics.views.picture.features import has_features

FEATURES = {"age": "Integral", "region": "String", "deleted": "Integral", "spare": "String"}
COLUMNS = {
    "age": [ColumnSource("customers", "age"), ColumnSource("customers", "deleted", "filter")],
    "where": [ColumnSource("customers", "region"), ColumnSource("elsewhere", "zip")],
}


@pytest.fixture
def answer():
    """raw.csv → customers → query."""
    entities = [
        Entity("raw", "Artifact", "DataSet", "raw.csv"),
        Entity(
            "fg", "Artifact", "FeatureGroup", "customers", "", {"Features": json.dumps(FEATURES)}
        ),
        Entity("q", "Action", "FeatureStoreQuery", "q", "", {"Columns": write_columns(COLUMNS)}),
    ]
    links = [("raw", "fg"), ("fg", "q")]
    return Answer(
        LineageGraph.of(entities, (Association(*link, "ContributedTo") for link in links)), ("q",)
    )


def drawn(answer, **features):
    return picture_of(answer, Drawing(features=features))


def joined(picture):
    return {
        (edge.source.split()[-1], edge.destination.split()[-1], edge.type) for edge in picture.edges
    }


def test_nothing_is_drawn_unless_it_is_asked_for(answer):
    assert picture_of(answer).features == ()
    assert joined(picture_of(answer)) == {
        ("raw", "fg", "ContributedTo"),
        ("fg", "q", "ContributedTo"),
    }


def test_a_query_s_features_come_from_their_groups_and_take_the_place_of_the_direct_edge(answer):
    picture = drawn(answer, q=20)

    assert joined(picture) == {
        ("raw", "fg", "ContributedTo"),
        ("fg", "customers.age", "ContributedTo"),
        ("fg", "customers.region", "ContributedTo"),
        ("fg", "customers.deleted", "ContributedTo"),
        ("customers.age", "q", "ContributedTo"),
        ("customers.region", "q", "ContributedTo"),
        ("customers.deleted", "q", "AssociatedWith"),
        ("elsewhere.zip", "q", "ContributedTo"),
    }
    assert not any(edge.missing for edge in picture.edges)


def test_a_group_shows_all_it_has_also_what_nobody_reads(answer):
    names = [feature.names for feature in drawn(answer, fg=20).features]

    assert names == [("age",), ("region",), ("deleted",), ("spare",)]


def test_what_is_too_much_is_one_node_that_tells_how_many(answer):
    picture = drawn(answer, fg=1)

    assert [node.lines for node in picture.nodes][-2:] == [("age",), ("+3 features",)]
    assert picture.features[-1].names == ("region", "deleted", "spare")


def test_one_that_is_left_is_drawn_by_its_name(answer):
    assert [each.names for each in drawn(answer, fg=3).features][-1] == ("spare",)


def test_a_long_name_stays_between_the_stripes_of_its_shape():
    features = {"num_vehicles_involved": "Integral"}
    group = Entity("fg", "Artifact", "FeatureGroup", "g", "", {"Features": json.dumps(features)})
    picture = drawn(Answer(LineageGraph.of([group]), ("fg",)), fg=20)

    assert [node.lines for node in picture.nodes] == [("g",), ("num_veh…volved",)]


def test_both_ends_at_once_draw_every_feature_once(answer):
    ids = [node.id for node in drawn(answer, fg=20, q=20).nodes]

    assert len(ids) == len(set(ids)) == 3 + 5


def test_the_exported_page_tells_a_feature_s_details(answer):
    text = page(answer, Drawing(features={"q": 20}))

    assert "lets it decide about rows" in text
    assert "takes its value" in text


def test_only_what_has_features_offers_them(answer):
    assert [has_features(arn, answer.graph) for arn in ("raw", "fg", "q")] == [False, True, True]
