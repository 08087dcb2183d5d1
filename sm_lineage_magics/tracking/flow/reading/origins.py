"""Where the values of a cell come from, and what flows into each of its calls."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

# Of the events at one call: the last one before, all of them, or one of them.
Which = Literal["last", "all", "one"]


class Origin(NamedTuple):
    """Where a value came from: a call of this cell, or something known from before it."""

    source: ast.Call | str
    which: Which = "last"


Origins = frozenset[Origin]
NOWHERE: Origins = frozenset()


@dataclass(frozen=True)
class Flow:
    """What flows into each call of a cell, and what each name carries at its end.

    Attributes:
        inputs: call → origins of its arguments and of the object it is a method of.
        names: name → origins, at the end of the cell.
        fits: calls that fit something, in the order read: call → the fitted name, if it has one.
    """

    inputs: Mapping[ast.Call, Origins] = field(default_factory=dict)
    names: Mapping[str, Origins] = field(default_factory=dict)
    fits: Mapping[ast.Call, str] = field(default_factory=dict)

    def into(self, call: ast.Call) -> Origins:
        """The origins of what flows into `call`."""
        return self.inputs.get(call, NOWHERE)


def one_of(origins: Origins) -> Origins:
    """The origins of one element of a container, not known which."""
    return frozenset(Origin(origin.source, "one") for origin in origins)


def all_of(origins: Iterable[Origin]) -> Origins:
    """The origins of a container that was filled: every one of them."""
    return frozenset(Origin(origin.source, "all") for origin in origins)
