"""How many calls may be under way at once: as many as the account's rate bears.

>>> pace = Pace(first=16, most=32)
>>> listen(client)
>>> with pace.turn():
...     client.describe_action(ActionName="join")

AWS publishes no rates for the lineage operations. botocore tries a refused call again by itself;
thirty calls that do so at once use up what it may spend on trying again, and fail. So fewer are
begun from the moment a call is refused, while botocore still waits to try it again, and more after
those that were not: the way of TCP with a network of unknown width.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from ....errors import Throttled
from .refusals import refused_for_rate

# botocore tells whoever listens of each answer in the thread of its call, before it tries again.
_EVENT = "needs-retry.sagemaker"
_here = threading.local()


def listen(client: Any) -> None:
    """Let turns hear of the refusals a boto3 client gets; once is enough, more does no harm."""
    client.meta.events.register_first(_EVENT, _heard, unique_id="sm-lineage-pace")


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
        """One call of this thread: waits until it may begin."""
        with self._may_begin:
            self._may_begin.wait_for(lambda: self._under_way < self.allowed)
            self._under_way += 1
            turn = _here.turn = Turn(self, self._slowed)
        try:
            yield turn
        except Throttled:
            # A client with an answer of its own at hand tells of no retries.
            if not turn.refused:
                turn.refuse()
            raise
        finally:
            self._end(turn)

    def slow(self, turn: Turn) -> None:
        """Half as many calls, since this one was refused."""
        with self._may_begin:
            # Calls that began together are refused together, and slow the others down once.
            if turn.slowed == self._slowed:
                self._allowed = max(1.0, self._allowed / 2)
                self._slowed += 1
            turn.slowed = self._slowed

    def _end(self, turn: Turn) -> None:
        _here.turn = None
        with self._may_begin:
            self._under_way -= 1
            if not turn.refused:
                more = 1 / self._allowed if self._slowed else 1.0
                self._allowed = min(self._most, self._allowed + more)
            self._may_begin.notify_all()


class Turn:
    """One call under way.

    Attributes:
        slowed: how often calls had been slowed down when it was last sent.
        refused: whether it was refused for rate.
    """

    def __init__(self, pace: Pace, slowed: int) -> None:
        self._pace = pace
        self.slowed = slowed
        self.refused = False

    def refuse(self) -> None:
        """It was refused, and may be tried again."""
        self.refused = True
        self._pace.slow(self)


def _heard(response: tuple[Any, Mapping[str, Any]] | None = None, **_: Any) -> None:
    turn: Turn | None = getattr(_here, "turn", None)
    if turn is not None and response is not None and refused_for_rate(response[1]):
        turn.refuse()
