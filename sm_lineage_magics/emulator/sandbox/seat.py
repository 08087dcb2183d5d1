"""Where the sandbox sits beneath every boto3 client: its own answers, lineage, then moto.

>>> with EVERYWHERE.sitting(Seat(hook, answers, observers)):
...     boto3.client("athena").start_query_execution(…)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any
from weakref import WeakKeyDictionary

from botocore.credentials import Credentials
from botocore.model import OperationModel

from .. import limits
from ..hook import Hook
from ..parsed import Http, Parsed, given, refused
from ..refusal import Refusal
from .calls import Request, request_of
from .fence import NothingAnswers

Answer = Callable[[Request], Parsed]
Answers = Mapping[tuple[str, str], Answer]
Observer = Callable[[str, Request, Parsed], None]

_REQUEST = "sm_lineage_sandbox_request"

_FAKE = Credentials("SANDBOX", "SANDBOX", "SANDBOX")


class Seat:
    """Answers the calls of every client of the process.

    Args:
        lineage: who answers the lineage calls.
        answers: (service, operation) → what answers it instead of moto.
        observers: told of every SageMaker call that moto answered.
    """

    def __init__(self, lineage: Hook, answers: Answers, observers: Iterable[Observer]) -> None:
        self._lineage = lineage
        self._answers = answers
        self._observers = tuple(observers)
        self._credentials: WeakKeyDictionary[Any, Any] = WeakKeyDictionary()

    def wants(self, client: Any) -> bool:
        """Every client, of any service."""
        return True

    def attach(self, client: Any) -> None:
        """Answer a client's calls, let moto answer the rest, and keep real credentials out."""
        from moto.core.models import botocore_stubber

        events = client.meta.events
        for event, handler in self._handlers():
            events.register(event, handler, unique_id=self._id(event))
        _exchange(events, botocore_stubber, _by_moto)
        signer = client._request_signer
        self._credentials[client] = signer._credentials
        signer._credentials = _FAKE

    def detach(self, client: Any) -> None:
        """Give a client back as it was; moto's own switch is off by then."""
        from moto.core.models import botocore_stubber

        events = client.meta.events
        for event, handler in self._handlers():
            events.unregister(event, handler, unique_id=self._id(event))
        _exchange(events, _by_moto, botocore_stubber)
        client._request_signer._credentials = self._credentials.pop(client)

    def _handlers(self) -> Iterator[tuple[str, Callable[..., Any]]]:
        yield "before-call", self.before_call
        yield "before-send", self._lineage.before_send
        yield "after-call", self.after_call

    def _id(self, event: str) -> str:
        return f"sm-lineage-sandbox-{id(self)}-{event}"

    def before_call(
        self, model: OperationModel, params: Parsed, context: Parsed, **_: Any
    ) -> tuple[Http, Parsed] | None:
        """Answer a call, or leave it to the lineage emulator and to moto."""
        service = model.service_model.service_name
        answer = self._answers.get((service, model.name))
        if answer is not None:
            return _answered(answer, model, request_of(model, params))
        if service != "sagemaker":
            return None
        context[_REQUEST] = request_of(model, params)
        return self._lineage.before_call(model, params, context)

    def after_call(
        self, http_response: Any, parsed: Parsed, model: OperationModel, context: Parsed, **_: Any
    ) -> None:
        """Tell of a SageMaker call that succeeded."""
        request = context.pop(_REQUEST, None)
        if request is not None and http_response.status_code < 300:
            _leave_out_unset(model, parsed)
            for observer in self._observers:
                observer(model.name, request, parsed)


def _answered(answer: Answer, model: OperationModel, request: Request) -> tuple[Http, Parsed]:
    try:
        if model.input_shape is not None:
            limits.check(model.input_shape, request)
        return given(answer(request))
    except Refusal as refusal:
        return refused(refusal, model)


def _leave_out_unset(model: OperationModel, parsed: Parsed) -> None:
    """Take out what was not set: moto tells `VpcConfig: {}`, in which SDK v3 misses the subnets."""
    members = {} if model.output_shape is None else model.output_shape.members
    for name, shape in members.items():
        if shape.type_name == "structure" and parsed.get(name) == {}:
            del parsed[name]


def _exchange(events: Any, old: Any, new: Any) -> None:
    # moto puts itself only beneath clients made after it was imported; others get it here.
    events.unregister("before-send", old)
    events.register("before-send", new)


def _by_moto(request: Any, **rest: Any) -> Any:
    """What moto answers; a call it has no answer for is told in one line."""
    from moto.core.models import botocore_stubber

    try:
        return botocore_stubber(request=request, **rest)
    except NotImplementedError as error:
        raise NothingAnswers(str(error)) from None
