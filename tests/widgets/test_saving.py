"""Files of the explorer's menu: whole or not there, and never instead of another."""

import resource

import pytest
from sm_lineage_widgets.saving import save

from sm_lineage_magics.model import Answer, Association, Entity, LineageGraph, Question
from sm_lineage_magics.views.picture import Drawing

FORMATS = ("SVG", "HTML", "Mermaid", "DOT", "JSON")
NAMES = {
    "html": "<img src=x onerror=alert(1)>",
    "right to left": "\u202eevil\u202c שלום",
    "emoji": "🧺 \U0001f468\u200d\U0001f469\u200d\U0001f467",
    "newlines": "first\nsecond\r\nthird",
    "path": "../../etc/passwd",
    "half a letter": "a\ud800b",
    "long": "n" * 2048,
}


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def called(name):
    """An answer whose one step holds a name wherever there is room for one."""
    entities = [
        Entity(each, "Artifact", name, name, name, {name: name}, created_by=name) for each in "ab"
    ]
    graph = LineageGraph.of(entities, [Association("a", "b", "ContributedTo")])
    return Answer(graph, ("b",), Question("upstream", (name,)))


def saved(answer, format="SVG"):
    return save(answer, answer, Drawing(), format)


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_strange_name_is_written_beside_the_notebook(folder, name, format):
    path = saved(called(name), format)

    assert path.parent == folder
    assert path.read_text("utf-8")


def test_where_a_link_leads_is_not_written_to(folder):
    """Not even where nothing is yet."""
    (folder / "lineage-upstream-b.svg").symlink_to(folder / "elsewhere.svg")

    assert saved(called("b")) == folder / "lineage-upstream-b-2.svg"
    assert not (folder / "elsewhere.svg").exists()


def test_a_file_that_cannot_be_written_whole_is_not_there(folder):
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        with pytest.raises(OSError, match="too large"):
            saved(called("b"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert list(folder.iterdir()) == []
