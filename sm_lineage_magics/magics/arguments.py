"""From the words of a line to a command.

>>> read("upstream model:churn --depth 3")
Walk(entity='model:churn', depth=3, …, word='upstream'…)

A command's parser is made when its word is first typed, because making all of them costs more
than a notebook should wait for `%load_ext`.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from functools import cache
from typing import Any, NoReturn

from ..errors import QuestionError
from ..model import quoted
from ..model.wording import did_you_mean, prose
from .command import Command
from .commands import WORDS, command_of
from .line.declared import declared
from .line.words import words

HELP = ("-h", "--help")

# Signs that send the output of a command elsewhere, where shells read them.
_SHELL = ("|", ">", "<", "&")


def read(line: str, cell: str | None = None) -> Command:
    """The command a line (and the body of a cell) means.

    Raises:
        QuestionError: when the line is not understood; says what was expected.
    """
    split = words(line)
    word, given = _first(split.texts, cell)
    typed = _parsed(word, given)
    command = command_of(word)
    if cell is not None and not command.takes_cell:
        raise QuestionError(f"{word} takes no cell body. Type it as one line: %lineage {word} …")
    return command(word, cell, **typed | ({"quiet": True} if split.quiet else {}))


def known(word: str) -> str:
    """The word itself, when a command answers to it.

    Raises:
        QuestionError: when none does; says what to type instead.
    """
    if word not in WORDS:
        from .meant import meant

        raise QuestionError(meant(word))
    return word


class LineParser(argparse.ArgumentParser):
    """A parser that raises where argparse exits, and takes no shortened options."""

    def __init__(self, word: str, command: type[Command]) -> None:
        super().__init__(
            prog=f"%lineage {word}",
            description=_sentence(command.words[word]),
            epilog=_examples(command),
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
            add_help=False,
        )
        self.word = word

    def error(self, message: str) -> NoReturn:
        """Raise what argparse found wrong, with where help is."""
        expected = f"Expected: {self.one_line()}; %lineage help {self.word} tells more."
        raise QuestionError(prose((f"%lineage {self.word}: {message}", expected)))

    def places(self) -> list[str]:
        """What the words after the command are, in order; in brackets when they may be left out."""
        return [_place(action) for action in self._get_positional_actions()]

    def one_line(self) -> str:
        """The command with its words in place, in one line."""
        return " ".join((f"%lineage {self.word}", *self.places(), "[options]"))


@cache
def parser_of(word: str) -> LineParser:
    """The parser of one command; the word is one of `WORDS`."""
    command = command_of(word)
    parser = LineParser(word, command)
    for name, (flags, keywords, _, default) in declared(command).items():
        if flags:
            # What is not typed keeps the default the command gives it.
            parser.add_argument(*flags, **{"dest": name, "default": argparse.SUPPRESS, **keywords})
        else:
            parser.add_argument(name, default=default, **keywords)
    return parser


def _place(action: argparse.Action) -> str:
    name = str(action.metavar)
    several = " …" if action.nargs in ("*", "+") else ""
    return f"[{name}{several}]" if action.nargs in ("?", "*") else name + several


def _first(texts: tuple[str, ...], cell: str | None) -> tuple[str, tuple[str, ...]]:
    if cell is not None and not (texts and texts[0] in (*WORDS, *HELP)):
        raise QuestionError(_of_a_cell(texts))
    if not texts or texts[0] in HELP:
        return "help", ()
    if any(text in HELP for text in texts):
        return "help", texts[:1]
    return known(texts[0]), texts[1:]


def _of_a_cell(texts: tuple[str, ...]) -> str:
    from difflib import get_close_matches

    names = texts[1:] if get_close_matches("".join(texts[:1]), ["track"], cutoff=0.75) else texts
    line = " ".join(("%%lineage track", *map(quoted, names)))
    return f"%%lineage wants to be told what to do with the cell. To record what it does: {line}"


def _parsed(word: str, given: Iterable[str]) -> dict[str, Any]:
    parser = parser_of(word)
    values, unknown = parser.parse_known_args(list(given))
    if unknown:
        parser.error(_unexpected(unknown[0], parser))
    return {name: _frozen(value) for name, value in vars(values).items()}


def _unexpected(text: str, parser: LineParser) -> str:
    flags = [flag for action in parser._actions for flag in action.option_strings]
    if text.startswith("-"):
        flag = text.partition("=")[0]
        return prose((f"No option {flag!r}", did_you_mean(flag, flags)))
    if text[:1] in _SHELL:
        return (
            f"{text[:1]!r} is a shell's; x = %lineage … keeps an answer, x.df is its table, and "
            "--export FILE writes it"
        )
    return f"{text!r} is one word too many; a name with blanks goes into quotes"


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:] + "."


def _examples(command: type[Command]) -> str | None:
    if not command.examples:
        return None
    return "\n".join(("examples:", *(f"  %lineage {example}" for example in command.examples)))
