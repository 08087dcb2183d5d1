"""The cheat sheet and the help of each command, made from the parsers; documentation uses them.

>>> print(cheat_sheet())
%lineage: where features, models and endpoints came from
…
"""

from __future__ import annotations

from .arguments import known, parser_of
from .commands import FAMILIES, command_of

TITLE = "%lineage: where features, models and endpoints came from, and what was built from them"
NAMES = """names
  model:churn  endpoint:…  fg:customers  job:…  query:…  s3://…  data/raw.csv  arn:…
  a Python variable, or a plain word where one entity answers to it
  with levels around it: +model:churn, fg:customers+2

%lineage help COMMAND tells more. A trailing ; or --quiet hides it; x = %lineage … keeps it."""


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
    return "\n".join((title, *(f"  {usage(word):<38}{_does(word)}" for word in words)))


def usage(word: str) -> str:
    """A command with its words in place, without its options."""
    return " ".join((word, *parser_of(word).places()))


def _does(word: str) -> str:
    return command_of(word).words[word]
