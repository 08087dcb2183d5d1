"""Roles, numbers and moments as people read them.

>>> counted(1200, "entity", "entities"), role_name("dataset", 2)
('1,200 entities', 'data sets')
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from .role import Role

NOT_RECORDED = "not recorded"
NOT_SEEN = "not seen"
HOW_TO_BEGIN = (
    "%%lineage track on top of a cell records what it does; %lineage demo brings some to try."
)

# What a sentence may end in.
_STOPS = (".", "?", "!", "…")

_SINGULAR: dict[Role, str] = {
    "dataset": "data set",
    "feature-group": "feature group",
    "package": "model package",
    "package-group": "package group",
}
# What one of several is called where a number stands before it: `1 piece of code`.
_COUNTED: dict[Role, str] = {"code": "piece of code"}
_PLURAL: dict[Role, str] = {
    "query": "queries",
    "code": "pieces of code",
    "other": "others",
}


def role_name(role: Role, number: int = 1) -> str:
    """A role in words: `feature group`, `feature groups`."""
    singular = _SINGULAR.get(role, role)
    return singular if number == 1 else _PLURAL.get(role, singular + "s")


def counted_role(role: Role, number: int) -> str:
    """A role with its number: `1 piece of code`, `37 models`."""
    return counted(number, _COUNTED.get(role, role_name(role)), role_name(role, 2))


def counted(number: int, singular: str, plural: str = "") -> str:
    """`1 model`, `37 models`, `1,200 entities`."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def contents(entities: int, associations: int) -> str:
    """What a graph holds: `8 entities and 1 association`."""
    return f"{counted(entities, 'entity', 'entities')} and {counted(associations, 'association')}"


def by_whom(name: str | None, absent: str = NOT_RECORDED) -> str:
    """` by ana`, to follow what was done; or that nobody is known to have done it."""
    return f" by {name}" if name else f", by whom is {absent}"


def minute(moment: datetime | None) -> str:
    """A moment to the minute, `2026-01-31 09:30 UTC`; empty when it is not known."""
    return f"{moment:%Y-%m-%d %H:%M} UTC" if moment else ""


def prose(texts: Iterable[str]) -> str:
    """Texts one after the other, each a sentence: `3 entities: 3 jobs. 2 groups.`."""
    return " ".join(text if text.endswith(_STOPS) else f"{text}." for text in texts if text)


def some(texts: Iterable[str], between: str = ", ") -> str:
    """The first three of several texts, and how many more: `a, b, c and 2 more`."""
    listed = list(texts)
    more = f" and {len(listed) - 3} more" if len(listed) > 3 else ""
    return between.join(listed[:3]) + more


def did_you_mean(text: str, known: Collection[str], most: int = 1) -> str:
    """`Did you mean a or b?` of the names most like a text; empty where none is like it."""
    import difflib

    return offered(difflib.get_close_matches(text, known, most))


def offered(names: Collection[str]) -> str:
    """`Did you mean a or b?`; empty where there is nothing to offer."""
    return f"Did you mean {' or '.join(names)}?" if names else ""
