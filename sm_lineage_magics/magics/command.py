"""What a sub-command is: a frozen value that says what was typed, and how it is carried out.

A new sub-command is one class in a file of `magics/commands/`, and its word in the table of
`commands/__init__.py`:

>>> class Impact(Asking):
...     words: ClassVar = {"impact": "what would break without ENTITY, live endpoints first"}
...     examples: ClassVar = ("impact fg:customers --fail-if live",)
...     entity: str = positional("ENTITY", "what would go", complete="entity")
...     fail_if: str | None = option("--fail-if", choices=["live"], help="end the run if so")
...
...     def run(self, session: Session) -> Report:
...         return session.lineage.impact(session.subject(self.entity))

* Each argument is declared once, by `positional` or `option`; parser, help, cheat sheet and
  completion are made from that.
* `run` gets the `Session`: its `lineage` to ask, `subject(text)` for a name or a variable of the
  notebook, `say(line)` for one line of feedback, `settings`. It returns what the magic returns:
  an `Answer`, a `Report`, or None. It prints nothing and draws nothing: `display` does.
* Errors are `LineageError`s; the magic turns them into one line that stops Run All.
* Every command takes `--store-to` and `--quiet`; those derived from `Viewed` take `--as`,
  `--arns` and `--export`; those derived from `commands.asking.Asking` all options of a question.
* A command of which `takes_cell` is true also works as `%%lineage WORD`; `cell` is then the body.
"""

from __future__ import annotations

import argparse
import keyword
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, NoReturn

from ..model import Answer, Question
from .line.declared import declared, option
from .settings.config import VIEWS, Settings

if TYPE_CHECKING:
    from .session import Session


def variable_name(text: str) -> str:
    """A name that Python lets a variable have.

    Raises:
        ArgumentTypeError: when it cannot be one.
    """
    if not text.isidentifier() or keyword.iskeyword(text):
        raise argparse.ArgumentTypeError(f"{text!r} cannot be the name of a variable")
    return text


# Options that say what becomes of an answer, not what it answers.
_KEEPING = frozenset({"store_to", "quiet", "export"})


class Kept(NamedTuple):
    """A result of which one thing is returned and another kept by `--store-to`."""

    shown: Any
    kept: Any


class Command:
    """What was typed: a frozen value, equal to another of the same words.

    Attributes:
        words: the words this command answers to, each with what it does, for help.
        examples: lines to show in help, without `%lineage`.
        takes_cell: whether it is also a cell magic.
        word: the one that was typed.
        cell: the body of the cell, when it was called as a cell magic.
    """

    words: ClassVar[Mapping[str, str]] = {}
    examples: ClassVar[tuple[str, ...]] = ()
    takes_cell: ClassVar[bool] = False

    word: str
    cell: str | None
    store_to: str | None = option(
        "--store-to", metavar="NAME", type=variable_name, help="keep the result as a variable"
    )
    quiet: bool = option("--quiet", action="store_true", help="hide the result")

    # No dataclass: to define one takes a millisecond, and a family's commands come all at once.
    def __init__(self, word: str = "", cell: str | None = None, **typed: Any) -> None:
        arguments = declared(type(self))
        if unknown := typed.keys() - arguments.keys():
            raise TypeError(f"{type(self).__name__} declares no argument {min(unknown)!r}")
        untyped = {name: argument.default for name, argument in arguments.items()}
        vars(self).update(untyped | typed, word=word, cell=cell)

    def __setattr__(self, name: str, value: Any) -> NoReturn:
        raise AttributeError(f"{name!r} cannot be changed: what was typed is a frozen value")

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and vars(self) == vars(other)

    def __repr__(self) -> str:
        values = (f"{name}={value!r}" for name, value in vars(self).items())
        return f"{type(self).__name__}({', '.join(values)})"

    def run(self, session: Session) -> Any:
        """Carry it out.

        Raises:
            LineageError: with what to type next.
        """
        raise TypeError(f"{type(self).__name__} does not say how it runs")

    def perform(self, session: Session, local: Mapping[str, Any] | None = None) -> Any:
        """Carry it out, keep its result where the line says, and give what the magic returns.

        Args:
            session: what lasts between two lines.
            local: variables of the function the line runs in.

        Raises:
            LineageError: with what to type next.
        """
        __tracebackhide__ = True
        with session.within(local or {}):
            result = self.shown(self.run(session))
        shown, kept = (result.shown, result.kept) if isinstance(result, Kept) else (result, result)
        self.keep(kept, session)
        return shown

    def shown(self, result: Any) -> Any:
        """The result of `run`, made ready to be shown."""
        return result

    def keep(self, result: Any, session: Session) -> None:
        """Keep the result where the line says."""
        if self.store_to:
            session.shell.user_ns[self.store_to] = result


def answer_file(text: str) -> str:
    """A file whose ending is a format of answers; refused before the question is asked."""
    from ..lineage.files import ANSWER_ENDINGS, format_of

    format_of(text, ANSWER_ENDINGS)
    return text


class Viewed(Command):
    """A command whose result can be looked at in more than one way.

    Attributes:
        default_view: how it is shown when neither the line nor the settings say.
    """

    default_view: ClassVar[str] = "graph"

    view: str | None = option("--as", choices=VIEWS, help="how to show the answer")
    as_json: None = option(
        "--json", action="store_const", const="json", dest="view", help="short for --as json"
    )
    as_markdown: None = option(
        "--md", action="store_const", const="markdown", dest="view", help="short for --as markdown"
    )
    arns: bool = option("--arns", action="store_true", help="show whole ARNs; with --as table")
    export: str | None = option(
        "--export",
        type=answer_file,
        metavar="FILE",
        help="also write the answer to FILE; its ending says the format, as for `export`",
        complete="file",
    )

    def shown(self, result: Any) -> Any:
        """An answer whose question says how it was asked, so that it can be repeated as text."""
        if not isinstance(result, Answer):
            return result
        asked = result.question
        return result.asked(Question(asked.verb, asked.subjects, as_typed(self)))

    def keep(self, result: Any, session: Session) -> None:
        super().keep(result, session)
        if self.export:
            from ..lineage.files import write

            session.say(f"Wrote {write(result, self.export)}.")

    def view_in(self, settings: Settings) -> str:
        """How the answer is going to be shown."""
        return self.view or settings.view or self.default_view


def as_typed(command: Command) -> dict[str, Any]:
    """The options that were given, by the names they were typed with."""
    return {name: _as_text(value) for name, value in _options(command) if name not in _KEEPING}


def _options(command: Command) -> Iterator[tuple[str, Any]]:
    for name, argument in declared(type(command)).items():
        value = getattr(command, name)
        if argument.flags and value != argument.default:
            yield argument.flags[0].lstrip("-").replace("-", "_"), value


def _as_text(value: Any) -> Any:
    if isinstance(value, tuple):
        return ["=".join(each) if isinstance(each, tuple) else each for each in value]
    return value.isoformat() if isinstance(value, datetime) else value
