"""What lasts between two lines of a notebook: the store in use and the settings.

>>> session = Session(shell)
>>> session.lineage.upstream(session.subject("model:churn"))
Answer(…)
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ..errors import LineageError
from .settings.config import Configuration, Layer, Settings

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

    from ..backends import Backend
    from ..lineage import Lineage
    from ..lineage.subjects import Subject
    from ..model import Reference
    from ..tracking.watch import Watch

# A change of one of these means another store, or the same one opened otherwise.
OPENED_WITH = ("backend", "store", "read_only", "profile", "region")


class Session:
    """The state behind the magics of one shell.

    Attributes:
        shell: the shell the lines are typed in.
        configuration: the settings that hold, and where each came from.
        configured: those of them that no `%lineage use` chose.
        on_change: called with settings that are about to hold; it may refuse them.
    """

    def __init__(self, shell: InteractiveShell, configuration: Configuration | None = None) -> None:
        self.shell = shell
        self.configuration = self.configured = configuration or Configuration()
        self.on_change: Callable[[Settings], None] = lambda settings: None
        self._lineage: Lineage | None = None
        self._local: Mapping[str, Any] = {}
        self._advised = False

    @property
    def settings(self) -> Settings:
        """The settings that hold now."""
        return self.configuration.settings

    def configure(self, layer: Layer) -> None:
        """Let the settings of a layer hold from now on.

        Raises:
            ConfigError: when one of them cannot be; then nothing is changed.
        """
        with self.trying():
            self._hold(self.configuration.over(layer))
        self.configured = self.configured.over(layer)

    def use(self, layer: Layer) -> None:
        """Let what a `%lineage use` chooses hold, within `trying`; `local` is what is configured.

        Raises:
            ConfigError: when one of its settings cannot be; then nothing is changed.
        """
        before = self.configuration
        if layer.values.get("backend") == "local":
            before = before.with_that_of(self.configured, "store")
        self._hold(before.over(layer))

    def _hold(self, after: Configuration) -> None:
        before = self.settings
        self.on_change(after.settings)
        self.configuration = after
        if any(getattr(before, name) != getattr(self.settings, name) for name in OPENED_WITH):
            self._lineage = None

    @contextmanager
    def trying(self) -> Iterator[None]:
        """Let go of the store in use only once another is, and come back to it if none can be."""
        before, held = self.configuration, self._lineage
        try:
            yield
        except LineageError:
            if self._lineage is not held:
                self.close()
            self.configuration, self._lineage = before, held
            self.on_change(self.settings)
            raise
        finally:
            if held is not None and self._lineage is not held:
                held.close()

    @property
    def lineage(self) -> Lineage:
        """The lineage in use, opened when it is first asked for."""
        if self._lineage is None:
            from ..lineage import Lineage

            self._lineage = Lineage.open(self.settings.target, **self.settings.options)
            if self.settings.backend == "sagemaker":
                self.tell_of(self._lineage.backend)
        return self._lineage

    def tell_of(self, backend: Backend) -> None:
        """Say how questions to an account get on that take their time."""
        from ..backends.sagemaker import SageMakerBackend
        from .waiting import Waiting

        if isinstance(backend, SageMakerBackend):
            backend.progress = Waiting(self.say)

    @property
    def opened(self) -> Lineage | None:
        """The lineage in use, or None while nothing has been asked of it."""
        return self._lineage

    def close(self) -> None:
        """Let go of the store; the next question opens the one that is configured then."""
        if self._lineage is not None:
            self._lineage.close()
            self._lineage = None

    def fail_cell(self, error: Exception) -> None:
        """Let the running cell count as failed, so that Run All, nbclient and papermill stop.

        `%config` prints what a setting raises and goes on (IPython 8.18 to 9), which would leave
        the rest of the notebook to run with other settings than it asks for.
        """
        result = self.shell.displayhook.exec_result  # of the running cell; None outside of one
        if result is not None:
            result.error_in_exec = result.error_in_exec or error

    def end(self) -> None:
        """See no more cells, and let go of the store."""
        if "watch" in vars(self):  # else nothing was ever watched, and nothing need be imported
            self.watch.off()
        self.close()

    @property
    def variables(self) -> Mapping[str, Any]:
        """The variables a line can name: of the function it runs in, then of the notebook."""
        return {**self.shell.user_ns, **self._local}

    def subject(self, text: str) -> Subject:
        """What a word names: the value of a Python variable, or the word itself."""
        from .line.variables import subject_of

        return subject_of(text, self.variables, self.say, self._origins)

    def _origins(self, value: Any) -> tuple[Reference, ...]:
        """What a tracked cell made a value from."""
        if self._lineage is None or "tracker" not in vars(self._lineage):
            return ()  # nothing was tracked, and nothing need be imported
        return self._lineage.tracker.memory.sources(value)

    @cached_property
    def watch(self) -> Watch:
        """What sees every cell, when it is on."""
        from ..tracking.watch import Watch

        return Watch(self.shell, lambda: self.lineage.tracker)

    def say(self, line: str) -> None:
        """One line of feedback, unless it is switched off."""
        if self.settings.feedback:
            sys.stdout.write(line + "\n")

    def advise(self, line: str) -> None:
        """A line of advice: once in a session, or every time where `feedback` is 2."""
        if not self._advised or self.settings.feedback > 1:
            self.say(line)
        self._advised = True

    def show(self, value: Any) -> None:
        """Show a value beside what the line returns."""
        from IPython.display import display

        display(value)  # type: ignore[no-untyped-call]  # IPython's has no annotations

    @contextmanager
    def within(self, local: Mapping[str, Any]) -> Iterator[None]:
        """Let a line name the variables of the function it runs in."""
        before, self._local = self._local, local
        try:
            yield
        finally:
            self._local = before
