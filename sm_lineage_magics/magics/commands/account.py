"""Between this machine and an AWS account: pull, push, and how much of its quota is used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from ...model.wording import contents, some
from ..command import Command
from ..line.declared import option
from ..line.moments import date

if TYPE_CHECKING:
    from ...backends.local import LocalBackend
    from ...backends.sagemaker import SageMakerBackend
    from ...lineage import Lineage
    from ...model import Report
    from ...tracking.mirror import Pulled
    from ..session import Session


class Pull(Command):
    """The account's lineage into the embedded store."""

    words: ClassVar[Mapping[str, str]] = {
        "pull": "bring what the AWS account has recorded since last time into the embedded store"
    }
    examples: ClassVar[tuple[str, ...]] = ("pull", "pull --since 2026-01-01")

    since: datetime | None = option(
        "--since", metavar="DATE", type=date, help="made or changed since then"
    )

    def run(self, session: Session) -> None:
        with _both(session) as (mirror, account):
            pulled = mirror.pull(account, self.since)
            session.say(
                f"Pulled {contents(pulled.entities, pulled.associations)} of "
                f"{account.backend.name} into {mirror.backend.name}; "
                f"{pulled.unchanged} were here already."
            )
            for line in _departed(pulled):
                session.say(line)


def _departed(pulled: Pulled) -> Iterator[str]:
    """What the account has no longer, and what became of it here."""
    if pulled.gone or pulled.unlinked:
        named = f": {some(pulled.gone)}" if pulled.gone else ""
        what = contents(len(pulled.gone), pulled.unlinked)
        yield f"Gone from the account, and taken out here: {what}{named}."
    if pulled.kept:
        what = f"Gone from the account: {some(pulled.kept)}."
        yield f"{what} Kept, with the status Deleted, for what was recorded here about it."


class Push(Command):
    """The embedded store's own lineage into the account."""

    words: ClassVar[Mapping[str, str]] = {
        "push": "write what was recorded in the embedded store to the AWS account"
    }
    examples: ClassVar[tuple[str, ...]] = ("push --plan", "push")

    plan: bool = option("--plan", action="store_true", help="only say what would be written")

    def run(self, session: Session) -> Report | None:
        from ..plans import report_of

        with _both(session) as (local, account):
            if self.plan:
                return report_of(local.plan_push(account))
            receipt = local.push(account)
            new, name = contents(len(receipt.created), len(receipt.linked)), account.backend.name
            session.say(f"Pushed to {name}: {new} were new, {len(receipt.gaps)} left out.")
            return None


class Quota(Command):
    """How much of the account's quotas is used."""

    words: ClassVar[Mapping[str, str]] = {
        "quota": "how many entities and associations the AWS account may still be given by hand"
    }
    examples: ClassVar[tuple[str, ...]] = ("quota",)

    def run(self, session: Session) -> Report:
        with _both(session) as (_, account):
            return account.quota()


@contextmanager
def _both(session: Session) -> Iterator[tuple[Lineage, Lineage]]:
    """The embedded store and the account of the settings, whichever of them is in use.

    What had to be opened is closed behind the block; what is in use stays open.
    """
    from ...lineage import Lineage

    with ExitStack() as opened:
        local, account = _local(session, opened), _account(session, opened)
        session.tell_of(account)
        yield Lineage(local), Lineage(account)


def _local(session: Session, opened: ExitStack) -> LocalBackend:
    from ...backends.local import LocalBackend

    using = session.lineage.backend
    if isinstance(using, LocalBackend):
        return using
    return opened.enter_context(closing(LocalBackend.open(session.settings.store)))


def _account(session: Session, opened: ExitStack) -> SageMakerBackend:
    from ...backends.sagemaker import SageMakerBackend

    using, settings = session.lineage.backend, session.settings
    if isinstance(using, SageMakerBackend):
        return using
    account = SageMakerBackend.open(
        profile=settings.profile, region=settings.region, read_only=settings.read_only
    )
    return opened.enter_context(closing(account))


COMMANDS: tuple[type[Command], ...] = (Pull, Push, Quota)
