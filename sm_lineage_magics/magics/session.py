"""What lasts between two lines of a notebook: the store in use and the settings.

>>> session = Session(shell)
>>> session.perform(read("upstream model:churn"))
Answer(…)
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..model import Answer
from .config import Settings
from .variables import subject_of

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

    from ..lineage import Lineage
    from ..naming import Subject
    from .command import Command


class Session:
    """The state behind the magics of one shell.

    Attributes:
        shell: the shell the lines are typed in.
        settings: as configured when the line is run.
    """

    def __init__(self, shell: InteractiveShell, settings: Settings | None = None) -> None:
        self.shell = shell
        self.settings = settings or Settings()
        self._lineage: Lineage | None = None
        self._local: Mapping[str, Any] = {}

    @property
    def lineage(self) -> Lineage:
        """The lineage in use, opened when it is first asked for."""
        if self._lineage is None:
            from ..lineage import Lineage

            self._lineage = Lineage.open(self.settings.target, **self.settings.options)
        return self._lineage

    def close(self) -> None:
        """Let go of the store; the next question opens the one that is configured then."""
        if self._lineage is not None:
            self._lineage.close()
            self._lineage = None

    @property
    def variables(self) -> Mapping[str, Any]:
        """The variables a line can name: of the function it runs in, then of the notebook."""
        return {**self.shell.user_ns, **self._local}

    def subject(self, text: str) -> Subject:
        """What a word names: the value of a Python variable, or the word itself."""
        return subject_of(text, self.variables, self.say)

    def say(self, line: str) -> None:
        """One line of feedback, unless it is switched off."""
        if self.settings.feedback:
            sys.stdout.write(line + "\n")

    def perform(self, command: Command, local: Mapping[str, Any] | None = None) -> Any:
        """Carry a command out, and keep its result where it says."""
        with self._within(local or {}):
            result = _remember_view(command, command.run(self))
        if command.store_to:
            self.shell.user_ns[command.store_to] = result
        return result

    @contextmanager
    def _within(self, local: Mapping[str, Any]) -> Iterator[None]:
        before, self._local = self._local, local
        try:
            yield
        finally:
            self._local = before


def _remember_view(command: Command, result: Any) -> Any:
    """The answer, whose question says how it was to be shown."""
    if not isinstance(result, Answer):
        return result
    chosen = {"as": getattr(command, "view", None), "arns": getattr(command, "arns", None)}
    options = {**result.question.options, **{name: v for name, v in chosen.items() if v}}
    return result.asked(replace(result.question, options=options))
