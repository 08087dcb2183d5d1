"""Chance that falls the same way on every machine.

Only `Random.random` is promised to give the same numbers in every version of Python, so all
choices are made from it.

>>> Chance(7).between(1, 6) == Chance(7).between(1, 6)
True
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """A seeded source of choices, numbers and moments."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)

    def between(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + int(self._random.random() * (high - low + 1))

    def pick(self, options: Sequence[T]) -> T:
        """One of the options; one that stands there twice is twice as likely."""
        return options[self.between(0, len(options) - 1)]

    def amount(self, low: int, high: int) -> float:
        """A sum of money with two decimals."""
        return round(low + self._random.random() * (high - low), 2)

    def moment(self, start: datetime, end: datetime) -> datetime:
        """A second from `start` to `end`."""
        return start + timedelta(seconds=self.between(0, int((end - start).total_seconds())))

    def happens(self, score: float) -> int:
        """1 with the probability the logistic function gives `score`, else 0."""
        return int(self._random.random() < 1 / (1 + math.exp(-score)))
