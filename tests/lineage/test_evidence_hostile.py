"""Names that would be markup, tables or formulas somewhere, in every report and every format."""

import csv
import io
from dataclasses import replace

import pytest
from markdown_it import MarkdownIt

from sm_lineage_magics import Lineage, demo
from sm_lineage_magics.model import LineageGraph, Plan

NASTY = "=cmd|' /C calc'!A1 `x` **b** <img src=x onerror=alert(1)> 😀\nnext | line"


def renamed(graph):
    """The graph, in which everything that may have any name has a bad one."""
    nasty = (
        replace(entity, name=f"{NASTY} {number}", created_by=NASTY, properties=bad(entity))
        for number, entity in enumerate(graph.entities.values())
    )
    return LineageGraph.of(nasty, graph.associations)


def bad(entity):
    kept = {k: v for k, v in entity.properties.items() if k != "SageMakerModelName"}
    return kept | {"ETag": NASTY, NASTY: NASTY}


@pytest.fixture(scope="module")
def reports():
    graph = renamed(demo.fraud().graph)
    first, second = (arn for arn, e in graph.entities.items() if "output/model" in e.source_uri)
    with Lineage.open(":memory:") as lineage:
        lineage.backend.apply(Plan.of(graph))
        yield {
            "impact": lineage.impact("fg:customers"),
            "diff": lineage.diff(first, second, everything=True),
            "why": lineage.why(second),
            "path": lineage.path("fg:customers", second),
            "features": lineage.features(second),
            "lint": lineage.lint(),
        }


QUESTIONS = ("impact", "diff", "why", "path", "features", "lint")


@pytest.mark.parametrize("question", QUESTIONS)
def test_html_holds_names_as_text(question, reports):
    page = reports[question].to("html")

    assert "<img src=x" not in page
    assert page.count("<tr>") == page.count("</tr>")


@pytest.mark.parametrize("question", QUESTIONS)
def test_rows_of_markdown_keep_their_cells(question, reports):
    report = reports[question]

    rendered = MarkdownIt("commonmark").enable("table").render(report.to("markdown"))

    cells = sum(len(row) for section in report.sections for row in section.rows)
    assert rendered.count("<td>") == cells
    assert "<img" not in rendered
    assert "<strong>" not in rendered


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_cell_of_csv_is_a_formula(question, reports):
    rows = list(csv.reader(io.StringIO(reports[question].to("csv"))))

    assert len({len(row) for row in rows if row and row[0] != "gap"}) <= 1
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize("question", QUESTIONS)
def test_text_stays_on_its_lines(question, reports):
    assert "\nnext | line" not in reports[question].to("text")
