"""What the line gives a command: arguments, each declared once, where the command keeps it.

>>> class Walk(Command):
...     entity: str = positional("ENTITY", "where to begin", complete="entity")
...     depth: int | None = option("--depth", type=int, help="levels to go")
>>> list(declared(Walk))[:2]
['entity', 'depth']
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

# What completes an argument's value: the store's names, words of a kind, or files.
Completes = Literal["entity", "role", "file", "variable", "setting", "command", "target", ""]


class Argument(NamedTuple):
    """One argument of a command.

    Attributes:
        flags: how it is typed; none where its place says what it is.
        keywords: what argparse's `add_argument` takes beside them.
        completes: what completes its value.
        default: its value where it is not typed.
    """

    flags: tuple[str, ...]
    keywords: Mapping[str, Any]
    completes: Completes
    default: Any


def positional(
    metavar: str, help: str, *, complete: Completes = "", default: Any = None, **more: Any
) -> Any:
    """A word in its place; `more` goes to `add_argument`, e.g. `nargs="*"`, which gives a tuple."""
    many = more.get("nargs") in ("*", "+")
    keywords = {"metavar": metavar, "help": help, **more}
    return Argument((), keywords, complete, () if many and default is None else default)


def option(
    *flags: str, help: str, complete: Completes = "", default: Any = None, **more: Any
) -> Any:
    """An option; repeatable with `action="append"`, which gives a tuple."""
    untyped = {"append": (), "store_true": False}.get(more.get("action", ""))
    keywords = {"help": help, **more}
    return Argument(flags, keywords, complete, untyped if default is None else default)


def declared(command: type) -> Mapping[str, Argument]:
    """The arguments of a command by name: its own first, then those it inherits."""
    found: dict[str, Argument] = {}
    for owner in command.__mro__:
        for name, value in vars(owner).items():
            if isinstance(value, Argument):
                found.setdefault(name, value)
    return found
