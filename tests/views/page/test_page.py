"""An exported page: everything in it, nothing loaded, nothing of a stranger's made markup."""

import re
from html.parser import HTMLParser

import pytest

from sm_lineage_magics.model import Answer, Association, Entity, Gap, LineageGraph
from sm_lineage_magics.views.page import page
from sm_lineage_magics.views.picture import Drawing

NASTY = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\"'"


class Read(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.tags, self.cards, self.nodes = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        known = dict(attributes)
        self.tags.append((tag, known))
        self.cards += [known["data-of"]] if "data-of" in known else []
        self.nodes += [known["data-id"]] if "data-id" in known else []


def answer_of(*names, **gaps):
    entities = [Entity(name, "Artifact", "DataSet", name) for name in names]
    links = [Association(names[0], name, "ContributedTo") for name in names[1:]]
    return Answer(LineageGraph.of(entities, links), names[:1], **gaps)


def test_every_node_that_can_be_clicked_has_its_card():
    read = Read(page(answer_of("a", "b", "c")))

    assert read.nodes == ["a", "b", "c"]
    assert read.cards == read.nodes


def test_a_group_has_a_card_too():
    read = Read(page(answer_of(*map(str, range(60))), Drawing(cap=10)))

    assert sorted(read.cards) == sorted(read.nodes)
    assert any(id.startswith("group:") for id in read.cards)


def test_names_of_strangers_end_no_script_and_begin_none():
    read = Read(page(answer_of(NASTY, "b")))

    assert [tag for tag, _ in read.tags].count("script") == 1
    assert "img" not in {tag for tag, _ in read.tags}
    assert NASTY in read.cards


def test_it_loads_nothing():
    read = Read(page(answer_of("a", "b")))

    assert not [known for _, known in read.tags if {"src", "href"} & known.keys()]
    assert not re.search(r"@import|url\((?!#)", page(answer_of("a")))


def test_it_says_what_is_missing():
    assert "Ask again." in page(answer_of("a", gaps=(Gap("throttled", "x", "Ask again."),)))


@pytest.mark.parametrize("answer", [Answer(), answer_of("a")], ids=["nothing", "one"])
def test_the_smallest_answers_are_pages_too(answer):
    assert len(Read(page(answer)).cards) == len(answer.graph)
