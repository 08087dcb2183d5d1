"""The controls above the canvas: search, depth, direction, fit, save, and the legend.

Each is a standard widget, so that keyboard and screen reader work; each has a name in words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import ipywidgets

from sm_lineage_magics.model import Direction, Role
from sm_lineage_magics.model.wording import role_name

# 0 stands for all: a drop-down list takes None for nothing chosen.
DEPTHS: tuple[tuple[str, int], ...] = (
    ("all levels", 0),
    *((f"{levels} level{'s' if levels > 1 else ''}", levels) for levels in (1, 2, 3, 4, 6, 8)),
)

DIRECTIONS: tuple[tuple[str, Direction], ...] = (
    ("both ways", "both"),
    ("upstream", "upstream"),
    ("downstream", "downstream"),
)

SAVE_AS = ("Save as…", "SVG", "PNG", "HTML", "Mermaid", "DOT", "JSON")

_NARROW = {"width": "34px"}


def search(on_search: Callable[[str], None], on_step: Callable[[int], None]) -> Any:
    """A search field with previous and next."""
    field = ipywidgets.Text(
        placeholder="search",
        tooltip="Find an entity by name, type or source",
        continuous_update=False,
        layout={"width": "170px"},
    )
    field.observe(lambda change: on_search(change["new"]), "value")
    back = button("◂", "Previous hit", lambda: on_step(-1), _NARROW)
    forth = button("▸", "Next hit", lambda: on_step(1), _NARROW)
    return ipywidgets.HBox([field, back, forth])


def choice(options: Iterable[tuple[str, Any]], name: str, on_choice: Callable[[Any], None]) -> Any:
    """A drop-down list."""
    dropdown = ipywidgets.Dropdown(options=list(options), tooltip=name, layout={"width": "120px"})
    dropdown.observe(lambda change: on_choice(change["new"]), "value")
    return dropdown


def save_menu(on_save: Callable[[str], None]) -> Any:
    """The menu of file formats; it goes back to its title after each choice."""
    menu = ipywidgets.Dropdown(
        options=SAVE_AS, tooltip="Save the picture to a file", layout={"width": "110px"}
    )

    def chosen(change: Any) -> None:
        if change["new"] != SAVE_AS[0]:
            on_save(change["new"])
            menu.value = SAVE_AS[0]

    menu.observe(chosen, "value")
    return menu


def button(text: str, name: str, on_click: Callable[[], None], layout: Any = None) -> Any:
    """A button; `name` says what it does, to the pointer that rests on it and to a reader."""
    made = ipywidgets.Button(description=text, tooltip=name, layout=layout or {"width": "auto"})
    made.on_click(lambda _: on_click())
    return made


def legend(roles: Iterable[Role], on_toggle: Callable[[Role], None]) -> Any:
    """A switch per role that is there, in the role's colour."""
    switches = [_switch(role, on_toggle) for role in roles]
    return ipywidgets.HBox(switches, layout={"flex_flow": "row wrap"})


def _switch(role: Role, on_toggle: Callable[[Role], None]) -> Any:
    name = role_name(role, 2)
    switch = ipywidgets.ToggleButton(
        value=True,
        description=name,
        tooltip=f"Show or hide {name}",
        layout={"width": "auto", "height": "22px", "margin": "2px"},
    )
    for css_class in ("lineage-role", f"lineage-role-{role}"):
        switch.add_class(css_class)
    switch.observe(lambda _: on_toggle(role), "value")
    return switch
