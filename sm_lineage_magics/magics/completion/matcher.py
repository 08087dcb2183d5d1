"""What IPython asks when Tab is pressed.

`set_hook('complete_command', …)` fails on hyphens, `s3://`, `arn:` and after `x = %lineage`; a
matcher that names the fragment it replaces does not.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from IPython.core.completer import CompletionContext, SimpleCompletion, context_matcher

from ...errors import ConfigError, LineageError
from ..settings.config import Settings
from ..settings.layers import profiles

if TYPE_CHECKING:
    from ...lineage import Lineage
    from ..session import Session
    from .candidates import Known
    from .names import Names

_LINE = re.compile(r"(?:^|=)\s*%{1,2}(?P<name>\w+)\s+(?P<rest>.*)$", re.DOTALL)


class Matcher:
    """Completes the lines of one session."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._names: Names | None = None
        # IPython wants a function it can write attributes on, which a bound method is not.
        self.match = context_matcher(identifier="sm_lineage_magics")(self._matching())

    def register(self) -> None:
        """Let the shell ask this matcher from now on."""
        self._matchers.append(self.match)

    def unregister(self) -> None:
        """Let it ask no more."""
        self._matchers.remove(self.match)

    @property
    def _matchers(self) -> list[Any]:
        matchers: list[Any] = self.session.shell.Completer.custom_matchers
        return matchers

    def _matching(self) -> Any:
        def lineage_matcher(context: CompletionContext) -> Any:
            return self._completions(context.text_until_cursor)

        return lineage_matcher

    def _completions(self, text: str) -> dict[str, Any]:
        match = _LINE.search(text)
        if match is None or match["name"] not in ("lineage", self.session.settings.alias):
            return {"completions": []}
        from .candidates import completed

        result = completed(match["rest"], self._known())
        return {
            "completions": [SimpleCompletion(text, type="lineage") for text in result.texts],
            "matched_fragment": result.fragment,
            "suppress": bool(result.texts),
            "ordered": True,
        }

    def _known(self) -> Known:
        from ...model import Answer, Entity
        from .candidates import Known
        from .names import Names

        self._names = self._names or Names()
        lineage = self._lineage()
        return Known(
            names=self._names.of(lineage) if lineage else (),
            variables=[
                name
                for name, value in self.session.shell.user_ns.items()
                if isinstance(value, (Answer, Entity)) and not name.startswith("_")
            ],
            targets=("local", "sagemaker", *_profiles()),
        )

    def _lineage(self) -> Lineage | None:
        # Opening the embedded store is quick; making an AWS client is not, so a key does not.
        if self.session.opened is None and self.session.settings.backend != Settings().backend:
            return None
        with suppress(LineageError):  # which the question itself is going to say
            return self.session.lineage
        return None


def _profiles() -> tuple[str, ...]:
    with suppress(ConfigError):  # which `use` is going to say
        return tuple(profiles())
    return ()
