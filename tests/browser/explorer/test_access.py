"""The explorer without a pointer, and as a screen reader tells it."""

import pytest

pytestmark = pytest.mark.browser

NAMED = {
    "textbox": ["Find an entity by name, type or source"],
    "combobox": ["How many levels to show", "Which side to show", "Save the picture to a file"],
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


def test_buttons_of_signs_alone_say_what_they_do(explored):
    view = explored.page.locator(".lineage-explorer")

    described = [view.get_by_role("button", name=sign).get_attribute("title") for sign in "◂▸"]

    assert described == ["Previous hit", "Next hit"]


def test_the_keyboard_reaches_every_control_in_the_order_they_stand(explored):
    explored.page.locator(".lineage-search input").focus()
    order = []
    for _ in range(8):
        explored.page.keyboard.press("Tab")
        order.append(explored.page.evaluate(FOCUSED))

    assert order == [
        "Previous hit",
        "Next hit",
        "How many levels to show",
        "Which side to show",
        "Bring everything into view",
        "Save the picture to a file",
        "Show or hide data sets",
        "Show or hide feature groups",
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
    page.wait_for_selector("button.lineage-role-image:not(.mod-active)")


def test_the_focus_is_seen(explored):
    explored.page.locator(".lineage-search input").focus()
    explored.page.keyboard.press("Tab")

    outline = "() => getComputedStyle(document.activeElement).outlineStyle"
    assert explored.page.evaluate(outline) == "solid"
