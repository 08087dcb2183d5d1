"""What stands above and beneath the canvas to walk about with: the toolbar and the legend.

Each entry is a change of the state, so that what is clicked is what a program would do as well.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sm_lineage_magics.model import ROLES, Answer, Role

from .controls import DEPTHS, DIRECTIONS, Controls
from .state import State

# Is told how the state is to change.
Change = Callable[[Callable[[State], State]], None]


def toolbar(
    controls: Controls, change: Change, fit: Callable[[], None], save: Callable[[str], None]
) -> Any:
    """Search, depth, direction, fit, and the menu of file formats."""
    return controls.row(
        "lineage-toolbar",
        controls.search(lambda text: change(lambda state: state.searching(text))),
        controls.button(
            "◂",
            "Previous hit, or previous entity where nothing is searched",
            lambda: change(lambda state: state.next_hit(-1)),
        ),
        controls.button(
            "▸",
            "Next hit, or next entity where nothing is searched",
            lambda: change(State.next_hit),
        ),
        controls.choice(
            DEPTHS,
            "How many levels to show",
            lambda depth: change(lambda state: replace(state, depth=depth or None)),
        ),
        controls.choice(
            DIRECTIONS,
            "Which side to show",
            lambda way: change(lambda state: replace(state, direction=way)),
        ),
        controls.button("fit", "Bring everything into view", fit),
        controls.save_menu(save),
    )


def legend(controls: Controls, answer: Answer, change: Change) -> Any:
    """A switch for every role there is in an answer."""
    there = {*answer.graph.roles.values()}

    def switch(role: Role) -> Any:
        return controls.switch(role, lambda: change(lambda state: state.hiding(role)))

    return controls.row("lineage-legend", *(switch(role) for role in ROLES if role in there))
