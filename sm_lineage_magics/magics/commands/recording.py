"""Recording by hand: a link you know of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, get_args

from ...model import AssociationType
from ...naming import text_of
from ..command import Command, option, positional

if TYPE_CHECKING:
    from ..session import Session


@dataclass(frozen=True)
class Link(Command):
    """An association named by the user."""

    words: ClassVar[Mapping[str, str]] = {"link": "record that data flows from SOURCE on"}
    examples: ClassVar[tuple[str, ...]] = (
        "link s3://bucket/raw/customers.csv fg:customers",
        "link fg:customers job:train-churn --as ContributedTo",
    )

    source: str = positional("SOURCE", "where the data comes from", complete="entity")
    destination: str = positional("DESTINATION", "where it goes", complete="entity")
    type: AssociationType = option(
        "--as",
        choices=get_args(AssociationType),
        default="ContributedTo",
        help="what the one is to the other; ContributedTo by default",
    )

    def run(self, session: Session) -> None:
        source, destination = session.subject(self.source), session.subject(self.destination)
        receipt = session.lineage.link(source, destination, self.type)
        done = "Linked" if receipt.linked else "Already linked"
        session.say(f"{done}: {text_of(source)} → {text_of(destination)} ({self.type}).")


COMMANDS: tuple[type[Command], ...] = (Link,)
