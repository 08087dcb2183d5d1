"""The row of buttons for what can be done with what was clicked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from sm_lineage_magics.model import Direction
from sm_lineage_magics.views.picture.features import Feature, has_features
from sm_lineage_magics.views.picture.grouping import Group

from ..controls import Controls
from ..state import State

# How many more members of a group are shown at a time.
MORE = 20

_WAYS: tuple[tuple[Direction, str], ...] = (("upstream", "←"), ("downstream", "→"))


class Walker(Protocol):
    """What can be told to do all this."""

    def fold(self, arn: str, way: Direction) -> None: ...
    def unfold(self, arn: str, way: Direction) -> None: ...
    def select(self, arn: str | None) -> None: ...
    def open_group(self, group: str) -> None: ...
    def draw_features(self, arn: str, number: int) -> None: ...


@dataclass(frozen=True)
class Action:
    """One thing that can be done.

    Attributes:
        text: what stands on the button.
        name: what it does, in words.
        act: does it.
    """

    text: str
    name: str
    act: Callable[[], None]


class Actions:
    """Buttons that are made once and used for whatever is clicked next.

    Attributes:
        row: the widget to put into a layout.
    """

    def __init__(self, controls: Controls) -> None:
        self.row = controls.row("lineage-actions")
        self._controls = controls
        self._buttons: dict[str, Any] = {}
        self._acts: dict[str, Callable[[], None]] = {}

    def offer(self, *actions: Action) -> None:
        """Show these and no others."""
        self._acts = {action.text: action.act for action in actions}
        buttons = tuple(map(self._button, actions))
        if buttons != self.row.children:
            self.row.children = buttons

    def _button(self, action: Action) -> Any:
        if action.text not in self._buttons:
            self._buttons[action.text] = self._controls.button(
                action.text, action.name, lambda: self._acts[action.text]()
            )
        self._buttons[action.text].tooltip = action.name
        return self._buttons[action.text]


def on_entity(walker: Walker, arn: str, state: State, *, asks: bool) -> Iterator[Action]:
    """What can be done with an entity; `asks` is whether there is a backend to ask for more."""
    for way, arrow in _WAYS:
        if asks or (arn, way) in state.folded:
            show = partial(walker.unfold, arn, way)
            yield Action(f"{arrow} expand", f"Show what lies {way}", show)
        yield Action(f"{arrow} fold", f"Put away what lies {way}", partial(walker.fold, arn, way))
    if has_features(arn, state.answer.graph):
        yield _features(walker, arn, state)
    yield Action("✕", "Close the details", partial(walker.select, None))


def on_group(walker: Walker, group: Group) -> Iterator[Action]:
    """What can be done with a group."""
    more = f"show {min(MORE, len(group.members))} more"
    yield Action(more, "Show members one by one", partial(walker.open_group, group.id))


def on_feature(walker: Walker, feature: Feature, state: State) -> Iterator[Action]:
    """What can be done with a feature, or with the rest of many."""
    if len(feature.names) > 1:
        shown = state.features.get(feature.owner, 0) + MORE
        more = f"show {min(MORE, len(feature.names))} more"
        yield Action(
            more, "Draw them one by one", partial(walker.draw_features, feature.owner, shown)
        )
    yield Action(
        "hide features",
        "Draw no features of this any more",
        partial(walker.draw_features, feature.owner, 0),
    )


def _features(walker: Walker, arn: str, state: State) -> Action:
    if arn in state.features:
        hide = partial(walker.draw_features, arn, 0)
        return Action("hide features", "Draw no features of this any more", hide)
    return Action("features", "Draw its features", partial(walker.draw_features, arn, MORE))
