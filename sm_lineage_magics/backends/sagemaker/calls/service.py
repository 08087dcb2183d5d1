"""Calls to the service: one at a time, page by page, or many at once within a bound.

>>> service = Service(client)
>>> service.call("DescribeAction", ActionName="join")["ActionType"]
'FeatureStoreQuery'
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from ....errors import LineageError, WriteRefused
from .client import CALLS_AT_ONCE, FIRST_CALLS
from .pace import Pace, listen
from .refusals import Interrupted, translated

Item = TypeVar("Item")
Result = TypeVar("Result")

# The most items a List operation gives at once; QueryLineage has a limit of its own.
ITEMS_ON_A_PAGE = 100

# Nobody wants to hear of what is over at once.
QUIET_SECONDS = 2.0

_WRITES = ("Create", "Update", "Delete", "Add")
_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


@dataclass(frozen=True)
class Progress:
    """How a long question gets on.

    Attributes:
        operation: the call that was answered last.
        calls: calls answered since the question was asked.
        seconds: since the question was asked.
    """

    operation: str
    calls: int
    seconds: float

    def __str__(self) -> str:
        return f"{self.calls} calls in {self.seconds:.0f} s, the last one {self.operation}"


@dataclass
class Outcome(Generic[Item, Result]):
    """What came of work done on many items: a result or an error for each one that was done."""

    found: dict[Item, Result] = field(default_factory=dict)
    refused: dict[Item, LineageError] = field(default_factory=dict)


class Service:
    """Makes the calls of one backend.

    Args:
        client: a boto3 SageMaker client.
        read_only: refuse every write before it is sent.
        progress: told after each call of a question that takes longer than two seconds.
    """

    def __init__(
        self,
        client: Any,
        *,
        read_only: bool = False,
        progress: Callable[[Progress], None] | None = None,
    ) -> None:
        self.client = client
        self.read_only = read_only
        self.progress = progress
        self._pace = Pace(FIRST_CALLS, CALLS_AT_ONCE)
        listen(client)
        self._pool = _threads("call")
        # Walks wait for calls, so they must not take the calls' places.
        self._walks = _threads("walk")
        self._stopped = threading.Event()
        self._asked = time.monotonic()
        self._calls = 0

    @contextmanager
    def asking(self) -> Iterator[None]:
        """One question: progress counts from here, and an earlier Ctrl-C is forgotten."""
        self._stopped.clear()
        self._asked, self._calls = time.monotonic(), 0
        yield

    @property
    def interrupted(self) -> bool:
        """Whether the person stopped the question under way."""
        return self._stopped.is_set()

    def interrupt(self) -> None:
        """Send nothing more for the question under way."""
        self._stopped.set()

    def pause(self, seconds: float) -> None:
        """Wait for what the service needs a while for; Ctrl-C ends it."""
        self._stopped.wait(seconds)

    def call(self, operation: str, **request: Any) -> Mapping[str, Any]:
        """One call, as `call("DescribeAction", ActionName="join")`.

        Raises:
            ServiceError: or one of its kinds; `EntityNotFound` for what does not exist.
            WriteRefused: when it would write and the backend is read-only.
        """
        if self.read_only and operation.startswith(_WRITES):
            raise WriteRefused(
                f"{operation} was not sent: this session only reads. Expected "
                "`%lineage config read_only=false` before writing to the account."
            )
        with self._pace.turn():
            if self.interrupted:
                raise Interrupted(f"{operation} was not sent: interrupted.")
            with translated(operation):
                answer: Mapping[str, Any] = getattr(self.client, _method(operation))(**request)
        self._tell(operation)
        return answer

    def pages(self, operation: str, **request: Any) -> Iterator[Mapping[str, Any]]:
        """The pages of an answer, each fetched when it is asked for.

        botocore 1.44 has no paginator for QueryLineage, so NextToken is followed here.
        """
        answer = self.call(operation, **request)
        yield answer
        while answer.get("NextToken"):
            answer = self.call(operation, **request, NextToken=answer["NextToken"])
            yield answer

    def listed(self, operation: str, **request: Any) -> Iterator[Mapping[str, Any]]:
        """The items of a List operation, over all of its pages."""
        request.setdefault("MaxResults", ITEMS_ON_A_PAGE)
        for page in self.pages(operation, **request):
            yield from next(value for key, value in page.items() if key.endswith("Summaries"))

    def submit(self, work: Callable[..., Result], *given: Any) -> Future[Result]:
        """Begin work beside the caller's own."""
        return self._pool.submit(work, *given)

    def beside(self, work: Callable[..., Result], *given: Any) -> Future[Result]:
        """Begin work that itself waits for calls."""
        return self._walks.submit(work, *given)

    def each(self, work: Callable[[Item], Result], items: Iterable[Item]) -> Outcome[Item, Result]:
        """Do work on many items at once and wait for all.

        An error of one is kept beside the results of the others. Ctrl-C ends the waiting: what
        was not done yet is then refused as `Interrupted`.
        """
        return self.outcome({item: self.submit(work, item) for item in dict.fromkeys(items)})

    def all_of(self, work: Callable[[Item], Result], items: Iterable[Item]) -> list[Result]:
        """The results of work that itself waits for calls, in order.

        Raises:
            LineageError: the first of any.
        """
        return [self.result(begun) for begun in [self.beside(work, item) for item in items]]

    def outcome(self, begun: Mapping[Item, Future[Result]]) -> Outcome[Item, Result]:
        """Wait for work that was begun; see `each`."""
        self._wait(begun.values())
        outcome: Outcome[Item, Result] = Outcome()
        for item, future in begun.items():
            error = future.exception()
            if error is None:
                outcome.found[item] = future.result()
            elif isinstance(error, LineageError):
                outcome.refused[item] = error
            else:
                raise error
        return outcome

    def result(self, begun: Future[Result]) -> Result:
        """Wait for one piece of work; Ctrl-C stops its calls, and it ends with what it has."""
        self._wait([begun])
        return begun.result()

    def close(self) -> None:
        """Let the threads go; asking again makes others."""
        self.interrupt()
        for pool in (self._pool, self._walks):
            pool.shutdown(wait=False, cancel_futures=True)
        self._pool, self._walks = _threads("call"), _threads("walk")

    def _wait(self, begun: Iterable[Future[Any]]) -> None:
        waited = tuple(begun)
        try:
            wait(waited)
        except KeyboardInterrupt:
            self.interrupt()
            # Calls already sent are waited for: what they answer is part of what was found.
            wait(waited)

    def _tell(self, operation: str) -> None:
        self._calls += 1
        seconds = time.monotonic() - self._asked
        if self.progress is not None and seconds > QUIET_SECONDS:
            self.progress(Progress(operation, self._calls, seconds))


def _threads(purpose: str) -> ThreadPoolExecutor:
    # Threads are only started when there is work for them.
    return ThreadPoolExecutor(CALLS_AT_ONCE, thread_name_prefix=f"sm-lineage-{purpose}")


def _method(operation: str) -> str:
    return _WORD.sub("_", operation).lower()
