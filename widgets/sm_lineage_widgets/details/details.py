"""What stands beneath the canvas: status, what can be done, details, and how to repeat it."""

from __future__ import annotations

from collections.abc import Sequence

from sm_lineage_magics.model import Answer, Direction, LineageGraph
from sm_lineage_magics.views.picture import Picture
from sm_lineage_magics.views.picture.features import Feature
from sm_lineage_magics.views.picture.grouping import Group

from ..controls import Controls
from ..state import State
from . import panel
from .actions import Actions, Walker, on_entity, on_feature, on_group
from .repeating import line_of_feature, lines_of


class Details:
    """Tells what was clicked, and offers what can be done with it.

    Attributes:
        widgets: to put beneath the canvas, from the top down.
    """

    def __init__(self, controls: Controls, walker: Walker, answer: Answer) -> None:
        """Nothing is selected yet.

        Args:
            controls: what makes widgets.
            walker: does what is offered.
            answer: whose gaps are told until something is selected.
        """
        self._walker = walker
        self._actions = Actions(controls)
        self._pictured = controls.text("lineage-pictured")
        self._status = controls.text("lineage-status")
        self._told = panel.nothing_selected(answer)
        self._panel = controls.text("lineage-details", value=self._told)
        self._lines = controls.text("lineage-lines", value=panel.repeated(lines_of(State(answer))))
        told = (self._status, self._actions.row, self._panel, self._lines)
        self.widgets = (self._pictured, *told)

    def tell(self, state: State, picture: Picture, *, asks: bool) -> None:
        """What is selected, or else what the picture leaves out.

        Args:
            state: what is shown.
            picture: as which it is drawn.
            asks: whether there is a backend to ask for more.
        """
        entity = state.answer.graph.entities.get(state.selected or "")
        self._pictured.value = panel.pictured(picture)
        self._lines.value = panel.repeated(lines_of(state))
        if entity is None:
            self._tell(panel.nothing_selected(state.answer, state.search.strip(), picture.notes))
            self._actions.offer()
        else:
            self._tell(panel.entity_panel(entity, state.answer.graph))
            self._actions.offer(*on_entity(self._walker, entity.arn, state, asks=asks))

    def tell_group(self, group: Group, graph: LineageGraph) -> None:
        """What is in a group."""
        self._tell(panel.group_panel(group, graph))
        self._actions.offer(*on_group(self._walker, group))

    def tell_feature(self, feature: Feature, state: State) -> None:
        """What is known of a feature, or which the rest are."""
        self._tell(panel.feature_panel(feature, state.answer.graph))
        self._actions.offer(*on_feature(self._walker, feature, state))
        if len(feature.names) == 1:
            self._lines.value = panel.repeated([line_of_feature(feature)])

    def fail(self, why: str) -> None:
        """What went wrong, above what was told last."""
        self._panel.value = panel.problem(why) + self._told

    def _tell(self, what: str) -> None:
        self._told = self._panel.value = what

    def say(self, text: str, waiting: Sequence[tuple[str, Direction]], graph: LineageGraph) -> None:
        """These words, or else what is being waited for."""
        if text or not waiting:
            self._status.value = panel.done(text)
        else:
            arn, way = waiting[0]
            name = graph.entities[arn].label
            self._status.value = panel.working(f"looking {way} of {name}")
