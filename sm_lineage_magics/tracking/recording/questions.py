"""What can be asked now that something was recorded, as lines to type.

>>> questions(recording.answer, text_of)
('%lineage upstream model:churn', '%lineage downstream s3://shop/raw.csv')
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ...model import Answer, Entity, Role, role_of
from ...model.answer import quoted

# What people ask about, the nearest to use first.
_ASKED: tuple[Role, ...] = ("endpoint", "package", "model", "feature-group", "dataset", "query")


def questions(answer: Answer, typed: Callable[[Entity], str]) -> tuple[str, ...]:
    """The line that tells what the last thing made came from, and what the first one led to.

    Args:
        answer: what was recorded.
        typed: how an entity is typed on a line.
    """
    graph = answer.graph
    made = _first(e for e in answer if graph.incoming.get(e.arn) and not graph.outgoing.get(e.arn))
    read = _first(e for e in answer if graph.outgoing.get(e.arn) and not graph.incoming.get(e.arn))
    asked = (("upstream", made), ("downstream", read))
    return tuple(f"%lineage {verb} {quoted(typed(each))}" for verb, each in asked if each)


def _first(entities: Iterable[Entity]) -> Entity | None:
    """The one nearest to use; of several like it the last, which was made last."""
    ranked = {_ASKED.index(role): each for each in entities if (role := role_of(each)) in _ASKED}
    return ranked[min(ranked)] if ranked else None
