"""Help: the cheat sheet, and the page of one command."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from ..command import Command
from ..display import Page
from ..line.declared import positional

if TYPE_CHECKING:
    from ..session import Session


class Help(Command):
    """What can be typed."""

    words: ClassVar[Mapping[str, str]] = {"help": "all commands, or one of them in full"}
    examples: ClassVar[tuple[str, ...]] = ("help", "help upstream")

    topic: str | None = positional("COMMAND", "the one to explain", nargs="?", complete="command")

    def run(self, session: Session) -> Page:
        from ..sheet import cheat_sheet, help_of

        return Page(help_of(self.topic) if self.topic else cheat_sheet())


COMMANDS: tuple[type[Command], ...] = (Help,)
