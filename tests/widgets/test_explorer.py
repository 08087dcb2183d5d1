"""The explorer, driven as its buttons drive it, without a browser."""

import asyncio
import itertools
import threading

import pytest
from ipywidgets.widgets.widget import _instances
from sm_lineage_widgets.asking import DRAWN
from sm_lineage_widgets.explorer import Explorer
from traitlets import TraitError

from sm_lineage_magics import Lineage, demo
from sm_lineage_magics.errors import Throttled
from sm_lineage_magics.model import Answer, Association, Entity, LineageGraph, Plan


@pytest.fixture(scope="module")
def lineage():
    with Lineage.open(":memory:") as opened:
        opened.backend.apply(Plan.of(demo.fraud().graph))
        yield opened


@pytest.fixture
def explore(lineage):
    """Make explorers that are closed again."""
    made = []

    def explore(answer, expand=None, **options):
        made.append(Explorer(answer, expand, **options))
        return made[-1]

    yield explore
    for explorer in made:
        explorer.close()


def expanding(lineage):
    return lambda arn, way: lineage.backend.traverse([arn], way, max_depth=1)


def labelled(explorer, text):
    (button,) = (w for w in explorer._details._actions.row.children if w.description == text)
    return button


def settle(explorer):
    """Wait until what was asked in the background has come."""
    explorer._asking._thread.submit(lambda: None).result(10)


def test_it_shows_what_the_answer_holds(explore, lineage):
    answer = lineage.upstream("endpoint:fraud")

    assert set(explore(answer).visible) == set(answer.graph.entities)


def test_expanding_asks_the_backend_and_draws_what_comes(explore, lineage):
    answer = lineage.upstream("endpoint:fraud", depth=2)
    explorer = explore(answer, expanding(lineage))
    package = lineage.entity("package:fraud/2")

    explorer.selected = package.arn
    labelled(explorer, "← expand").click()
    settle(explorer)

    assert lineage.entity("model:fraud-mitigated").arn in explorer.visible


def test_folding_puts_it_away_again(explore, lineage):
    explorer = explore(lineage.upstream("endpoint:fraud"))
    package = lineage.entity("package:fraud/2").arn

    explorer.fold(package, "upstream")

    assert lineage.entity("model:fraud-mitigated").arn not in explorer.visible
    assert package in explorer.visible


def test_an_error_while_expanding_is_told_in_the_panel(explore, lineage):
    def refuse(arn, way):
        raise Throttled("The service refused QueryLineage for rate. Ask again in a minute.")

    explorer = explore(lineage.upstream("endpoint:fraud", depth=1), refuse)
    explorer.expand(explorer.visible[-1], "upstream")
    settle(explorer)

    assert "refused QueryLineage" in explorer._details._panel.value


def test_the_selection_can_be_observed_and_set(explore, lineage):
    explorer = explore(lineage.upstream("endpoint:fraud"))
    seen = []
    explorer.observe(lambda change: seen.append(change["new"]), "selected")
    model = lineage.entity("model:fraud-mitigated").arn

    explorer._clicked(model)
    explorer.selected = None

    assert seen == [model, None]


def test_an_observer_that_fails_leaves_the_view_as_whole_as_one_that_does_not(explore, lineage):
    explorer = explore(lineage.upstream("endpoint:fraud"))
    package = lineage.entity("package:fraud/2").arn

    def broken(change):
        raise RuntimeError(f"{change['name']} was seen with {explorer.selected}")

    explorer.observe(broken, "visible")
    explorer.selected = package
    with pytest.raises(RuntimeError, match=f"visible was seen with {package}"):
        explorer.fold(package, "upstream")

    assert lineage.entity("model:fraud-mitigated").arn not in explorer.visible
    explorer.unobserve(broken, "visible")
    explorer.selected = None
    assert "Click an entity" in explorer._details._panel.value


def test_what_was_clicked_can_be_repeated_as_a_line(explore, lineage):
    explorer = explore(lineage.upstream("endpoint:fraud"))

    explorer._clicked(lineage.entity("model:fraud-mitigated").arn)

    assert ">%lineage upstream model:fraud-mitigated<" in explorer._details._lines.value


def test_an_empty_answer_is_drawn_as_nothing(explore):
    assert explore(Answer()).visible == ()


def test_closing_gives_every_model_back(lineage):
    """Views one after the other leave nothing behind in the kernel."""
    answer = lineage.upstream("endpoint:fraud", depth=2)
    Explorer(answer).close()
    before = len(_instances)
    for _ in range(20):
        Explorer(answer).close()

    assert len(_instances) == before


def in_a_kernel(cell):
    """What a cell returns, and what is left when the kernel has gone on."""

    async def run():
        shown = cell()
        before = len(shown.children)
        await asyncio.sleep(2 * DRAWN)
        return before, shown

    return asyncio.run(run())


def test_the_picture_goes_out_before_what_stands_around_it(explore, lineage):
    before, explorer = in_a_kernel(lambda: explore(lineage.upstream("endpoint:fraud")))

    assert before == 2
    assert explorer.children[:2] == explorer._canvas.widgets
    assert [child._dom_classes[-1] for child in explorer.children[2:]] == [
        "lineage-toolbar",
        "lineage-legend",
        "lineage-pictured",
        "lineage-status",
        "lineage-actions",
        "lineage-details",
        "lineage-lines",
    ]


def test_what_is_done_in_the_same_cell_is_told_when_the_rest_comes(explore, lineage):
    model = lineage.entity("model:fraud-mitigated").arn

    def cell():
        explorer = explore(lineage.upstream("endpoint:fraud"))
        explorer.selected = model
        return explorer

    _, explorer = in_a_kernel(cell)

    assert "fraud-mitigated" in explorer._details._panel.value
    assert len(explorer.children) == 9


def test_closed_in_its_own_cell_it_leaves_nothing(lineage):
    before = len(_instances)

    def cell():
        explorer = Explorer(lineage.upstream("endpoint:fraud"))
        explorer.close()
        return explorer

    in_a_kernel(cell)

    assert len(_instances) == before


def test_saving_never_writes_over_a_file(explore, lineage, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    explorer = explore(lineage.upstream("endpoint:fraud"))

    for format in ("SVG", "SVG", "HTML", "Mermaid", "DOT", "JSON"):
        explorer._save(format)

    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "lineage-upstream-endpoint-fraud-2.svg",
        "lineage-upstream-endpoint-fraud.dot",
        "lineage-upstream-endpoint-fraud.html",
        "lineage-upstream-endpoint-fraud.json",
        "lineage-upstream-endpoint-fraud.mmd",
        "lineage-upstream-endpoint-fraud.svg",
    ]


def graph_of(names, *pairs):
    return LineageGraph.of(
        (Entity(name, "Artifact", "DataSet", name, f"s3://b/{name}") for name in names),
        (Association(*pair, "ContributedTo") for pair in pairs),
    )


STRANGE = {
    "one": ("a",),
    "a cycle": ("ab", "ab", "ba"),
    "itself": ("a", "aa"),
    "two components": ("abxy", "ab", "xy"),
    "nasty names": (["<img src=x onerror=alert(1)>", "\"'", "\u202eאבג", "🙂\n", "x" * 2048],),
}


@pytest.mark.parametrize("parts", STRANGE.values(), ids=STRANGE)
def test_strange_answers_are_drawn_whole(explore, parts):
    graph = graph_of(*parts)
    explorer = explore(Answer(graph))

    assert set(explorer.visible) == set(graph.entities)
    explorer.selected = explorer.visible[-1]
    assert "<img" not in explorer._details._panel.value


@pytest.mark.parametrize("children", [5_000, 10_000])
def test_a_hub_is_drawn_in_groups_that_open(explore, children):
    names = [f"n{number}" for number in range(children + 1)]
    explorer = explore(Answer(graph_of(names, *((names[0], n) for n in names[1:])), ("n0",)))
    group = explorer._picture.groups[0].id

    assert len(explorer._canvas._nodes) <= 45
    assert len(explorer.visible) == children + 1
    explorer._clicked(group)
    labelled(explorer, "show 20 more").click()
    assert len(explorer._picture.nodes) >= 21


def test_what_a_crowded_picture_leaves_out_is_said_until_something_is_clicked(explore):
    types = ("DataSet", "Code", "Image", "Model")
    columns = [[f"{type}{depth}" for type in types] for depth in range(10)]
    entities = [
        Entity(f"{name}-{n}", "Artifact", name[:-1], f"{name}-{n}")
        for name in itertools.chain(*columns)
        for n in range(3)
    ]
    links = [
        (f"{one}-{n}", f"{two}-{n}")
        for further in (1, 2)
        for before, after in zip(columns, columns[further:], strict=False)
        for one, two in itertools.product(before, after)
        for n in range(3)
    ]
    explorer = explore(Answer(LineageGraph.of(entities, itertools.starmap(Association, links))))
    (note,) = explorer._picture.notes

    assert note in explorer._details._panel.value
    explorer.selected = "Model9-0"
    assert note not in explorer._details._panel.value


def test_two_explorers_share_nothing(explore, lineage):
    one, other = (explore(lineage.upstream("endpoint:fraud")) for _ in range(2))

    one.selected = one.visible[3]

    assert other.selected is None
    assert one._canvas.css_class != other._canvas.css_class


def test_hovering_tells_the_whole_name(explore, lineage):
    explorer = explore(lineage.upstream("endpoint:fraud"))
    model = lineage.entity("model:fraud-mitigated").arn

    explorer._hovered(model)
    assert "fraud-mitigated" in explorer._details._status.value
    explorer._left(model)
    assert "fraud-mitigated" not in explorer._details._status.value


def test_features_are_drawn_on_demand_and_put_away_again(explore, lineage):
    explorer = explore(lineage.upstream("endpoint:fraud"))
    before = explorer.visible
    explorer.selected = lineage.entity("fg:customers").arn

    labelled(explorer, "features").click()
    features = [feature.id for feature in explorer._picture.features]
    explorer._clicked(features[1])

    assert len(features) == 19
    assert "Feature group" in explorer._details._panel.value
    assert explorer._details._lines.value.count("%lineage impact fg:customers.") == 1
    assert explorer.visible == before
    labelled(explorer, "hide features").click()
    assert explorer._picture.features == ()


def test_only_what_is_there_can_be_selected(explore, lineage):
    explorer = explore(lineage.upstream("endpoint:fraud"))

    with pytest.raises(TraitError, match=r"'nonsense' is not in this answer"):
        explorer.selected = "nonsense"
    assert explorer.selected is None


def test_a_folder_that_cannot_be_written_to_is_told(explore, lineage, tmp_path, monkeypatch):
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    explorer = explore(lineage.upstream("endpoint:fraud"))

    explorer._save("SVG")

    assert "could not be written" in explorer._details._panel.value


def test_what_was_asked_twice_is_asked_once(explore, lineage):
    asked = []
    hold = threading.Event()

    def slow(arn, way):
        asked.append((arn, way))
        hold.wait(10)
        return lineage.backend.traverse([arn], way, max_depth=1)

    explorer = explore(lineage.upstream("endpoint:fraud", depth=1), slow)
    arn = explorer.visible[-1]
    explorer.expand(arn, "upstream")
    explorer.expand(arn, "upstream")
    assert "looking upstream of" in explorer._details._status.value
    hold.set()
    settle(explorer)

    assert asked == [(arn, "upstream")]
    assert explorer._details._status.value == ""


def test_a_view_that_is_closed_forgets_what_it_waits_for(lineage):
    hold = threading.Event()
    explorer = Explorer(lineage.upstream("endpoint:fraud"), lambda *_: hold.wait(10))
    explorer.expand(explorer.visible[-1], "upstream")

    explorer.close()
    hold.set()
    explorer._asking._thread.shutdown(wait=True)
