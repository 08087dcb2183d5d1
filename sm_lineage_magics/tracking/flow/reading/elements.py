"""What a small list, tuple or dict of a notebook holds, and what code calls each element.

>>> [(part, type(value)) for part, value in elements("frames", {"train": train})]
[("frames['train']", <class 'pandas.DataFrame'>)]
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

# A list of tables is looked into, a list of a million numbers is not.
MOST = 100


def elements(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    """Each element of a plain container, with the constant path that leads to it."""
    if type(value) not in (dict, list, tuple) or len(value) > MOST:
        return
    pairs = value.items() if type(value) is dict else enumerate(value)
    for key, element in list(pairs):
        if type(key) in (str, int):
            yield part_of(name, key), element


def part_of(name: str, key: str | int) -> str:
    """How code is written that takes one element: as `ast.unparse` writes it."""
    return f"{name}[{key!r}]"
