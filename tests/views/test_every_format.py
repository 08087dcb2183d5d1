"""What holds for every format: it stands every graph, says every gap, and lets nothing in."""

import csv
import io
import json
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from html.parser import HTMLParser

import pytest

from sm_lineage_magics.model import formats
from sm_lineage_magics.views.json import from_json
from sm_lineage_magics.views.naming import gap_lines

SVG = "{http://www.w3.org/2000/svg}"
TEXTS = sorted(set(formats) - {"df", "networkx", "neptune"})


class Elements(HTMLParser):
    """Collects what a browser would make of a page."""

    def __init__(self):
        super().__init__()
        self.tags, self.attributes, self.words = set(), set(), []

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attributes}

    def handle_data(self, data):
        self.words.append(data)


def parsed(page):
    elements = Elements()
    elements.feed(page)
    elements.close()
    return elements


@pytest.mark.parametrize("format", TEXTS)
def test_every_format_stands_every_graph(answer, format):
    assert isinstance(answer.to(format), str)


@pytest.mark.parametrize("format", TEXTS)
def test_the_same_answer_is_always_drawn_the_same(churn, format):
    assert churn.to(format) == churn.to(format)


@pytest.mark.parametrize("format", TEXTS)
def test_every_format_says_what_is_missing(churn, format):
    assert "more lie upstream" in churn.to(format).replace("\\", "")


def test_frames_graphs_and_folders_say_what_is_missing_too(churn):
    assert churn.df.attrs["gaps"] == gap_lines(churn)
    assert churn.to_networkx().graph["gaps"] == gap_lines(churn)
    assert "more lie upstream" in churn.to("neptune")["vertices.csv"]


@pytest.mark.parametrize("format", [each for each in TEXTS if each not in ("json", "openlineage")])
def test_no_character_that_acts_gets_out(strangers, format):
    """JSON keeps them, as escapes; whatever is read by people or drawn does not."""
    assert not re.search(
        "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]", strangers.to(format)
    )


@pytest.mark.parametrize("format", ["json", "openlineage", "prov"])
def test_json_documents_are_pure_ascii(strangers, format):
    assert strangers.to(format).isascii()


@pytest.mark.parametrize("format", ["html", "page", "table"])
def test_names_put_no_element_and_no_attribute_into_html(answer, churn, format):
    usual = parsed(churn.to(format))
    found = parsed(answer.to(format))

    assert found.tags <= usual.tags | {"span"}
    assert found.attributes <= usual.attributes | {"title", "textlength", "lengthadjust"}


def test_the_svg_is_well_formed_and_draws_only_shapes_and_text(answer):
    root = ElementTree.fromstring(answer.to_svg())

    allowed = {"svg", "title", "desc", "style", "defs", "marker", "path", "g", "text"}
    assert {element.tag for element in root.iter()} <= {SVG + name for name in allowed}
    attributes = {name for element in root.iter() for name in element.attrib}
    assert not {name for name in attributes if name.startswith("on") or "href" in name}


def test_the_svg_loads_nothing(answer):
    text = answer.to_svg().replace('xmlns="http://www.w3.org/2000/svg"', "")
    drawn = re.sub("<(title|desc|text)[^>]*>.*?</", "", text, flags=re.DOTALL)

    assert "http" not in drawn and "url(" not in re.sub(r"url\(#lineage-", "", drawn)


def test_the_svg_says_what_it_shows_to_those_who_do_not_see_it(churn):
    root = ElementTree.fromstring(churn.to_svg())

    named = root.attrib["aria-labelledby"].split()
    titles = [element.text for element in root if element.attrib.get("id") in named]
    assert root.attrib["role"] == "img"
    assert titles[0] == "upstream model:churn"
    assert titles[1].startswith("2 entities: 1 data set, 1 job; incomplete. Gap: beyond depth")


def test_two_pictures_on_a_page_share_no_id(churn, strangers):
    one, other = (set(re.findall(r'\bid="([^"]+)"', each.to_svg())) for each in (churn, strangers))

    assert one and not one & other


def test_json_reads_back_as_the_same_answer(answer):
    assert from_json(answer.to_json()) == answer


def test_csv_has_a_row_for_each_entity_and_each_gap(answer):
    rows = list(csv.DictReader(io.StringIO(answer.to("csv"))))

    assert len(rows) == len(answer) + len(answer.gaps)
    assert all(None not in row and None not in row.values() for row in rows)


def test_no_cell_of_csv_is_a_formula(strangers):
    cells = [cell for row in csv.reader(io.StringIO(strangers.to("csv"))) for cell in row]

    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_graphml_holds_every_entity_and_association(answer):
    root = ElementTree.fromstring(answer.to("graphml"))
    space = "{http://graphml.graphdrawing.org/xmlns}"

    named = {end for edge in answer.graph.associations for end in edge.pair}
    assert len(root.findall(f".//{space}node")) == len(named | answer.graph.entities.keys())
    assert len(root.findall(f".//{space}edge")) == len(answer.graph.associations)


def test_networkx_reads_our_graphml(churn):
    networkx = pytest.importorskip("networkx")

    graph = networkx.parse_graphml(churn.to("graphml"))
    assert set(graph.nodes) == set(churn.graph.entities)
    assert graph.nodes[churn.focus[0]]["name"] == "churn"


def test_neptune_has_no_edge_without_its_vertices(answer):
    files = answer.to("neptune")
    vertices = {row["~id"] for row in csv.DictReader(io.StringIO(files["vertices.csv"]))}
    edges = list(csv.DictReader(io.StringIO(files["edges.csv"])))

    assert all(edge["~from"] in vertices and edge["~to"] in vertices for edge in edges)
    assert len({edge["~id"] for edge in edges}) == len(edges)


@pytest.mark.skipif(not shutil.which("dot"), reason="Graphviz is not installed")
@pytest.mark.parametrize("name", ["churn", "strangers"])
def test_graphviz_reads_our_dot(request, name):
    answer = request.getfixturevalue(name)

    drawn = subprocess.run(
        ["dot", "-Tjson"], input=answer.to_dot(), capture_output=True, text=True, check=True
    )
    objects = json.loads(drawn.stdout)["objects"]
    assert set(answer.graph.entities) <= {each["name"] for each in objects}


_TEXT = r'"[^"`<>{}|\[\]]*<br/>[^"`<>{}|\[\]]*"'
_OPEN = r"(\[\(|\[\[|\[/|\[\\|\[|\(\[|\(|\{\{|>)"
_CLOSE = r"(\)\]|\]\]|/\]|\]\)|\]|\)|\}\})"
LINE = re.compile(
    "|".join(
        (
            "flowchart LR",
            r"  acc(Title|Descr): [^\"`<>{}|]*",
            rf"  n\d+{_OPEN}{_TEXT}{_CLOSE}:::[a-z_]+",
            r"  gap\d+\[\"[^\"`<>{}|\[\]]*\"\]:::gap",
            r"  (n|gap)\d+ (-->|==>|-\.->|---|===) (n|gap)\d+",
            r"  classDef [a-z_]+ [a-z0-9#:,\- ]+",
            r"  class n\d+(,n\d+)* focus",
            r"  %% gap: [^\"`<>{}|]*",
        )
    )
)


def test_every_line_of_mermaid_is_one_of_the_few_we_write(answer):
    lines = answer.to_mermaid().splitlines()

    assert [line for line in lines if not LINE.fullmatch(line)] == []


def test_mermaid_stays_within_what_mermaid_draws(answer):
    """Its defaults refuse more than 500 edges and 50,000 characters."""
    text = answer.to_mermaid()

    assert len(re.findall("-->|==>", text)) <= 500
    assert len(text) < 50_000


def test_importing_the_views_imports_nothing_heavy():
    code = (
        "import sys, sm_lineage_magics.views; "
        "heavy = {'pandas', 'numpy', 'networkx', 'sqlglot'} & sys.modules.keys(); "
        "ours = {m for m in sys.modules if m.startswith('sm_lineage_magics.views.')}; "
        "print(sorted(heavy | ours))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert ran.stdout.strip() == "[]"
