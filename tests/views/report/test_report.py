"""Reports in every format: whole, escaped, with their gaps."""

import csv
import io
import json
from html.parser import HTMLParser

import pytest

import sm_lineage_magics.views  # noqa: F401  (registers the formats)
from sm_lineage_magics.model import Answer, Gap, Report, Section, report_formats

NASTY = "<img src=x onerror=alert(1)> | `a` *b*\n=SUM(A1)"
REPORT = Report(
    "What differs",
    ("One part differs.",),
    (
        Section("Data", ("Part", "Before"), (("train.csv", NASTY),), "Read by <jobs>"),
        Section("SQL", code="SELECT 1\n```\n  FROM <t>", language="sql"),
    ),
    Answer(gaps=(Gap("throttled", "QueryLineage", "Ask again."),)),
    data={"differences": [1]},
)


class Elements(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.attributes, self.text = [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [name for name, _ in attrs]

    def handle_data(self, data):
        self.text.append(data)


def parsed(html):
    elements = Elements()
    elements.feed(html)
    return elements


@pytest.mark.parametrize("format", sorted({*report_formats} - {"df"}))
def test_every_format_tells_the_rows_and_the_gaps(format):
    told = REPORT.to(format)

    assert "train.csv" in told or format == "json"
    assert "Ask again." in told


def test_what_strangers_wrote_is_text_in_html():
    page = parsed(REPORT.to("html"))

    assert "img" not in page.tags
    assert not [name for name in page.attributes if name.startswith("on")]
    assert any("<img src=x onerror=alert(1)>" in text for text in page.text)


def test_code_keeps_its_lines_and_its_indentation():
    assert "SELECT 1\n```\n  FROM &lt;t&gt;" in REPORT.to("html")
    assert "````sql\nSELECT 1\n```\n  FROM <t>\n````" in REPORT.to("markdown")


def test_a_diff_keeps_what_follows_its_signs():
    lines = "--- before\n+++ after\n@@ -1 +1 @@\n same\n-       customers.age,\n+  a  -- b"
    told = Report("t", sections=(Section("s", code=lines, language="diff"),)).to("html")

    assert (
        "--- before\n+++ after\n"
        '<span class="hunk">@@ -1 +1 @@</span>\n same\n'
        '<span class="removed">-       customers.age,</span>\n'
        '<span class="added">+  a  -- b</span>'
    ) in told


def test_long_names_break_between_their_parts_and_words_nowhere():
    def cell(text):
        told = Report("t", sections=(Section("s", ("c",), ((text,),)),)).to("html")
        return told.partition('<td data-column="c">')[2].partition("</td>")[0]

    assert cell("Compare n_days_active") == "Compare n_days_active"
    assert cell("s3://bucket/raw/orders_of_all.csv") == (
        "s3://<wbr>bucket/<wbr>raw/<wbr>orders_<wbr>of_<wbr>all.<wbr>csv"
    )
    assert cell("d743ccdacf6f83d891de1846505b161a") == "d743ccdacf6f83d8<wbr>91de1846505b161a"
    assert cell("<" + "b" * 21) == "&lt;" + "b" * 15 + "<wbr>" + "b" * 6


def test_who_reads_only_the_head_learns_that_something_is_missing():
    assert "  Incomplete: 1 gap, told at the end." in REPORT.to("text").splitlines()
    assert "- Incomplete: 1 gap, told at the end." in REPORT.to("markdown").splitlines()
    assert "<li>Incomplete: 1 gap, told at the end.</li>" in REPORT.to("html")
    assert "Incomplete" not in Report("t", ("All is well.",)).to("text")


def test_text_stands_in_columns_as_long_as_nothing_need_be_left_out():
    short = Section("s", ("What", "Answer", "Source"), (("model", "churn", "x" * 80),))
    long = Section("s", ("What", "Answer", "Source"), (("model", "y" * 61, ""), ("", "n", "o")))

    assert Report("t", sections=(short,)).to("text").splitlines()[-2:] == [
        "  What   Answer  Source",
        f"  model  churn   {'x' * 80}",
    ]
    assert Report("t", sections=(long,)).to("text").splitlines()[-5:] == [
        "  model",
        f"    Answer  {'y' * 61}",
        "",
        "    Answer  n",
        "    Source  o",
    ]


def test_a_cell_stays_in_its_cell_of_a_markdown_table():
    (row,) = (line for line in REPORT.to("markdown").splitlines() if "train.csv" in line)

    assert row.replace("\\|", "").count("|") == 3
    assert "<img" not in row


def test_only_web_addresses_become_links():
    def cell(text):
        report = Report("t", sections=(Section("s", ("c",), ((text,),)),))
        return parsed(report.to("html")).tags.count("a")

    assert cell("https://github.com/shop/fraud") == 1
    assert cell("javascript:alert(1)") == 0
    assert cell('https://x" onclick="alert(1)') == 0


def test_csv_reads_back_and_holds_no_formula():
    rows = list(csv.reader(io.StringIO(REPORT.to("csv"))))

    assert rows[0] == ["section", "Part", "Before"]
    assert rows[1][:2] == ["Data", "train.csv"]
    formula = Report("t", sections=(Section("s", ("c",), (("=1+1",),)),))
    assert list(csv.reader(io.StringIO(formula.to("csv"))))[1] == ["s", "'=1+1"]


def test_json_holds_the_question_s_own_data():
    told = json.loads(REPORT.to("json"))

    assert told["differences"] == [1]
    assert (told["complete"], told["failed"]) == (False, False)


def test_the_data_frame_has_one_row_for_each_row_of_each_table():
    assert REPORT.df.to_dict("records") == [
        {"section": "Data", "Part": "train.csv", "Before": NASTY}
    ]
    assert REPORT.df.attrs["complete"] is False


def test_an_empty_report_is_still_a_page():
    assert "<h2>Nothing</h2>" in Report("Nothing").to("html")
    assert Report("Nothing").to("text") == "Nothing"


def test_printed_a_report_is_its_text_and_among_others_a_line():
    report = Report("Journal", ("2 runs.",), (Section("Runs", ("Run",), (("one",),)),))

    assert str(report) == report.to("text")
    assert repr([report]) == "[<Report 'Journal': 1 section>]"


def test_only_a_page_of_its_own_turns_the_paper_for_the_picture():
    """Within a notebook's output, as wide as the paper upright, the rest would be cut."""
    report = Report("Journal")

    assert "landscape" in report.to("html")
    assert "landscape" not in report.to("fragment")
