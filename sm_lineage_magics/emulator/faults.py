"""What goes wrong in the world, on purpose, for tests of code that must bear it.

>>> sm = emulator.client(faults=Faults(rate=20, burst=40, denied=frozenset({"AddAssociation"})))
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from .refusal import Refusal

_SERVER_ERRORS = {"InternalFailure": 500, "InternalServerError": 500, "ServiceUnavailable": 503}


@dataclass(frozen=True)
class Faults:
    """What calls meet. Every try counts as a call, those botocore repeats by itself included.

    Attributes:
        latency: seconds every call takes longer.
        rate: calls a second that are let through, beyond them `ThrottlingException`.
        burst: calls let through at once after a rest.
        denied: operations answered with `AccessDeniedException`.
        failing: nth call, counted from 1 → error code it is answered with.
        page: at most so many items on a page, however many are asked for; fewer than a page may
            have are no sign of the end.
        lag: seconds until a write shows in lists, queries and searches; Describe shows it at once.
    """

    latency: float = 0.0
    rate: float | None = None
    burst: int = 1
    denied: frozenset[str] = frozenset()
    failing: Mapping[int, str] = field(default_factory=dict, hash=False)
    page: int | None = None
    lag: float = 0.0

    @property
    def refuses(self) -> bool:
        """Whether calls may be refused, which botocore is to see as answers of the network."""
        return bool(self.rate or self.denied or self.failing)


class FaultLine:
    """Lets calls through, or does not, as its faults say."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._calls = 0
        self._tokens = float(faults.burst)
        self._filled = time.monotonic()
        self._lock = threading.Lock()

    def pass_(self, operation: str) -> None:
        """One call.

        Raises:
            Refusal: when it is denied, throttled or made to fail.
        """
        faults = self._faults
        if faults.latency:
            time.sleep(faults.latency)
        if operation in faults.denied:
            raise Refusal(
                "AccessDeniedException",
                f"User is not authorized to perform: sagemaker:{operation} because no "
                f"identity-based policy allows the sagemaker:{operation} action",
            )
        with self._lock:
            self._count()
            self._spend()

    def _count(self) -> None:
        self._calls += 1
        code = self._faults.failing.get(self._calls)
        if code is not None:
            raise Refusal(code, f"Call {self._calls} was made to fail.", _status(code))

    def _spend(self) -> None:
        if self._faults.rate is None:
            return
        now = time.monotonic()
        filled = self._tokens + (now - self._filled) * self._faults.rate
        self._tokens, self._filled = min(float(self._faults.burst), filled), now
        if self._tokens < 1:
            raise Refusal("ThrottlingException", "Rate exceeded")
        self._tokens -= 1


def _status(code: str) -> int:
    return _SERVER_ERRORS.get(code, 400)
