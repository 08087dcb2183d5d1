"""The explorer: an answer to walk about in.

>>> explorer = Explorer(answer, expand=lambda arn, way: backend.traverse([arn], way, max_depth=1))
>>> explorer.selected, len(explorer.visible)
(None, 21)
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import ipywidgets
import traitlets

from sm_lineage_magics.errors import LineageError
from sm_lineage_magics.model import ROLES, Answer, Direction, Mark, Question, reference_of, role_of
from sm_lineage_magics.views.picture import Drawing, Node, Picture, Stub, picture_of

from . import controls, panel
from .canvas import Canvas
from .release import release, release_all
from .saving import png_script, save
from .state import State
from .style import PAGE_STYLE

Expand = Callable[[str, Direction], Answer]

# The width a cell has in most notebooks, to guess how high the picture will be when it fits.
_CELL_WIDTH = 960
_LOWEST, _HIGHEST = 160, 420

# Labels can be read up to about so many entities in a cell's height; beyond, groups are made.
CAP = 40


class Explorer(ipywidgets.VBox):  # type: ignore[misc]  # ipywidgets has no annotations
    """A live view of one answer.

    Attributes:
        selected: ARN of what was clicked last, or None; can be observed and set.
        visible: ARNs of what is drawn, groups opened up; can be observed.
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
        self._state = State(answer, marks=marks or {})
        self._expand = expand
        self._picture = Picture()
        self._opened: dict[str, int] = {}
        self._working = ThreadPoolExecutor(1, thread_name_prefix="lineage-explorer")
        self._canvas = Canvas(
            height or self._fitting(),
            {
                ("node", "click"): self._clicked,
                ("node", "mouseover"): self._hovered,
                ("node", "mouseout"): self._left,
            },
        )
        self._panel = ipywidgets.HTML(layout={"overflow": "auto", "max_height": f"{_HIGHEST}px"})
        self._actions = ipywidgets.HBox(layout={"flex_flow": "row wrap"})
        self._line = ipywidgets.Text(
            disabled=True, tooltip="This picture as a line to type", layout={"width": "auto"}
        )
        # As high with words as without: the canvas must not move under the pointer.
        self._status = ipywidgets.HTML(layout={"height": "20px", "overflow": "hidden"})
        self._script = ipywidgets.Output(layout={"display": "none"})
        style = ipywidgets.HTML(PAGE_STYLE, layout={"display": "none"})
        super().__init__([style, self._toolbar(), self._legend(), self._body(), self._script])
        self.add_class("lineage-explorer")
        self._changed(self._state)

    @property
    def answer(self) -> Answer:
        """Everything fetched so far."""
        return self._state.answer

    def expand(self, arn: str, way: Direction) -> None:
        """Ask for what lies directly beyond an entity, without making the notebook wait."""
        if self._expand is None:
            return
        name = self.answer.graph.entities[arn].label
        self._status.value = panel.working(f"looking {way} of {name}")
        asked = self._working.submit(self._expand, arn, way)
        asked.add_done_callback(_in_the_kernel_s_loop(lambda done: self._arrived(done, arn, way)))

    def fold(self, arn: str, way: Direction) -> None:
        """Put away what lies beyond an entity."""
        self._changed(self._state.folding(arn, way))

    def open_group(self, group: str) -> None:
        """Show more of a group's members one by one."""
        shown = next((g for g in self._picture.groups if g.id == group), None)
        if shown is not None:
            self._opened[group] = shown.shown + 20
            self._changed(self._state)

    def search(self, text: str) -> None:
        """Find by name, type or source; the first hit is selected."""
        self._changed(self._state.searching(text))

    def close(self) -> None:
        """Give every widget of the view back to ipywidgets."""
        self._working.shutdown(wait=False, cancel_futures=True)
        release_all(self.children)
        release(self.layout)
        super().close()

    def _fitting(self) -> int:
        """The height at which the picture fills the width of a cell, within bounds."""
        layout = picture_of(self.answer, self._drawing()).layout
        scale = min(_CELL_WIDTH / max(layout.width, 1), 1)
        return int(min(max(layout.height * scale + 60, _LOWEST), _HIGHEST))

    def _toolbar(self) -> Any:
        parts = [
            controls.search(self.search, lambda step: self._changed(self._state.next_hit(step))),
            controls.choice(controls.DEPTHS, "How many levels to show", self._deeper),
            controls.choice(controls.DIRECTIONS, "Which side to show", self._turned),
            controls.button("fit", "Bring everything into view", self._canvas.fit),
            controls.save_menu(self._save),
        ]
        return ipywidgets.HBox(parts, layout={"flex_flow": "row wrap"})

    def _legend(self) -> Any:
        there = {role_of(entity) for entity in self.answer.graph.entities.values()}
        roles = [role for role in ROLES if role in there]
        return controls.legend(roles, lambda role: self._changed(self._state.hiding(role)))

    def _body(self) -> Any:
        # Beneath the canvas, not beside it: cytoscape does not notice when its width changes.
        return ipywidgets.VBox(
            [self._canvas.box, self._status, self._actions, self._panel, self._line]
        )

    def _changed(self, state: State) -> None:
        """Everything on screen follows from the state; this is the only way to change it."""
        self._state = state
        shown = Answer(state.visible, state.answer.focus, state.answer.question, state.answer.gaps)
        self._picture = picture_of(shown, self._drawing())
        self._canvas.draw(self._picture, state.lit, state.hits)
        self.visible = tuple(state.visible.entities)
        self.selected = state.selected
        self._tell()

    def _drawing(self) -> Drawing:
        keep = (*self._state.hits[:10], *filter(None, (self._state.selected,)))
        before = self._picture.layout.positions
        return Drawing(CAP, keep, self._opened, self._state.marks, before=before)

    @traitlets.observe("selected")
    def _selected_from_outside(self, change: Any) -> None:
        if change["new"] != self._state.selected:
            self._changed(self._state.selecting(change["new"]))

    def _clicked(self, id: str) -> None:
        if any(group.id == id for group in self._picture.groups):
            self._tell_group(id)
        elif id in self.answer.graph:
            self._changed(self._state.selecting(id))
        else:
            self._beyond(id)

    def _beyond(self, stub: str) -> None:
        """Ask for what a stub stands for, at every entity it hangs on."""
        for edge in self._picture.edges:
            if edge.source == stub:
                self.expand(edge.destination, "upstream")
            elif edge.destination == stub:
                self.expand(edge.source, "downstream")

    def _hovered(self, id: str) -> None:
        self._status.value = panel.done(self._title(id))
        if self._state.selected is None and id in self._state.visible:
            self._canvas.draw(self._picture, self._state.way_to(id), self._state.hits)

    def _title(self, id: str) -> str:
        """What a node or stub is in full: shapes have room for a part of it."""
        drawn: tuple[Node | Stub, ...] = (*self._picture.nodes, *self._picture.stubs)
        title = next((each.title for each in drawn if each.id == id), "")
        return " · ".join(title.split("\n")[:2])

    def _left(self, id: str) -> None:
        self._status.value = ""
        if self._state.selected is None:
            self._canvas.draw(self._picture, self._state.lit, self._state.hits)

    def _tell(self) -> None:
        arn = self._state.selected
        entity = self.answer.graph.entities.get(arn) if arn else None
        self._line.value = f"%lineage {self._question()}"
        release_all(self._actions.children)
        if entity is None or arn is None:
            self._panel.value = panel.nothing_selected(self.answer)
            self._actions.children = ()
        else:
            self._panel.value = panel.entity_panel(entity, self.answer.graph)
            self._actions.children = tuple(self._ways(arn))

    def _tell_group(self, id: str) -> None:
        group = next(group for group in self._picture.groups if group.id == id)
        self._panel.value = panel.group_panel(group, self.answer.graph)
        release_all(self._actions.children)
        show = controls.button(
            "show 20 more", "Show members one by one", lambda: self.open_group(id)
        )
        self._actions.children = (show,)

    def _ways(self, arn: str) -> list[Any]:
        """Buttons for what can be done with an entity."""
        buttons = []
        for way, arrow in (("upstream", "←"), ("downstream", "→")):
            direction: Direction = "upstream" if way == "upstream" else "downstream"
            if (arn, direction) in self._state.folded or self._expand is not None:
                buttons.append(
                    _acting(
                        f"{arrow} expand", f"Show what lies {way}", self._unfold, arn, direction
                    )
                )
            buttons.append(
                _acting(f"{arrow} fold", f"Put away what lies {way}", self.fold, arn, direction)
            )
        deselect = controls.button(
            "✕", "Close the details", lambda: self._changed(self._state.selecting(None))
        )
        return [*buttons, deselect]

    def _unfold(self, arn: str, way: Direction) -> None:
        self._changed(self._state.unfolding(arn, way))
        self.expand(arn, way)

    def _arrived(self, asked: Future[Answer], arn: str, way: Direction) -> None:
        self._status.value = ""
        try:
            more = asked.result()
        except LineageError as error:
            self._panel.value = panel.problem(str(error))
            return
        self._changed(self._state.grown(more, (arn, way)).unfolding(arn, way))

    def _deeper(self, depth: int) -> None:
        self._changed(replace(self._state, depth=depth or None))

    def _turned(self, direction: Direction) -> None:
        self._changed(replace(self._state, direction=direction))

    def _question(self) -> Question:
        """What would have to be typed to see what is selected, or else what was asked."""
        arn = self._state.selected
        if arn is None or arn in self.answer.focus:
            return self.answer.question
        way = "upstream" if self._state.direction == "both" else self._state.direction
        return Question(way, (str(reference_of(self.answer.graph.entities[arn])),))

    def _save(self, format: str) -> None:
        if format == "PNG":
            with self._script:
                png_script(self._canvas.css_class)
            return
        path = save(self.answer, self._drawing(), format)
        self._status.value = panel.done(f"written to {path}")


def _acting(
    text: str, name: str, act: Callable[[str, Direction], None], arn: str, way: Direction
) -> Any:
    return controls.button(text, name, lambda: act(arn, way))


def _in_the_kernel_s_loop(
    handle: Callable[[Future[Answer]], None],
) -> Callable[[Future[Answer]], None]:
    """Widgets are changed where the kernel runs cells, between two of them."""
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        return handle

    def hand_over(done: Future[Answer]) -> None:
        if not done.cancelled() and not loop.is_closed():
            loop.call_soon_threadsafe(handle, done)

    return hand_over
