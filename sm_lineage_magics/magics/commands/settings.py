"""This session: which store is asked, and how."""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from ...model import Report, Section
from ..command import Command
from ..line.declared import option, positional
from ..settings.config import NAMES, SESSION, Layer
from ..settings.layers import profile

if TYPE_CHECKING:
    from ..session import Session


def setting(text: str) -> tuple[str, str]:
    """A setting and its value, `KEY=VALUE`.

    Raises:
        ArgumentTypeError: with what was expected, when it is none.
    """
    key, sign, value = text.partition("=")
    if not (key and sign):
        raise argparse.ArgumentTypeError(f"{text!r} sets nothing; expected KEY=VALUE")
    return key, value


def named(text: str) -> str:
    """A name, a path or a word: anything but nothing.

    Raises:
        ArgumentTypeError: with what was expected, when it is none.
    """
    if not text.strip():
        raise argparse.ArgumentTypeError(f"{text!r} names nothing")
    return text


def is_file(target: str) -> bool:
    """Whether what is to be used can only be an embedded store: `:memory:`, or a path."""
    return target == ":memory:" or target.endswith(".db") or "/" in target or os.sep in target


class Use(Command):
    """Ask another store from now on."""

    words: ClassVar[Mapping[str, str]] = {
        "use": "ask your local store, another file of one, SageMaker, or a profile"
    }
    examples: ClassVar[tuple[str, ...]] = (
        "use local",
        "use team/lineage.db",
        "use :memory:",
        "use sagemaker --profile prod --region eu-west-1",
        "use prod",
    )

    target: str = positional(
        "local|sagemaker|PROFILE|FILE", "what to ask", type=named, complete="target"
    )
    store: str | None = option(
        "--store", type=named, metavar="FILE", help="file of the embedded store"
    )
    profile: str | None = option("--profile", type=named, metavar="NAME", help="AWS profile")
    region: str | None = option("--region", type=named, metavar="REGION", help="AWS region")
    read_only: bool = option("--read-only", action="store_true", help="refuse every write")

    def run(self, session: Session) -> None:
        with session.trying():
            session.use(self._layer)
            session.say(f"%lineage asks {session.lineage.backend.name}{_emptiness(session)}.")

    @property
    def _layer(self) -> Layer:
        typed = {"store": self.store, "profile": self.profile, "region": self.region}
        given: dict[str, Any] = {name: value for name, value in typed.items() if value}
        if self.read_only:
            given["read_only"] = True
        if self.target in ("local", "sagemaker"):
            return Layer(SESSION, {"backend": self.target, **given})
        if is_file(self.target):
            return Layer(SESSION, {"backend": "local", "store": self.target, **given})
        named = profile(self.target)
        return Layer(named.origin, {**named.values, **given})


def _emptiness(session: Session) -> str:
    """A word for those who have misspelt the name of a store; no account is asked."""
    backend = session.lineage.backend
    is_empty = session.settings.backend == "local" and not any(backend.find(limit=1))
    return ", which holds nothing yet" if is_empty else ""


class Config(Command):
    """The settings, or some of them changed."""

    words: ClassVar[Mapping[str, str]] = {"config": "the settings and where each came from"}
    examples: ClassVar[tuple[str, ...]] = ("config", "config view=table depth=3")

    values: tuple[tuple[str, str], ...] = positional(
        "KEY=VALUE", "what to set for this session", nargs="*", type=setting, complete="setting"
    )

    def run(self, session: Session) -> Report | None:
        if not self.values:
            return _report(session)
        session.configure(Layer(SESSION, dict(self.values)))
        session.say(
            ", ".join(f"{name} = {getattr(session.settings, name)!r}" for name, _ in self.values)
            + " for this session."
        )
        return None


def _report(session: Session) -> Report:
    configuration = session.configuration
    rows = tuple(
        (name, str(getattr(configuration.settings, name)), configuration.origin(name))
        for name in NAMES
    )
    how = (
        "For this session: %lineage config KEY=VALUE. For good: [tool.sm_lineage_magics] of "
        "pyproject.toml, or a variable such as SM_LINEAGE_VIEW."
    )
    section = Section("Settings", ("Setting", "Value", "From"), rows, text=how)
    return Report("Configuration", sections=(section,), data={name: v for name, v, _ in rows})


COMMANDS: tuple[type[Command], ...] = (Use, Config)
