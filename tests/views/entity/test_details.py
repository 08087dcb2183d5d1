"""All that is known of an entity, as a report that reads."""

from datetime import datetime, timezone

from sm_lineage_magics.model import Answer, ColumnSource, Entity, LineageGraph, write_columns
from sm_lineage_magics.views.entity.details import details

GROUP = Entity(
    "g",
    "Artifact",
    "FeatureGroup",
    "customers",
    properties={"Features": '{"id":"String","age":"Integral"}', "OfflineTable": "store.customers"},
    created=datetime(2026, 3, 2, 8, tzinfo=timezone.utc),
    details={"tags": {"team": "data", "owner": "ana"}},
)


def sections(entity):
    report = details(Answer(LineageGraph.of([entity]), found=(entity.arn,)))
    return {section.title: section for section in report.sections}


def test_features_are_a_table_of_their_own():
    told = sections(GROUP)

    assert told["Features"].rows == (("id", "String"), ("age", "Integral"))
    assert told["Properties"].rows == (("OfflineTable", "store.customers"),)


def test_columns_are_told_with_the_features_they_come_from():
    columns = write_columns({"age": [ColumnSource("customers", "age")]})
    query = Entity("q", "Action", "FeatureStoreQuery", "join", properties={"Columns": columns})

    assert sections(query)["Columns"].rows == (("age", "customers.age", "direct"),)
    assert "Properties" not in sections(query)


def test_a_schema_that_cannot_be_read_is_shown_as_it_is():
    odd = Entity("g", "Artifact", "FeatureGroup", "g", properties={"Features": "[broken"})

    assert sections(odd)["Properties"].rows == (("Features", "[broken"),)


def test_moments_and_tags_are_told_as_people_read_them():
    facts = dict(sections(GROUP)["Facts"].rows)

    assert (facts["Created"], facts["Tags"]) == ("2026-03-02 08:00 UTC", "team: data, owner: ana")
