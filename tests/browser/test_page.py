"""An exported page, opened from a file as anyone would open it."""

import pytest

from sm_lineage_magics import Lineage, demo
from sm_lineage_magics.model import Plan

pytestmark = pytest.mark.browser


@pytest.fixture
def exported(page, tmp_path):
    """The fraud endpoint's lineage as a file, in a browser that may load nothing else."""
    with Lineage.open(":memory:") as lineage:
        lineage.backend.apply(Plan.of(demo.fraud().graph))
        path = lineage.export(lineage.upstream("endpoint:fraud"), tmp_path / "fraud.html")
    page.context.set_offline(True)
    page.goto(path.as_uri())
    return page


def box(page):
    return [float(part) for part in page.get_attribute("#view svg", "viewBox").split()]


def test_a_click_shows_the_details_of_that_one_alone(exported):
    exported.click("[data-id]:has-text('train.csv')")

    cards = exported.locator("#cards > [data-of]:visible")
    assert cards.count() == 1
    assert "train.csv" in cards.inner_text()


def test_it_zooms_pans_and_fits_again(exported):
    whole = box(exported)
    exported.hover("#view svg")
    exported.mouse.wheel(0, -300)
    exported.wait_for_function(
        "width => document.querySelector('#view svg').viewBox.baseVal.width < width", arg=whole[2]
    )
    zoomed = box(exported)
    exported.mouse.down()
    exported.mouse.move(400, 300, steps=4)
    exported.mouse.up()

    assert box(exported)[:2] != zoomed[:2] and box(exported)[2:] == zoomed[2:]
    exported.click("[aria-label='Show all']")
    assert box(exported) == whole


def test_in_a_narrow_window_nothing_lies_over_the_picture_and_the_table_scrolls(exported):
    exported.set_viewport_size({"width": 360, "height": 800})

    nav, drawn = (exported.locator(f"#view {each}").bounding_box() for each in ("nav", "svg"))
    assert nav["y"] + nav["height"] <= drawn["y"]
    assert drawn["height"] >= 200
    assert exported.evaluate("() => document.documentElement.scrollWidth") == 360


def test_the_keyboard_reaches_every_node(exported):
    exported.locator("[data-id]:has-text('claims.py')").focus()
    exported.keyboard.press("Enter")

    assert "claims.py" in exported.locator("#cards > [data-of]:visible").inner_text()
