"""The explorer: an answer to walk about in.

>>> explorer = Explorer(answer, expand=lambda arn, way: backend.traverse([arn], way, max_depth=1))
>>> explorer.selected, len(explorer.visible)
(None, 21)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property
from threading import RLock
from typing import Any

import ipywidgets
import traitlets
from IPython.display import Javascript, display

from sm_lineage_magics.model import Answer, Direction, Mark
from sm_lineage_magics.views.naming import title_of
from sm_lineage_magics.views.picture import Drawing, Picture, picture_of
from sm_lineage_magics.views.picture.features import Feature
from sm_lineage_magics.views.picture.grouping import CAP, Group

from .asking import Asking, Expand, soon
from .canvas.canvas import Canvas, fitting
from .canvas.elements import Light
from .canvas.pointing import drawn_as, hangs_on, title
from .controls import Controls
from .details.actions import MORE
from .details.details import Details
from .release import release_all
from .saving import png_script, save
from .state import State
from .toolbar import legend, toolbar
from .turns import in_turn


class Explorer(ipywidgets.VBox):  # type: ignore[misc]  # ipywidgets has no annotations
    """A live view of one answer.

    Attributes:
        selected: ARN of what was clicked last, or None; can be observed and set.
        visible: ARNs of what is drawn, groups opened up; can be observed.
        turn: held by the one thread that changes it.
    """

    selected = traitlets.Unicode(None, allow_none=True)
    visible = traitlets.Tuple()

    def __init__(
        self,
        answer: Answer,
        expand: Expand | None = None,
        *,
        marks: Mapping[str, Mark] | None = None,
        height: int | None = None,
    ) -> None:
        """Draw an answer.

        Args:
            answer: what to draw.
            expand: asks a backend for what lies directly upstream or downstream of an ARN; without
                it there is nothing to expand.
            marks: ARN → how it is marked, of a difference or a path.
            height: of the canvas, in pixels; as high as the picture is wide when None.
        """
        self.turn = RLock()
        self._state = State(answer, marks=marks or {})
        self._picture = Picture()
        self._picture = self._drawn()
        self._height = height
        self._asking = Asking(expand, self._arrived, self._failed) if expand else None
        self._controls = controls = Controls()
        height = height or fitting(self._picture)
        self._canvas = Canvas(controls, self._picture, height, self._events())
        self._script: Any = None
        super().__init__(
            self._canvas.widgets,
            layout=controls.layout,
            visible=tuple(self._state.visible.entities),
            _dom_classes=("lineage-explorer",),
        )
        # The picture is on its way while everything around it is still being made.
        soon(self._furnish)

    @property
    def answer(self) -> Answer:
        """Everything fetched so far."""
        return self._state.answer

    @in_turn
    def expand(self, arn: str, way: Direction) -> None:
        """Ask for what lies directly beyond an entity, without making the notebook wait."""
        if self._asking is not None:
            self._asking.ask(arn, way)
            self._say()

    def fold(self, arn: str, way: Direction) -> None:
        """Put away what lies beyond an entity."""
        self._change(lambda state: state.folding(arn, way))

    def unfold(self, arn: str, way: Direction) -> None:
        """Show again what was put away, and ask for what is not there yet."""
        self._change(lambda state: state.unfolding(arn, way))
        self.expand(arn, way)

    def select(self, arn: str | None) -> None:
        """Show the details of an entity, or of none."""
        self._change(lambda state: state.selecting(arn))

    @in_turn
    def open_group(self, group: str) -> None:
        """Show more of a group's members one by one."""
        shown = next((g.shown for g in self._picture.groups if g.id == group), None)
        if shown is not None:
            self._change(lambda state: state.opening(group, shown + MORE))

    def draw_features(self, arn: str, number: int = MORE) -> None:
        """Draw so many features of a feature group or query as nodes; none of them for 0."""
        self._change(lambda state: state.featuring(arn, number))

    def search(self, text: str) -> None:
        """Find by name, type or source; the first hit is selected."""
        self._change(lambda state: state.searching(text))

    @in_turn
    def close(self) -> None:
        """Give every widget of the view back to ipywidgets."""
        if self._asking is not None:
            self._asking.close()
        release_all(self._controls.held)
        super().close()

    def __repr__(self) -> str:
        """What stands for it where a notebook is only read."""
        return f"<Explorer of {title_of(self.answer)}: live while its kernel runs>"

    @cached_property
    def _details(self) -> Details:
        """What stands beneath the canvas; with it comes everything else that stands around."""
        controls = self._controls
        details = Details(controls, self, self.answer)
        bar = toolbar(controls, self._change, self._canvas.fit, self._save)
        roles = legend(controls, self.answer, self._change)
        self._add(bar, roles, *details.widgets)
        return details

    def _add(self, *widgets: Any) -> None:
        """Add to the end: what comes before the canvas would have it drawn again."""
        self.set_trait("children", (*self.children, *widgets))

    @in_turn
    def _furnish(self) -> None:
        self._tell()

    def _events(self) -> Mapping[str, Any]:
        return {"click": self._clicked, "mouseover": self._hovered, "mouseout": self._left}

    @in_turn
    def _change(self, how: Callable[[State], State]) -> None:
        """Everything on screen follows from the state; this is the only way to change it."""
        self._state = how(self._state)
        self._picture = self._drawn()
        if self._height is None:
            self._canvas.grow(fitting(self._picture))
        self._show()

    def _drawn(self) -> Picture:
        return picture_of(self._shown, self._drawing)

    @property
    def _shown(self) -> Answer:
        state = self._state
        return replace(state.answer, graph=state.visible, found=None)

    @property
    def _drawing(self) -> Drawing:
        state = self._state
        keep = (*state.hits[:10], *filter(None, (state.selected,)))
        before = self._picture.layout.positions
        return Drawing(
            CAP, keep, state.opened, features=state.features, marks=state.marks, before=before
        )

    def _show(self) -> None:
        state = self._state
        self._light(state.lit)
        self._tell()
        # Whoever observes one finds the other as new, and may fail: all is drawn and told by then.
        with self.hold_trait_notifications():
            self.visible = tuple(state.visible.entities)
            self.selected = state.selected

    def _tell(self) -> None:
        self._details.tell(self._state, self._picture, asks=self._asking is not None)

    def _light(self, way: frozenset[str], chosen: str | None = None) -> None:
        """Draw with a way lit, the features along it as well."""
        features = (each for each in self._picture.features if way & {*each.sources, *each.readers})
        lit = way | {each.id for each in features}
        light = Light(lit, self._state.hits, chosen or self._state.selected)
        self._canvas.draw(self._picture, light)

    @traitlets.validate("selected")
    def _known(self, proposal: Any) -> str | None:
        arn: str | None = proposal["value"]
        if arn is not None and arn not in self.answer.graph:
            raise traitlets.TraitError(
                f"{arn!r} is not in this answer. Expected an ARN of explorer.visible, or None."
            )
        return arn

    @traitlets.observe("selected")
    def _selected_from_outside(self, change: Any) -> None:
        if change["new"] != self._state.selected:
            self.select(change["new"])

    @in_turn
    def _clicked(self, id: str) -> None:
        drawn = drawn_as(self._picture, id)
        if isinstance(drawn, Group):
            self._details.tell_group(drawn, self.answer.graph)
            self._light(self._state.lit, id)
        elif isinstance(drawn, Feature):
            self._details.tell_feature(drawn, self._state)
            self._light(self._state.lit, id)
        elif id in self.answer.graph:
            self.select(id)
        else:
            self._beyond(id)

    def _beyond(self, stub: str) -> None:
        """Ask for what a stub stands for, at every entity it hangs on; groups are opened first."""
        for id, way in hangs_on(self._picture, stub):
            self._ask_or_open(id, way)

    def _ask_or_open(self, id: str, way: Direction) -> None:
        if id in self.answer.graph:
            self.expand(id, way)
        else:
            self._clicked(id)

    @in_turn
    def _hovered(self, id: str) -> None:
        self._say(title(self._picture, id))
        if self._state.selected is None and id in self._state.visible:
            self._light(self._state.way_to(id))

    @in_turn
    def _left(self, id: str) -> None:
        self._say()
        if self._state.selected is None:
            self._light(self._state.lit)

    def _say(self, text: str = "") -> None:
        waiting = self._asking.waiting if self._asking else ()
        self._details.say(text, waiting, self.answer.graph)

    @in_turn
    def _arrived(self, arn: str, way: Direction, more: Answer) -> None:
        self._say()
        self._change(lambda state: state.grown(more, (arn, way)).unfolding(arn, way))

    @in_turn
    def _failed(self, why: str) -> None:
        self._say()
        self._details.fail(why)

    @in_turn
    def _save(self, format: str) -> None:
        if format == "PNG":
            self._run(png_script(self._canvas.css_class))
            return
        try:
            path = save(self.answer, self._shown, self._drawing, format)
        except OSError as error:
            self._failed(f"The file could not be written: {error}")
        else:
            self._say(f"written to {path}")

    def _run(self, script: str) -> None:
        """Have the browser run a script of ours: only a view of an output does."""
        if self._script is None:
            self._script = self._controls.made(ipywidgets.Output, "lineage-style")
            self._add(self._script)
        self._script.clear_output()
        with self._script:
            display(Javascript(script))  # type: ignore[no-untyped-call]  # without annotations
