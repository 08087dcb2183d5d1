"""Questions to AWS while describing: each asked once, refusals turned into gaps.

>>> ask = Ask(Clients(boto3.client("sagemaker")))
>>> ask("sagemaker", "describe_model", ModelName="churn")["ModelArn"]
'arn:aws:sagemaker:eu-west-1:123456789012:model/churn'
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock
from typing import Any, Protocol, TypeVar

from ...model import Gap, GapKind

Item = TypeVar("Item")
Result = TypeVar("Result")

# Calls that do not wait for each other, at once: below the connections botocore keeps open (10).
AT_ONCE = 8


class HasClients(Protocol):
    """Anything that hands out boto3 clients, made when they are first asked for or before."""

    @property
    def sagemaker(self) -> Any: ...
    @property
    def athena(self) -> Any: ...
    @property
    def glue(self) -> Any: ...


@dataclass(frozen=True)
class Clients:
    """The boto3 clients describing may use; only SageMaker's is needed.

    Attributes:
        sagemaker: for jobs, models, endpoints, feature groups.
        athena: for queries.
        glue: for the columns of tables that are no feature groups, and for views.
        s3: kept for those who describe objects; nothing here lists or reads any.
    """

    sagemaker: Any
    athena: Any = None
    glue: Any = None
    s3: Any = None


class Unseen(Exception):
    """AWS did not answer; carries the gap that says so."""

    def __init__(self, gap: Gap) -> None:
        super().__init__(str(gap))
        self.gap = gap


class Ask:
    """Asks AWS, each question once, from any number of threads.

    Args:
        clients: whom to ask.
        groups: names of feature groups that are spoken of; the first to try for a table.
    """

    def __init__(self, clients: HasClients, groups: tuple[str, ...] = ()) -> None:
        self.clients, self.groups = clients, groups
        self._lock = Lock()
        self._answers: dict[tuple[str, str, str], Future[dict[str, Any]]] = {}

    def __call__(self, service: str, operation: str, **parameters: Any) -> dict[str, Any]:
        """The answer to one call; a question already asked is answered from memory.

        Raises:
            Unseen: when there is none, with the gap to report.
        """
        return self._asked(service, operation, parameters).result()

    def ahead(self, service: str, operation: str, key: str, values: Iterable[str]) -> None:
        """Put one question about each of several values, all at once; the answers are kept."""
        self.at_once(lambda value: self._asked(service, operation, {key: value}), values)

    def at_once(self, work: Callable[[Item], Result], items: Iterable[Item]) -> list[Result]:
        """The results of work that asks, on all items at once, in their order."""
        waiting = list(items)
        if len(waiting) < 2:
            return [work(each) for each in waiting]
        with ThreadPoolExecutor(min(AT_ONCE, len(waiting)), "ask") as pool:
            return list(pool.map(work, waiting))

    def pages(self, service: str, operation: str, items: str, **parameters: Any) -> Iterator[Any]:
        """The items of all pages of a listing."""
        token: dict[str, Any] = {}
        while True:
            page = self(service, operation, **parameters, **token)
            yield from page.get(items, ())
            if not page.get("NextToken"):
                return
            token = {"NextToken": page["NextToken"]}

    def _asked(
        self, service: str, operation: str, parameters: dict[str, Any]
    ) -> Future[dict[str, Any]]:
        key = (service, operation, json.dumps(parameters, sort_keys=True))
        with self._lock:
            asked = key in self._answers
            answer = self._answers.setdefault(key, Future())
        if not asked:
            self._fill(answer, service, operation, parameters)
        return answer

    def _fill(
        self,
        answer: Future[dict[str, Any]],
        service: str,
        operation: str,
        parameters: dict[str, Any],
    ) -> None:
        try:
            answer.set_result(self._call(service, operation, parameters))
        except Unseen as error:
            answer.set_exception(error)
        except BaseException as error:
            answer.set_exception(error)
            raise

    def _call(self, service: str, operation: str, parameters: dict[str, Any]) -> dict[str, Any]:
        from botocore.exceptions import BotoCoreError, ClientError

        client = getattr(self.clients, service)
        where = next((str(v) for v in parameters.values() if isinstance(v, str)), operation)
        if client is None:
            raise Unseen(Gap("not-recorded", where, f"There is no {service} client to ask."))
        try:
            answer: dict[str, Any] = getattr(client, operation)(**parameters)
        except ClientError as error:
            raise Unseen(_gap(error, operation, where)) from error
        except (BotoCoreError, NotImplementedError) as error:
            # An account that is emulated, as moto's, does not know every operation.
            raise Unseen(Gap("failed", where, f"{operation}: {error}")) from error
        except KeyError as error:
            # What moto 5.2 raises for a feature group it does not have.
            raise Unseen(Gap("missing", where, f"{operation}: there is none.")) from error
        return answer


_DENIED = ("AccessDenied", "Unauthorized", "ExpiredToken", "UnrecognizedClient", "NotAuthorized")
_ABSENT = ("could not find", "does not exist", "not found", "doesn't exist", "was not found")


def _gap(error: Any, operation: str, where: str) -> Gap:
    said = error.response.get("Error", {})
    code, message = str(said.get("Code", "")), str(said.get("Message", ""))
    return Gap(_kind(code, message), where, f"{operation}: {message or code}")


def _kind(code: str, message: str) -> GapKind:
    if any(word in code for word in _DENIED):
        return "denied"
    if "Throttl" in code or "TooManyRequests" in code:
        return "throttled"
    absent = "NotFound" in code or any(word in message.lower() for word in _ABSENT)
    return "missing" if absent else "failed"
