"""What has to be typed to see again what an explorer shows.

>>> lines_of(state)
('%lineage upstream model:churn --depth 2',)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sm_lineage_magics.model import (
    Answer,
    Direction,
    LineageGraph,
    Question,
    Reference,
    reference_among,
)
from sm_lineage_magics.query.selectors import Selector
from sm_lineage_magics.views.picture.features import Feature

from ..state import State

# An answer may be about any number of entities; a line is about one.
_MOST = 3


def lines_of(state: State) -> tuple[str, ...]:
    """A line of magic, or one for each entity that was asked about; never none."""
    return tuple(f"%lineage {question}" for question in _questions(state)) or ("%lineage ls",)


def line_of_feature(feature: Feature) -> str:
    """What depends on a feature; on all of what has it, where its own name cannot be typed."""
    reference = Reference("fg", feature.group, feature.names[0])
    name = str(reference)
    is_understood = name.isprintable() and Reference.parse(name) == reference
    asked = name if is_understood and Selector.parse(name).alone else feature.owner
    return f"%lineage {Question('impact', (asked,))}"


def _questions(state: State) -> Iterable[Question]:
    if state.selected is not None and state.selected not in state.answer.focus:
        return [_asked_of(state.selected, _way(state.direction), state)]
    if _can_be_typed(state.answer.question) and not state.depth and state.direction == "both":
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


def _can_be_typed(question: Question) -> bool:
    """Whether it was put in words that one line holds; Python takes others as well."""
    return bool(question.verb) and all(map(str.isprintable, question.subjects))


def _asked_of(arn: str, way: Direction, state: State) -> Question:
    name = _name(arn, state.answer.graph)
    levels = state.depth or ""
    if way == "both":
        return Question("show", (f"{levels}+{name}+{levels}",), {"as": "graph"})
    return Question(way, (name,), {"depth": state.depth})


def _name(arn: str, graph: LineageGraph) -> str:
    """A name with what it is before it, where that means this one alone; else the ARN.

    A bare word could be a variable of the notebook, or an option.
    """
    reference = reference_among(graph.entities[arn], graph.entities.values())
    name = str(reference)
    return name if reference.scheme and Selector.parse(name).alone else arn


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
