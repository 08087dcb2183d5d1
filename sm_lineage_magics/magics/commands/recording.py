"""Recording by hand: a link you know of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, get_args

from ...lineage.subjects import text_of
from ...model import Answer, AssociationType, Report, Section, reference_of
from ...model.wording import contents
from ..command import Command
from ..line.declared import option, positional

if TYPE_CHECKING:
    from ..session import Session


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
        recording = session.lineage.link(source, destination, self.type)
        done = "Linked" if recording.run else "Already linked"
        session.say(f"{done}: {text_of(source)} → {text_of(destination)} ({self.type}).")


class Forget(Command):
    """Entities deleted, whoever made them."""

    words: ClassVar[Mapping[str, str]] = {"forget": "delete ENTITY and its links; first the plan"}
    examples: ClassVar[tuple[str, ...]] = ("forget model:old", "forget model:old --yes")

    entity: str = positional("ENTITY", "a name, an ARN, a URI or a variable", complete="entity")
    yes: bool = option("--yes", action="store_true", help="do it; otherwise it is only shown")

    def run(self, session: Session) -> Report | None:
        subject = session.subject(self.entity)
        if not self.yes:
            return _would_go(session.lineage.show(subject))
        receipt = session.lineage.forget(subject)
        session.say(f"Forgot {contents(len(receipt.created), len(receipt.linked))}.")
        return None


def _would_go(shown: Answer) -> Report:
    names = {arn: str(reference_of(entity)) for arn, entity in shown.graph.entities.items()}
    going = tuple((names[entity.arn], entity.kind, entity.arn) for entity in shown)
    links = tuple(
        tuple(names.get(arn, arn) for arn in edge.pair)
        for edge in shown.graph.associations
        if not set(shown.focus).isdisjoint(edge.pair)
    )
    what = contents(len(going), len(links))
    said = f"{what} would be deleted, whoever made them. Nothing is deleted yet: add --yes."
    sections = (
        Section("Entities", ("Entity", "Kind", "ARN"), going),
        Section("Associations", ("From", "To"), links),
    )
    return Report("Would be forgotten", (said,), sections, Answer(gaps=shown.gaps))


COMMANDS: tuple[type[Command], ...] = (Link, Forget)
