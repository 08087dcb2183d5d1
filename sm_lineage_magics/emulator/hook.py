"""Where the emulator sits beneath a genuine boto3 client.

>>> Hook(service).attach(client)

At `before-call` the answer is handed back as botocore would have parsed it: no credentials, no
HTTP, no parsing. The other way, `wire`, answers at `before-send` with HTTP responses, so that
botocore's signing (skipped), parsing, errors and retries all run; faults that refuse calls always
go that way, since a retry is only made of what looks like an answer of the network.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator
from datetime import datetime
from io import BytesIO
from typing import Any

from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.compat import HTTPHeaders
from botocore.model import OperationModel

from .automatic import Recorder
from .parsed import Http, Parsed, declares, given, refused
from .refusal import Refusal
from .service import Service

# Where a call's request waits, in botocore's own context of the call, until it is answered.
_REQUEST = "sm_lineage_request"

CONTENT_TYPE = "application/x-amz-json-1.1"


class Hook:
    """Answers the lineage calls of clients.

    Args:
        service: who answers.
        wire: whether every call goes over HTTP responses.
        alone: whether calls that are no lineage calls are refused instead of passed on.
        recorder: who records the lineage of jobs and endpoints that others answer for.
    """

    def __init__(
        self,
        service: Service,
        *,
        wire: bool = False,
        alone: bool = False,
        recorder: Recorder | None = None,
    ) -> None:
        self._service = service
        self._recorder = recorder
        self._wire = wire or service.faults.refuses
        self._alone = alone
        self._operations: dict[str, OperationModel] = {}
        # A host that exists nowhere (RFC 6761): no other interceptor takes a call to it for its
        # own, none can reach the network, and each hook knows its own calls by it.
        self._nowhere = f"https://lineage-{id(self)}.invalid/"

    def wants(self, client: Any) -> bool:
        """Whether this is a client of the service answered here."""
        return bool(client.meta.service_model.service_name == "sagemaker")

    def attach(self, client: Any) -> None:
        """Answer the calls of a client."""
        for event, handler in self._handlers():
            client.meta.events.register(event, handler, unique_id=self._id(event))

    def detach(self, client: Any) -> None:
        """Let the calls of a client pass again."""
        for event, handler in self._handlers():
            client.meta.events.unregister(event, handler, unique_id=self._id(event))

    def _handlers(self) -> Iterator[tuple[str, Callable[..., Any]]]:
        yield "before-call.sagemaker", self.before_call
        yield "before-send.sagemaker", self.before_send
        if self._recorder is not None:
            yield "after-call.sagemaker", self.after_call

    def _id(self, event: str) -> str:
        return f"sm-lineage-emulator-{id(self)}-{event}"

    def before_call(
        self, model: OperationModel, params: Parsed, context: Parsed, **_: Any
    ) -> tuple[Http, Parsed] | None:
        """Answer a call before anything is sent, or point it at nowhere to answer it there."""
        request = _decoded(params["body"])
        if not self._service.claims(model.name, request):
            context[_REQUEST] = request
            return refused(self._service.refuse(model, request), model) if self._alone else None
        if self._wire:
            self._send_nowhere(model, params, context)
            return None
        try:
            return given(self._service.call(model, request))
        except Refusal as refusal:
            return refused(refusal, model)

    def before_send(self, request: AWSPreparedRequest, **_: Any) -> AWSResponse | None:
        """Answer a call with the bytes the service would send."""
        if request.url != self._nowhere:
            return None
        model = self._operations[_operation_of(request)]
        try:
            return _response(200, self._service.call(model, _decoded(request.body)))
        except Refusal as refusal:
            return _response(refusal.status, _error_body(refusal, model))

    def after_call(
        self, http_response: Any, parsed: Parsed, model: OperationModel, context: Parsed, **_: Any
    ) -> None:
        """Have what others answered for recorded."""
        request = context.pop(_REQUEST, None)
        if self._recorder is not None and request is not None and http_response.status_code < 300:
            self._recorder.saw(model.name, request, parsed)

    def _send_nowhere(self, model: OperationModel, params: Parsed, context: Parsed) -> None:
        self._operations[model.name] = model
        params["url"] = self._nowhere
        # botocore's word for "do not sign": what stays in the process needs no credentials.
        context["auth_type"] = "none"


def _decoded(body: Any) -> Parsed:
    return dict(json.loads(body)) if body else {}


def _operation_of(request: AWSPreparedRequest) -> str:
    target = request.headers["X-Amz-Target"]
    name = target.decode() if isinstance(target, bytes) else target
    return str(name.rpartition(".")[2])


def _error_body(refusal: Refusal, model: OperationModel) -> Parsed:
    key = "Message" if declares(model, refusal.code) else "message"
    return {"__type": refusal.code, key: refusal.message}


def _response(status: int, answer: Parsed) -> AWSResponse:
    body = json.dumps(answer, default=_seconds).encode()
    headers = HTTPHeaders()
    headers["Content-Type"] = CONTENT_TYPE
    headers["Content-Length"] = str(len(body))
    headers["x-amzn-RequestId"] = str(uuid.uuid4())
    return AWSResponse("", status, headers, _Raw(body))


def _seconds(value: Any) -> float:
    if isinstance(value, datetime):
        return value.timestamp()
    raise TypeError(f"{type(value).__name__} has no place in a response")


class _Raw(BytesIO):
    """A body, as urllib3 would stream it."""

    def stream(self, **_: Any) -> Iterator[bytes]:
        yield self.read()
