"""The cheat sheet and the help of each command, made from the parsers; documentation uses them.

>>> print(cheat_sheet())
%lineage: where features, models and endpoints came from
…
"""

from __future__ import annotations

from textwrap import fill

from .arguments import known, parser_of
from .commands import FAMILIES, command_of

TITLE = "%lineage: where features, models and endpoints came from, and what they led to"
NAMES = """names
  model:churn  endpoint:…  fg:customers  job:…  query:…  s3://…  x.csv  arn:…
  a Python variable, or a plain word where one entity answers to it
  with levels around it: +model:churn, fg:customers+2

%lineage help COMMAND tells more.
A trailing ; or --quiet hides an answer; x = %lineage … keeps it."""

# As wide as help of argparse is: a terminal, or a notebook beside its files.
_WIDTH = 78
_BESIDE = 28


def cheat_sheet() -> str:
    """All commands on one page."""
    families = [_family(title, words) for title, words in FAMILIES.values()]
    return "\n\n".join((TITLE, *families, NAMES))


def help_of(word: str) -> str:
    """The help of one command.

    Raises:
        QuestionError: when there is no such command.
    """
    return parser_of(known(word)).format_help().rstrip()


def _family(title: str, words: tuple[str, ...]) -> str:
    return "\n".join((title, *map(_line, words)))


def _line(word: str) -> str:
    """A command with what it does beside it, or below it where that does not fit."""
    head, indent = f"  {usage(word)}", " " * _BESIDE
    told = fill(_does(word), _WIDTH, initial_indent=indent, subsequent_indent=indent)
    return head + told[len(head) :] if len(head) < _BESIDE else f"{head}\n{told}"


def usage(word: str) -> str:
    """A command with its words in place, without its options."""
    return " ".join((word, *parser_of(word).places()))


def _does(word: str) -> str:
    return command_of(word).words[word]
