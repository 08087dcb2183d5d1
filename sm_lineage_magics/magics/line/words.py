"""A magic's line, split into words.

>>> words('upstream "my model" --depth 3  # as far as the job').texts
('upstream', 'my model', '--depth', '3')

IPython's own `arg_split` keeps quotes and comments, and `shlex` cuts `s3://bucket/a#1` in two and
eats the backslashes of Windows paths; so the rules are these: blanks separate words, single and
double quotes hold blanks and are dropped, a backslash escapes only a quote or a backslash within
double quotes, and `#` begins a comment only where a word would begin.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ...errors import QuestionError
from ...model.answer import CURLY, DASHES

_WORD = re.compile(r"""\s*(?P<word>(?!#)(?:[^\s"']|"(?:\\.|[^"\\])*"|'[^']*')+)""", re.DOTALL)
_PART = r"""(?s)"(?P<double>(?:\\.|[^"\\])*)"|'(?P<single>[^']*)'|(?P<plain>[^"']+)"""
_ESCAPED = r"""\\(["\\])"""
_QUOTES = frozenset("\"'")


class Words(NamedTuple):
    """The words of a line.

    Attributes:
        texts: the words, without quotes.
        quiet: whether the line ends in `;`, which in a notebook asks for no display.
    """

    texts: tuple[str, ...] = ()
    quiet: bool = False


def words(line: str) -> Words:
    """Split a line.

    Raises:
        QuestionError: when a quotation mark is not closed, or is a typographic one.
    """
    raw, rest = _parted(line)
    for word in raw:
        _check_plain(word)
    if rest and not rest.startswith("#"):
        raise QuestionError(
            f"A quotation mark is not closed in {rest!r}. Expected for example "
            '"my model"; a name that holds one goes into quotes of the other kind.'
        )
    quiet = bool(raw) and raw[-1].endswith(";")
    if quiet:
        raw[-1] = raw[-1].rstrip(";")
    return Words(tuple(_unquoted(word) for word in raw if word), quiet)


def _check_plain(word: str) -> None:
    """Refuse a word that begins with a sign that looks like a plain one and is none.

    Raises:
        QuestionError: with the word as it was to be typed.
    """
    if word[0] in DASHES:
        plain, what = f"--{word.lstrip(DASHES + '-')}", "dash"
    elif word[0] in CURLY:
        name = word.strip(CURLY) if word[-1] in CURLY else "my model"
        plain, what = f'"{name}"', "quotation mark"
    else:
        return
    raise QuestionError(
        f"{word} begins with a typographic {what}, as copied text has them. Expected a plain one: "
        f"{plain}; a name that begins so goes into plain quotes."
    )


def begun(line: str) -> tuple[tuple[str, ...], str]:
    """The words of a line before the one being typed, and that one as it stands, quotes and all.

    >>> begun('show "my mo')
    (('show',), '"my mo')
    """
    raw, rest = _parted(line)
    if raw and not rest and not line[-1].isspace():
        rest = raw.pop()
    return tuple(map(_unquoted, raw)), rest


def _parted(line: str) -> tuple[list[str], str]:
    """The words as typed, and what is left behind them: a comment, or a quotation left open."""
    found: list[str] = []
    at = 0
    while (match := _WORD.match(line, at)) and not _left_open(line, match.end()):
        found.append(match["word"])
        at = match.end()
    return found, line[at:].lstrip()


def _left_open(line: str, end: int) -> bool:
    return end < len(line) and line[end] in _QUOTES


def _unquoted(word: str) -> str:
    if not _QUOTES.intersection(word):
        return word
    return "".join(_part(match) for match in re.finditer(_PART, word))


def _part(match: re.Match[str]) -> str:
    if match["double"] is not None:
        return re.sub(_ESCAPED, r"\1", match["double"])
    return str(match["single"] if match["single"] is not None else match["plain"])
