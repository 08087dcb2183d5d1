"""How far round an entity a question begins: `+model:churn`, `fg:customers+2`, `1+x+`.

>>> Selector.parse("+model:churn")
Selector(name='model:churn', up=None, down=0)
>>> Selector.parse("fg:customers+2")
Selector(name='fg:customers', up=0, down=2)
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ..errors import InvalidReference

_FORM = r"(?:(?P<levels_up>\d*)(?P<up>\+))?(?P<name>.+?)(?:(?P<down>\+)(?P<levels_down>\d*))?"


class Selector(NamedTuple):
    """An entity's name with the levels around it that are meant along with it.

    Attributes:
        name: the entity, as a reference or a variable's name.
        up: levels upstream of it; 0 for none, None for all.
        down: levels downstream of it; 0 for none, None for all.
    """

    name: str
    up: int | None = 0
    down: int | None = 0

    @classmethod
    def parse(cls, text: str) -> Selector:
        """Take the signs off a name.

        Raises:
            InvalidReference: when nothing but signs is there.
        """
        if "+" not in text and text.strip():
            return cls(text.strip())
        match = re.fullmatch(_FORM, text.strip(), re.DOTALL)
        if match is None or not match["name"].strip("+ "):
            raise InvalidReference(
                f"{text!r} names nothing. Expected for example +model:churn or fg:customers+2."
            )
        return cls(
            match["name"],
            _levels(match["up"], match["levels_up"]),
            _levels(match["down"], match["levels_down"]),
        )

    @property
    def alone(self) -> bool:
        """Whether the entity itself is meant, and nothing around it."""
        return self.up == self.down == 0

    def __str__(self) -> str:
        return f"{_sign(self.up, before=True)}{self.name}{_sign(self.down, before=False)}"


def _levels(sign: str | None, number: str | None) -> int | None:
    if not sign:
        return 0
    return int(number) if number else None


def _sign(levels: int | None, *, before: bool) -> str:
    if levels == 0:
        return ""
    number = "" if levels is None else str(levels)
    return f"{number}+" if before else f"+{number}"
