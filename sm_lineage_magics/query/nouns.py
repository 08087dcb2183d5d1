"""The questions that are nouns: `sources`, `models`, `endpoints` … of an entity.

Each asks for the entities of one role that something was built from, or that were built from it.

>>> NOUNS["feature-groups"].roles
('feature-group',)
"""

from __future__ import annotations

from typing import NamedTuple

from ..errors import QuestionError
from ..model import Answer, Direction, EntityFilter, LineageGraph, Role
from .filters import restricted
from .traverse import traverse

# An association of these types groups or equates; it does not say what a thing was made from.
_NOT_MADE_FROM = ("AssociatedWith", "SameAs")


class Noun(NamedTuple):
    """One question that is a noun.

    Attributes:
        word: as typed.
        roles: of the entities asked for.
        direction: where they may lie.
        sentence: what it answers, for help.
        only_origins: whether only those count that nothing else produced.
    """

    word: str
    roles: tuple[Role, ...]
    direction: Direction
    sentence: str
    only_origins: bool = False

    @property
    def wanted(self) -> EntityFilter:
        """The filter that keeps these entities."""
        return EntityFilter(roles=self.roles)

    def levels(self, depth: int | None) -> int | None:
        """How deep to walk for an answer of this depth: to know an origin, one level more."""
        return depth + 1 if depth is not None and self.only_origins else depth

    def of(self, answer: Answer, depth: int | None = None) -> Answer:
        """The entities asked for, out of everything a walk of `levels(depth)` reached."""
        found = [arn for arn in answer.graph.entities if self._counts(arn, answer)]
        if depth is None or not self.only_origins:
            return restricted(answer, found)
        near = traverse(answer.graph, answer.focus, self.direction, depth)
        seen = (gap for gap in answer.gaps if gap.kind != "beyond-depth")
        return restricted(near.with_gaps(seen), (arn for arn in found if arn in near.graph))

    def _counts(self, arn: str, answer: Answer) -> bool:
        if self.only_origins:
            return self.wanted(answer.graph.entities[arn]) and is_origin(answer.graph, arn)
        return arn not in answer.focus and self.wanted(answer.graph.entities[arn])


def is_origin(graph: LineageGraph, arn: str) -> bool:
    """Whether nothing in the graph produced this entity."""
    return all(edge.type in _NOT_MADE_FROM for edge in graph.incoming.get(arn, ()))


def _noun(word: str, role: Role, sentence: str, direction: Direction = "both") -> Noun:
    return Noun(word, (role,), direction, sentence)


_ALL = (
    Noun("sources", ("dataset",), "upstream", "the data that nothing else produced", True),
    _noun("datasets", "dataset", "the data sets before and after ENTITY"),
    _noun("feature-groups", "feature-group", "the feature groups before and after ENTITY"),
    _noun("queries", "query", "the queries before and after ENTITY"),
    _noun("code", "code", "the scripts and cells before and after ENTITY"),
    _noun("jobs", "job", "the jobs before and after ENTITY"),
    _noun("models", "model", "the models before and after ENTITY"),
    _noun("endpoints", "endpoint", "the endpoints before and after ENTITY"),
)

NOUNS: dict[str, Noun] = {noun.word: noun for noun in _ALL}


def noun_of(word: str) -> Noun:
    """The question of a word.

    Raises:
        QuestionError: when it is none of `NOUNS`.
    """
    if word not in NOUNS:
        raise QuestionError(f"No question is called {word!r}. Expected one of: {', '.join(NOUNS)}.")
    return NOUNS[word]
