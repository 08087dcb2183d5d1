"""Completion of a `%lineage` line: commands, options, their values, and what can be named.

>>> completed("upstream model:ch", Known(names=("model:churn",)))
Completed(fragment='model:ch', texts=('model:churn',))
"""

from __future__ import annotations

import re
from argparse import Action
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from ...model import is_arn, quoted
from ..arguments import parser_of
from ..commands import WORDS, command_of
from ..line.declared import declared
from ..line.words import begun
from ..settings.config import NAMES

_SIGNS = re.compile(r"\d*\+")
_QUOTES = ("'", '"')

# Offered at one press of a key: a list that nobody reads to its end keeps a browser busy.
MOST = 1000


class Known(NamedTuple):
    """What can be named in this session.

    Attributes:
        names: references of entities.
        variables: Python variables that name lineage.
        targets: what `use` takes.
    """

    names: Sequence[str] = ()
    variables: Sequence[str] = ()
    targets: Sequence[str] = ("local", "sagemaker")


class Completed(NamedTuple):
    """The end of the line that is replaced, and what by."""

    fragment: str
    texts: tuple[str, ...] = ()


def completed(line: str, known: Known) -> Completed:
    """What the end of a line, without `%lineage`, may become."""
    before, fragment = begun(line)
    if not before:
        return Completed(fragment, _beginning(fragment, WORDS))
    if before[0] not in WORDS:
        return Completed(fragment)
    if fragment.startswith("-"):
        return Completed(fragment, _beginning(fragment, _options(before)))
    return Completed(fragment, tuple(islice(_values(before, fragment, known), MOST)))


def _beginning(fragment: str, texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(text for text in texts if text.startswith(fragment))


def _options(before: Sequence[str]) -> Iterator[str]:
    for action in parser_of(before[0])._actions:
        repeatable = type(action).__name__ == "_AppendAction"
        if repeatable or not set(action.option_strings) & set(before):
            yield from action.option_strings


def _values(before: Sequence[str], fragment: str, known: Known) -> Iterable[str]:
    action = _expected(before)
    if action is None:
        return ()
    if action.choices is not None:
        return _beginning(fragment, map(str, action.choices))
    completes = declared(command_of(before[0]))[action.dest].completes
    return _COMPLETERS[completes](fragment, known)


def _expected(before: Sequence[str]) -> Action | None:
    """The argument whose value comes next."""
    actions = parser_of(before[0])._actions
    by_flag = {flag: action for action in actions for flag in action.option_strings}
    last = by_flag.get(before[-1])
    if last is not None and last.nargs != 0:
        return last
    places = [action for action in actions if not action.option_strings]
    at = min(_places_taken(before[1:], by_flag), len(places))
    left = places[at:] or [each for each in places[-1:] if each.nargs in ("*", "+")]
    return left[0] if left else None


def _places_taken(words: Sequence[str], by_flag: dict[str, Action]) -> int:
    takes_value = {flag for flag, action in by_flag.items() if action.nargs != 0}
    values = sum(word in takes_value for word in words)
    return sum(not word.startswith("-") for word in words) - values


def _entities(fragment: str, known: Known) -> Iterator[str]:
    signs = match.group() if (match := _SIGNS.match(fragment)) else ""
    unsigned = fragment[len(signs) :]
    quote = unsigned[0] if unsigned.startswith(_QUOTES) else ""
    text = unsigned.removeprefix(quote)
    names = (*known.variables, *(name for name in known.names if text or not is_arn(name)))
    near = [name for name in names if name.startswith(text)]
    near += [name for name in known.names if text and _within(text, name)]
    return (signs + _typed(name, quote) for name in near if _on_one_line(name))


def _within(text: str, name: str) -> bool:
    """Whether a name begins so only without its prefix, or the last part of a URI does."""
    within = name.partition(":")[2].startswith(text) or name.rpartition("/")[2].startswith(text)
    return within and not name.startswith(text)


def _on_one_line(name: str) -> bool:
    # Of what breaks a line only the ARN can be typed.
    return name.splitlines() == [name]


def _typed(name: str, quote: str) -> str:
    """A name as it goes on a line, in the quotes it was begun with where they can hold it."""
    if quote and quote not in name and "\\" not in name:
        return f"{quote}{name}{quote}"
    return quoted(name)


def _roles(fragment: str, known: Known) -> tuple[str, ...]:
    from ...model import ROLES
    from ..commands.looking import names_of

    return _beginning(fragment, (names_of(role)[0] for role in ROLES))


# By what a field says completes it; files are left to IPython, which knows them.
_COMPLETERS: dict[str, Callable[[str, Known], Iterable[str]]] = {
    "entity": _entities,
    "role": _roles,
    "command": lambda fragment, known: _beginning(fragment, WORDS),
    "setting": lambda fragment, known: _beginning(fragment, (f"{name}=" for name in NAMES)),
    "target": lambda fragment, known: _beginning(fragment, known.targets),
    "variable": lambda fragment, known: _beginning(fragment, known.variables),
    "file": lambda fragment, known: (),
    "": lambda fragment, known: (),
}
