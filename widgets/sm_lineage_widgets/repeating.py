"""What has to be typed to see again what an explorer shows.

>>> lines_of(state)
('%lineage upstream model:churn --depth 2',)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sm_lineage_magics.model import Answer, Direction, Question, Reference, reference_of
from sm_lineage_magics.views.picture.features import Feature

from .state import State

# An answer may be about any number of entities; a line is about one.
_MOST = 3


def lines_of(state: State) -> tuple[str, ...]:
    """A line of magic, or one for each entity that was asked about; never none."""
    return tuple(f"%lineage {question}" for question in _questions(state)) or ("%lineage ls",)


def line_of_feature(feature: Feature) -> str:
    """What depends on a feature."""
    reference = Reference("fg", feature.group, feature.names[0])
    return f"%lineage {Question('impact', (str(reference),))}"


def _questions(state: State) -> Iterable[Question]:
    if state.selected is not None and state.selected not in state.answer.focus:
        return [_asked_of(state.selected, _way(state.direction), state)]
    if state.answer.question.verb and not state.depth and state.direction == "both":
        return [state.answer.question]
    return _anew(state)


def _anew(state: State) -> Iterator[Question]:
    """For an answer that nobody asked for by a line, or of which only a part is shown."""
    answer = state.answer
    if answer.focus:
        way = state.direction if state.direction != "both" else _side(answer)
        starts, way = answer.focus, way
    else:
        starts, way = tuple(_sources(answer)), "downstream"
    for arn in starts[:_MOST]:
        if arn in answer.graph:
            yield _asked_of(arn, way, state)


def _asked_of(arn: str, way: Direction, state: State) -> Question:
    name = str(reference_of(state.answer.graph.entities[arn]))
    levels = state.depth or ""
    if way == "both":
        return Question("show", (f"{levels}+{name}+{levels}",), {"as": "graph"})
    return Question(way, (name,), {"depth": state.depth})


def _way(direction: Direction) -> Direction:
    return "upstream" if direction == "both" else direction


def _side(answer: Answer) -> Direction:
    """The side of the focus on which everything lies, if it is one."""
    sides: tuple[Direction, ...] = ("upstream", "downstream")
    for side in sides:
        if len(answer.graph.distances(answer.focus, side)) == len(answer.graph):
            return side
    return "both"


def _sources(answer: Answer) -> Iterator[str]:
    """What nothing leads to; of a cycle, whatever comes first."""
    found = [arn for arn in answer.graph.entities if not answer.graph.incoming.get(arn)]
    yield from found or list(answer.graph.entities)[:1]
