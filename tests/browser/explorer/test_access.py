"""The explorer without a pointer, and as a screen reader tells it."""

import pytest

pytestmark = pytest.mark.browser

NAMED = {
    "textbox": ["Find an entity by name, type or source"],
    "combobox": [
        "How many levels to show",
        "Which side to show",
        "Save the picture to a file; Space opens the list",
    ],
    "button": ["◂", "▸", "fit", "data sets", "feature groups", "models", "endpoints"],
}

# What a reader says of what has the focus.
FOCUSED = """() => {
    const { labels, title } = document.activeElement;
    return labels?.length ? labels[0].innerText : title;
}"""


@pytest.fixture
def explored(notebook):
    notebook.draw("%lineage upstream endpoint:fraud")
    return notebook


def test_every_control_has_a_role_and_a_name(explored):
    view = explored.page.locator(".lineage-explorer")

    missing = [
        (role, name)
        for role, names in NAMED.items()
        for name in names
        if view.get_by_role(role, name=name, exact=True).count() != 1
    ]

    assert missing == []


def test_the_picture_has_a_role_and_is_told_in_words_that_follow_it(explored):
    picture = explored.page.locator(".lineage-explorer").get_by_role("img")
    picture.and_(explored.page.get_by_label("upstream endpoint:fraud.")).wait_for(state="attached")
    before = picture.get_attribute("aria-label")

    explored.page.click("button.lineage-role-image")
    explored.page.wait_for_function(
        "before => document.querySelector('.lineage-pictured [role]').ariaLabel !== before",
        arg=before,
    )

    assert "image" in before
    assert "image" not in picture.get_attribute("aria-label")


def test_buttons_of_signs_alone_say_what_they_do(explored):
    view = explored.page.locator(".lineage-explorer")

    described = [view.get_by_role("button", name=sign).get_attribute("title") for sign in "◂▸"]

    assert described == [
        "Previous hit, or previous entity where nothing is searched",
        "Next hit, or next entity where nothing is searched",
    ]


def test_the_keyboard_reaches_every_control_in_the_order_they_stand(explored):
    explored.page.locator(".lineage-search input").focus()
    order = []
    for _ in range(8):
        explored.page.keyboard.press("Tab")
        order.append(explored.page.evaluate(FOCUSED))

    assert order == [
        "Previous hit, or previous entity where nothing is searched",
        "Next hit, or next entity where nothing is searched",
        "How many levels to show",
        "Which side to show",
        "Bring everything into view",
        "Save the picture to a file; Space opens the list",
        "Hide data sets",
        "Hide feature groups",
    ]


def test_the_keyboard_alone_finds_an_entity_and_hides_a_type(explored):
    page = explored.page
    page.locator(".lineage-search input").focus()
    page.keyboard.type("fraud")
    page.keyboard.press("Enter")
    page.wait_for_selector(".lineage-card")
    first = explored.panel()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_function(
        "first => document.querySelector('.lineage-details').innerText !== first", arg=first
    )

    page.locator("button.lineage-role-image").focus()
    page.keyboard.press("Space")
    page.wait_for_selector("button.lineage-role-image:not(.mod-active)[title='Show images']")


ENTITIES = """cy => cy.nodes().map(n => n.visible() && n.id()).filter(
    id => id && id.startsWith('arn:'))"""


def test_without_a_search_the_keyboard_goes_through_everything_that_is_drawn(explored):
    """The canvas itself takes no keys: ipycytoscape gives it none."""
    page = explored.page
    page.locator(".lineage-button[title^='Next']").focus()
    drawn = explored.canvas(ENTITIES)
    met = set()
    for _ in drawn:
        before = explored.panel()
        page.keyboard.press("Enter")
        page.wait_for_function(
            "before => document.querySelector('.lineage-details').innerText !== before", arg=before
        )
        met.add(page.locator(".lineage-card .arn").inner_text())

    assert met == set(drawn)


# Of everything that takes the focus: its outline, and how far that is told from the page.
OUTLINES = """() => {
    const light = text => {
        const [r, g, b] = text.match(/[\\d.]+/g).map(Number).slice(0, 3).map(each => each / 255)
            .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const ground = light(getComputedStyle(document.querySelector('.jp-Notebook')).backgroundColor);
    const takes = 'button, input, select, code, a, summary';
    return [...document.querySelector('.lineage-explorer').querySelectorAll(takes)]
        .filter(each => each.offsetParent).map(each => {
            each.focus({ focusVisible: true });
            const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(each);
            const [low, high] = [ground, light(outlineColor)].sort((a, b) => a - b);
            const told = (high + 0.05) / (low + 0.05) >= 3;
            return `${outlineStyle} ${outlineWidth} ${told ? 'told' : outlineColor}`;
        });
}"""


def test_the_keyboard_picks_a_format_of_the_open_list(explored, root):
    before = set(root.glob("lineage-*"))
    explored.page.get_by_label("Save the picture to a file").focus()
    explored.page.keyboard.press("Space")
    explored.page.wait_for_function("() => document.activeElement.matches(':open')")
    for key in ("ArrowDown", "ArrowDown", "ArrowDown", "Enter"):
        explored.page.keyboard.press(key)
    explored.page.wait_for_selector(".lineage-status >> text=written to")

    assert [path.suffix for path in set(root.glob("lineage-*")) - before] == [".html"]


@pytest.mark.parametrize("theme", ["JupyterLab Dark", "JupyterLab Light"])
def test_the_focus_is_seen_wherever_it_is(explored, theme):
    explored.theme(theme)
    explored.click("fraud/2")

    outlines = explored.page.evaluate(OUTLINES)

    assert len(outlines) > 15
    assert set(outlines) == {"solid 2px told"}
