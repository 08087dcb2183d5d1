"""What differs between two models."""

from sm_lineage_magics.model import Answer, ColumnSource, Entity, Home, LineageGraph
from sm_lineage_magics.query import ascendants
from sm_lineage_magics.query.evidence.diff.difference import diff, differing
from sm_lineage_magics.query.evidence.diff.report import diff_report

WITH_KIDS = {
    "age": [ColumnSource("customers", "age"), ColumnSource("customers", "kept", "filter")],
    "amount": [ColumnSource("claims", "amount")],
    "has_kids": [ColumnSource("customers", "has_kids")],
}


def upstream_of_model(fraud, number, **options):
    graph = fraud.lineage(fraud.version(number, **options))
    (model,) = (
        entity
        for entity in graph.entities.values()
        if entity.properties.get("SageMakerModelName") == f"fraud-{number}"
    )
    return ascendants(graph, [model.arn])


def test_two_versions_that_differ_in_one_setting_differ_in_that_alone(fraud):
    before, after = upstream_of_model(fraud, 1), upstream_of_model(fraud, 2, eta="0.3")

    changes = {
        each.entity.label: [(c.fact, c.before, c.after) for c in each.changes]
        for each in differing(diff(before.graph, after.graph))
    }

    assert changes == {
        "train-2": [("Parameter eta", "0.2", "0.3")],
        "train.csv": [
            ("Source", "s3://b/v1/train.csv", "s3://b/v2/train.csv"),
            ("ETag", "etag-1", "etag-2"),
        ],
    }


def test_a_lineage_does_not_differ_from_itself(fraud):
    answer = upstream_of_model(fraud, 1)

    assert differing(diff(answer.graph, answer.graph)) == ()
    assert diff_report(answer, answer).summary == ("Both names mean the same entity.",)


def test_a_column_added_to_the_query_is_named_and_the_sql_shown_line_by_line(fraud):
    before = upstream_of_model(fraud, 1)
    after = upstream_of_model(
        fraud, 2, sql=fraud.SQL.replace("age,", "age,\nhas_kids,"), columns=WITH_KIDS
    )

    report = diff_report(before, after)

    assert "Query: query-2: added customers.has_kids." in report.summary
    (sql,) = (section for section in report.sections if section.language == "diff")
    assert "+has_kids, amount" in sql.code


def test_the_text_of_a_cell_is_shown_line_by_line_and_its_digest_left_out():
    before, after = (
        Answer(LineageGraph.of([cell_of(text)], ()))
        for text in ("import numpy\nfit(eta=0.2)", "import numpy\nfit(eta=0.3)")
    )

    (text,) = diff_report(before, after).sections

    assert (text.title, text.language) == ("Text of cell", "diff")
    assert text.code.splitlines()[-3:] == [" import numpy", "-fit(eta=0.2)", "+fit(eta=0.3)"]


def cell_of(text):
    properties = {"Source": text, "Sha256": f"digest of {text}"}
    home = Home().artifact("notebook:a.ipynb")
    return Entity(home, "Artifact", "Code", "cell", "notebook:a.ipynb", properties=properties)


def test_a_new_commit_links_to_the_page_that_compares(fraud):
    before, after = upstream_of_model(fraud, 1), upstream_of_model(fraud, 2, commit="ccc333")

    rows = [row for section in diff_report(before, after).sections for row in section.rows]

    assert ("train.py", "Commit", "bbb222", "ccc333") in rows
    assert (
        "train.py",
        "Compare",
        "",
        "https://github.com/shop/fraud/compare/bbb222...ccc333",
    ) in rows


def test_both_sides_are_marked_in_one_picture(fraud):
    before, after = upstream_of_model(fraud, 1), upstream_of_model(fraud, 2, eta="0.3")

    report = diff_report(before, after)

    marked = {report.answer.graph.entities[arn].label: mark for arn, mark in report.marks.items()}
    assert marked["train-1"] == marked["train-2"] == "changed"
    assert fraud.CUSTOMERS.arn not in report.marks


def test_a_feature_group_only_one_side_has_is_removed_not_changed(fraud):
    before = upstream_of_model(fraud, 1)
    entities, pairs = fraud.version(2)
    without = [pair for pair in pairs if pair[0] is not fraud.CLAIMS]
    graph = fraud.lineage((entities, without))
    after = ascendants(graph, [fraud.named(graph, "model.tar.gz").arn])

    states = {each.entity.label: each.state for each in diff(before.graph, after.graph)}

    assert states["claims"] == "removed"
