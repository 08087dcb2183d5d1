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


class Controls:
    """Makes controls that share what they look like: the page waits for every model there is.

    Attributes:
        layout: of all of them; where they differ, the style sheet says so by their classes.
        held: every widget that was made, also those that are not shown.
    """

    def __init__(self) -> None:
        self.layout = ipywidgets.Layout()
        self.held: list[Any] = []
        self._styles: dict[Any, Any] = {}

    def made(self, kind: Any, *classes: str, **traits: Any) -> Any:
        """A widget of a kind, laid out by the style sheet's rules for its classes."""
        style = {"style": self._style(kind)} if "style" in kind.class_traits() else {}
        # Classes are given at once: each that is added later is a message of its own.
        widget = kind(**{"layout": self.layout, "_dom_classes": classes, **style, **traits})
        self.held.append(widget)
        return widget

    def row(self, name: str, *children: Any) -> Any:
        """Controls side by side, on as many lines as they need."""
        return self.made(ipywidgets.HBox, "lineage-row", name, children=children)

    def text(self, *classes: str, value: str = "") -> Any:
        """A piece of HTML."""
        return self.made(ipywidgets.HTML, *classes, value=value)

    def search(self, on_search: Callable[[str], None]) -> Any:
        """A search field."""
        field = self.made(
            ipywidgets.Text,
            "lineage-search",
            placeholder="search",
            description="Find an entity by name, type or source",
            continuous_update=False,
        )
        field.observe(lambda change: on_search(change["new"]), "value")
        return field

    def choice(
        self, options: Iterable[tuple[str, Any]], name: str, on_choice: Callable[[Any], None]
    ) -> Any:
        """A drop-down list."""
        made = self._list(tuple(options), name)
        made.observe(lambda change: on_choice(change["new"]), "value")
        return made

    def save_menu(self, on_save: Callable[[str], None]) -> Any:
        """The menu of file formats; it goes back to its title after each choice."""
        # Some browsers take an arrow key for a choice while the list is closed.
        menu = self._list(SAVE_AS, "Save the picture to a file; Space opens the list")

        def chosen(change: Any) -> None:
            if change["new"] != SAVE_AS[0]:
                on_save(change["new"])
                menu.value = SAVE_AS[0]

        menu.observe(chosen, "value")
        return menu

    def button(self, text: str, name: str, on_click: Callable[[], None]) -> Any:
        """A button; `name` says what it does, to the pointer that rests on it and to a reader."""
        made = self.made(ipywidgets.Button, "lineage-button", description=text, tooltip=name)
        made.on_click(lambda _: on_click())
        return made

    def switch(self, role: Role, on_toggle: Callable[[], None]) -> Any:
        """An entry of the legend: hides a role and shows it again."""
        name = role_name(role, 2)
        switch = self.made(
            ipywidgets.ToggleButton,
            "lineage-role",
            f"lineage-role-{role}",
            value=True,
            description=name,
            tooltip=f"Hide {name}",
        )

        def toggled(change: Any) -> None:
            # What is pressed is told by a colour alone; a reader has these words.
            switch.tooltip = f"{'Hide' if change['new'] else 'Show'} {name}"
            on_toggle()

        switch.observe(toggled, "value")
        return switch

    def _list(self, options: tuple[Any, ...], name: str) -> Any:
        return self.made(ipywidgets.Dropdown, "lineage-choice", options=options, description=name)

    def _style(self, kind: Any) -> Any:
        shared = kind.class_traits()["style"].klass
        if shared not in self._styles:
            self._styles[shared] = shared()
        return self._styles[shared]
