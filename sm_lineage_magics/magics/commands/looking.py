"""Looking entities up: show one, find some, list what there is."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from ...model import ROLES, Answer, Question, Role
from ...model.wording import HOW_TO_BEGIN, did_you_mean
from ..command import Command, Viewed
from ..line.declared import option, positional
from .asking import AS_OF, Filtered, whole

if TYPE_CHECKING:
    from ..session import Session


def role(text: str) -> Role:
    """A role as people say it: `model`, `models`, `feature-groups`, `fg`.

    Raises:
        ArgumentTypeError: with what was expected, when it is none.
    """
    wanted = text.lower().replace("_", "-")
    for each in ROLES:
        if wanted in names_of(each):
            return each
    known = [names_of(each)[0] for each in ROLES]
    hint = did_you_mean(wanted, known) or f"Expected one of {', '.join(known)}."
    raise argparse.ArgumentTypeError(f"{text!r} is no kind of thing that can be listed. {hint}")


def names_of(role: Role) -> tuple[str, ...]:
    """The words a role goes by, the plural first."""
    plural = {"query": "queries", "code": "code"}.get(role, f"{role}s")
    return (plural, role, *(("fg",) if role == "feature-group" else ()))


class Show(Viewed):
    """All that is known of one entity."""

    words: ClassVar[Mapping[str, str]] = {"show": "all that is known of ENTITY"}
    examples: ClassVar[tuple[str, ...]] = ("show model:churn", "show fg:customers+1")
    default_view: ClassVar[str] = "details"

    entity: str = positional("ENTITY", "a name, an ARN, a URI or a variable", complete="entity")
    as_of: datetime | None = AS_OF

    def run(self, session: Session) -> Answer:
        return session.lineage.show(session.subject(self.entity), as_of=self.as_of)


class Listing(Filtered):
    """A command that lists entities."""

    default_view: ClassVar[str] = "table"

    limit: int = option(
        "--limit", type=whole, default=100, metavar="N", help="how many at most; 0 for all"
    )
    as_of: datetime | None = AS_OF


class Find(Listing):
    """Entities by a part of their name or source."""

    words: ClassVar[Mapping[str, str]] = {"find": "entities whose name or source holds TEXT"}
    examples: ClassVar[tuple[str, ...]] = ("find churn", "find s3://bucket/raw --type DataSet")

    text: str = positional("TEXT", "any part of a name or source")

    def run(self, session: Session) -> Answer:
        limit = self.limit or None
        ask = partial(session.lineage.find, self.text, as_of=self.as_of, limit=limit)
        return self.filtered(session, ask)


class Ls(Listing):
    """What there is, newest first."""

    words: ClassVar[Mapping[str, str]] = {"ls": "what there is, newest first"}
    examples: ClassVar[tuple[str, ...]] = ("ls", "ls models --after 2026-01-01")

    role: Role | None = positional(
        "KIND", "models, feature-groups, jobs …", nargs="?", type=role, complete="role"
    )

    def run(self, session: Session) -> Answer:
        roles = () if self.role is None else (self.role,)
        ask = partial(session.lineage.ls, as_of=self.as_of, limit=self.limit or None)
        answer = self.filtered(session, ask, roles)
        if answer.complete and not (answer or self.only(roles) or self.as_of):
            session.say(f"Nothing is recorded here yet. {HOW_TO_BEGIN}")
        kinds = tuple(names_of(role)[0] for role in roles)
        return answer.asked(Question(answer.question.verb, kinds, answer.question.options))


COMMANDS: tuple[type[Command], ...] = (Show, Find, Ls)
