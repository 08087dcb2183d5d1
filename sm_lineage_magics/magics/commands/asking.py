"""The questions: upstream, downstream, and the nouns."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from ...model import KINDS, Answer, EntityFilter, Role
from ...query.nouns import NOUNS
from ..command import Command, Viewed
from ..line.declared import option, positional
from ..line.moments import date, end_of_day

if TYPE_CHECKING:
    from ..session import Session


def whole(text: str) -> int:
    """A number of levels or entities: whole, and not negative.

    Raises:
        ArgumentTypeError: with what was expected, when it is none.
    """
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number; expected 0, 1, 2 …")
    return int(text)


def kind(text: str) -> str:
    """A kind of entity, in any case of letters.

    Raises:
        ArgumentTypeError: with what was expected, when it is none.
    """
    known = {each.lower(): each for each in KINDS}
    if text.lower() not in known:
        raise argparse.ArgumentTypeError(f"{text!r} is no kind; expected {', '.join(KINDS)}")
    return known[text.lower()]


def property_of(text: str) -> tuple[str, str]:
    """A property and its value, `KEY=VALUE`.

    Raises:
        ArgumentTypeError: with what was expected, when it is none.
    """
    key, sign, value = text.partition("=")
    if not (key and sign):
        raise argparse.ArgumentTypeError(f"{text!r} is no property; expected KEY=VALUE")
    return key, value


AS_OF = option(
    "--as-of",
    type=end_of_day,
    metavar="DATE",
    help="what was known then: 2026-01-31, yesterday, 7d",
)


class Filtered(Viewed):
    """A command that keeps only some entities."""

    types: tuple[str, ...] = option(
        "--type", action="append", metavar="TYPE", help="only this type, e.g. DataSet; repeatable"
    )
    kinds: tuple[str, ...] = option(
        "--kind", action="append", type=kind, metavar="KIND", help=f"only {', '.join(KINDS)}"
    )
    properties: tuple[tuple[str, str], ...] = option(
        "--property",
        action="append",
        type=property_of,
        metavar="KEY=VALUE",
        help="only what has this property; repeatable, any of them will do",
    )
    after: datetime | None = option(
        "--after", type=date, metavar="DATE", help="only what was created then or later"
    )
    before: datetime | None = option(
        "--before", type=end_of_day, metavar="DATE", help="only what was created then or earlier"
    )

    def filtered(
        self, session: Session, ask: Callable[..., Answer], roles: tuple[Role, ...] = ()
    ) -> Answer:
        """What `ask` answers with these filters; where no entity has the type, which there are."""
        wanted = self.only(roles)
        answer = ask(only=wanted)
        if wanted and self.types and not answer:
            there = sorted({entity.type for entity in ask(only=wanted._replace(types=()))})
            if there:
                session.say(f"No type {' or '.join(self.types)}. Types there: {', '.join(there)}.")
        return answer

    def only(self, roles: tuple[Role, ...] = ()) -> EntityFilter | None:
        """The filter these options mean, with the roles wanted; None when it lets all pass."""
        wanted = EntityFilter(
            roles=roles,
            kinds=self.kinds,  # type: ignore[arg-type]  # `kind` lets no other word through
            types=self.types,
            properties=dict(self.properties),
            created_after=self.after,
            created_before=self.before,
        )
        return None if wanted == EntityFilter() else wanted


class Asking(Filtered):
    """A question about one entity."""

    depth: int | None = option(
        "--depth", type=whole, metavar="N", help="levels to go; all of them by default"
    )
    as_of: datetime | None = AS_OF

    def options(self, session: Session) -> dict[str, Any]:
        """What every question of `Lineage` takes beside its filter."""
        depth = session.settings.depth if self.depth is None else self.depth
        return {"depth": depth, "as_of": self.as_of}


class Walk(Asking):
    """Upstream or downstream of an entity."""

    words: ClassVar[Mapping[str, str]] = {
        "upstream": "everything ENTITY was built from",
        "downstream": "everything built from ENTITY",
    }
    examples: ClassVar[tuple[str, ...]] = (
        "upstream model:churn",
        "downstream s3://bucket/raw/customers.csv --depth 3",
        "upstream endpoint:churn --type DataSet --as table",
    )

    entity: str = positional("ENTITY", "a name, an ARN, a URI or a variable", complete="entity")

    def run(self, session: Session) -> Answer:
        ask = getattr(session.lineage, self.word)
        subject = session.subject(self.entity)
        return self.filtered(session, partial(ask, subject, **self.options(session)))


class NounQuestion(Asking):
    """The entities of one sort before or after an entity."""

    words: ClassVar[Mapping[str, str]] = {word: noun.sentence for word, noun in NOUNS.items()}
    examples: ClassVar[tuple[str, ...]] = (
        "feature-groups s3://bucket/raw/customers.csv",
        "sources fg:customers",
        "models fg:customers --as graph",
    )
    default_view: ClassVar[str] = "table"

    entity: str = positional("ENTITY", "a name, an ARN, a URI or a variable", complete="entity")

    def run(self, session: Session) -> Answer:
        way = self.view_in(session.settings) != "table"
        subject = session.subject(self.entity)
        ask = partial(session.lineage.ask, self.word, subject, way=way, **self.options(session))
        return self.filtered(session, ask)


COMMANDS: tuple[type[Command], ...] = (Walk, NounQuestion)
