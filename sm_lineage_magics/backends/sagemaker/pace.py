"""How many calls may be under way at once: as many as the account's rate bears.

>>> pace = Pace(first=16, most=32)
>>> with pace.turn() as turn:
...     turn.tried(client.describe_action(ActionName="join"))

AWS publishes no rates for the lineage operations. botocore tries a refused call again by itself
and says how often; thirty calls that do so at once use up what it may spend on trying again, and
fail. So fewer are begun after a call that had to be tried again, and more after those that had
not: the way of TCP with a network of unknown width.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from ...errors import Throttled


class Pace:
    """Lets calls begin.

    Args:
        first: calls under way at once before anything is known of the rate.
        most: calls under way at once, whatever the rate.
    """

    def __init__(self, first: int, most: int) -> None:
        self._most = float(most)
        self._allowed = float(first)
        self._under_way = 0
        self._slowed = 0
        self._may_begin = threading.Condition()

    @property
    def allowed(self) -> int:
        """Calls that may be under way just now."""
        return int(self._allowed)

    @contextmanager
    def turn(self) -> Iterator[Turn]:
        """One call: waits until it may begin."""
        with self._may_begin:
            self._may_begin.wait_for(lambda: self._under_way < self.allowed)
            self._under_way += 1
            turn = Turn(self._slowed)
        try:
            yield turn
        except Throttled:
            turn.again = True
            raise
        finally:
            with self._may_begin:
                self._under_way -= 1
                self._learn(turn)
                self._may_begin.notify_all()

    def _learn(self, turn: Turn) -> None:
        if not turn.again:
            more = 1 / self._allowed if self._slowed else 1.0
            self._allowed = min(self._most, self._allowed + more)
        elif turn.slowed == self._slowed:
            # Calls that began together are refused together, and slow the others down once.
            self._allowed = max(1.0, self._allowed / 2)
            self._slowed += 1


class Turn:
    """One call under way.

    Attributes:
        slowed: how often calls had been slowed down when it began.
        again: whether it had to be tried again.
    """

    def __init__(self, slowed: int) -> None:
        self.slowed = slowed
        self.again = False

    def tried(self, answer: Mapping[str, Any]) -> None:
        """It was answered; botocore says after how many refusals."""
        self.again = bool(answer.get("ResponseMetadata", {}).get("RetryAttempts"))
