"""What roles, types and answers are called in front of people.

>>> what_is(job), kinds_of(['model', 'model', 'dataset'])
('training job', '2 models, 1 data set')
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from ..model import ROLES, Answer, Entity, Gap, Role, role_of
from ..model.wording import counted, counted_role, role_name
from ..query.nouns import NOUNS
from .words import one_line

# Options of a question that keep only some entities.
_SIFTING = frozenset({"type", "kind", "property", "after", "before"})


def what_is(entity: Entity) -> str:
    """What an entity is, as closely as it is known: `training job`, `feature group`, `Kettle`."""
    role = role_of(entity)
    if role == "other":
        return one_line(entity.type) or entity.kind
    if role == "job" and re.fullmatch("[A-Z][a-z]+Job", entity.type):
        return re.sub("(?<=[a-z])(?=[A-Z])", " ", entity.type).lower()
    return role_name(role)


def kinds_of(roles: Iterable[Role]) -> str:
    """How many of which role, in the roles' own order: `2 data sets, 1 model`."""
    number = Counter(roles)
    return ", ".join(counted_role(role, number[role]) for role in ROLES if number[role])


def title_of(answer: Answer) -> str:
    """The question on one line, or what is focused on when no question is known."""
    if answer.question.verb:
        return one_line(str(answer.question))
    focused = [answer.graph.entities[arn].label for arn in answer.focus if arn in answer.graph]
    return one_line("lineage of " + ", ".join(focused)) if focused else "lineage"


def summary_of(answer: Answer) -> str:
    """What was found, counted, and whether it is all: `3 entities: 2 data sets, 1 job`."""
    found = answer.entities
    if not found:
        return _nothing(answer) + ("." if answer.complete else ", but the answer has gaps.")
    roles = (answer.graph.roles[entity.arn] for entity in found)
    told = f"{counted(len(found), 'entity', 'entities')}: {kinds_of(roles)}"
    return told if answer.complete else f"{told}; incomplete"


def _nothing(answer: Answer) -> str:
    """That nothing was found, beside what: the subject may be just what was looked for."""
    verb, graph = answer.question.verb, answer.graph
    subjects = [graph.entities[arn] for arn in answer.focus if arn in graph]
    if verb in ("upstream", "downstream") and subjects:
        what = "Nothing more" if len(subjects) > 1 else "Nothing"
        what += " of that sort" if _SIFTING & answer.question.options.keys() else ""
        return f"{what} was found {verb} of {_these(subjects)}"
    roles = NOUNS[verb].roles if verb in NOUNS else ()
    if themselves := [each for each in subjects if role_of(each) in roles]:
        return f"No {role_name(roles[0])} was found beside {_these(themselves)}"
    return "Nothing was found"


def _these(entities: Sequence[Entity]) -> str:
    """One entity by its name, of several their number."""
    if len(entities) == 1:
        return one_line(entities[0].label)
    return f"these {counted(len(entities), 'entity', 'entities')}"


def gap_lines(answer: Answer) -> list[str]:
    """Every gap on a line of its own, places called by their names where they are known."""
    return [gap_line(gap, answer) for gap in answer.gaps]


def gap_line(gap: Gap, answer: Answer) -> str:
    """One gap for people: `beyond depth at churn: At least 3 more lie upstream; …`."""
    places = (where_is(place, answer) for place in gap.where.split(", "))
    return one_line(f"{gap.kind.replace('-', ' ')} at {', '.join(places)}: {gap.why}")


def where_is(place: str, answer: Answer) -> str:
    """The name of an ARN that the answer knows, anything else as it is."""
    entity = answer.graph.entities.get(place)
    return entity.label if entity else place
