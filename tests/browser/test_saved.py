"""A notebook made into a page with nbconvert, opened with no network."""

from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

QUICKSTART = Path(__file__).parents[2] / "notebooks" / "01-quickstart.ipynb"


@pytest.fixture(scope="module")
def converted(tmp_path_factory):
    """The quickstart as nbconvert's HTML."""
    from nbconvert import HTMLExporter  # comes with JupyterLab, which no other test needs

    text, _ = HTMLExporter().from_filename(str(QUICKSTART))
    path = tmp_path_factory.mktemp("converted") / "quickstart.html"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def read(converted, page):
    """That page in a browser without a network; what it would have liked to load stays unloaded."""
    page.context.set_offline(True)
    # nbconvert's own template names MathJax and require.js; nothing of ours may need them.
    page.goto(converted.as_uri(), wait_until="domcontentloaded")
    return page


def test_the_pictures_are_seen_whole(read):
    pictures = read.locator("img.lineage-picture")

    assert pictures.count() >= 1
    for at in range(pictures.count()):
        picture = pictures.nth(at)
        picture.evaluate("each => each.closest('details')?.setAttribute('open', '')")
        picture.evaluate("each => each.decode()")
        assert picture.evaluate("each => each.naturalWidth") > 300
        assert picture.is_visible()


def test_the_tables_are_read(read):
    table = read.locator(".lineage table").first
    table.evaluate("each => each.closest('details').open = true")

    assert table.locator("tbody tr:visible").count() >= 3


def test_nothing_of_ours_is_asked_of_the_network(read):
    """Of all that a page may load, what stands in our outputs names no address."""
    addresses = read.evaluate(
        """() => [...document.querySelectorAll('.lineage, .lineage-report')].flatMap(
            each => [...each.querySelectorAll('[src], link[href], [style*="url("]')]
        ).map(each => each.src || each.href || each.style.cssText)"""
    )

    assert addresses
    assert [each for each in addresses if not each.startswith("data:")] == []
