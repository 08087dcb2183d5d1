"""The emulator beneath every boto3 SageMaker client of the process, those made before included.

>>> with emulate() as service:
...     boto3.client("sagemaker").list_artifacts()["ArtifactSummaries"]
[]

All other calls pass on untouched. Leaving undoes it; of several at once the innermost answers.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from weakref import WeakSet

from ..backends.local import Store
from ..backends.places import remembered_apart
from .automatic import Recorder
from .clients import ACCOUNT, REGION, serve
from .faults import Faults
from .hook import Hook
from .quotas import Quotas
from .service import Service

if TYPE_CHECKING:
    from botocore.client import BaseClient


# Private to botocore, and there since 1.10 (2018); its events come too early or too late for us.
_METHOD = "_make_request"
_MARK = "sm-lineage-met"


def _client_class() -> Any:
    from botocore.client import BaseClient

    return BaseClient


class Sitting(Protocol):
    """What can sit beneath every client."""

    def wants(self, client: Any) -> bool:
        """Whether it answers calls of this client."""

    def attach(self, client: Any) -> None:
        """Answer the calls of a client, from its next one on."""

    def detach(self, client: Any) -> None:
        """Let the calls of a client pass again."""

    def before_call(self, model: Any, params: dict[str, Any], context: dict[str, Any]) -> Any:
        """Answer a client's first call, at which it was met; None when it is to pass on."""


class Everywhere:
    """Lets one hook at a time sit beneath every client, and takes it away again.

    A client's own events are the place to sit, but those of clients made before are only found
    when they make a call. So the one method every call goes through after its own `before-call`
    handlers is wrapped: there a client is met for the first time, answered, and attached to.
    """

    def __init__(self) -> None:
        self._hooks: list[Sitting] = []
        self._met: WeakSet[BaseClient] = WeakSet()
        self._lock = threading.RLock()
        self._wrapped: tuple[Callable[..., Any], Callable[..., Any]] | None = None

    @contextmanager
    def sitting(self, hook: Sitting) -> Iterator[None]:
        """Have this hook answer until the block is left."""
        with remembered_apart():
            with self._lock:
                self._put(hook)
            try:
                yield
            finally:
                with self._lock:
                    self._take(hook)

    def _put(self, hook: Sitting) -> None:
        self._detach()
        self._hooks.append(hook)
        if self._wrapped is None:
            self._wrap()

    def _take(self, hook: Sitting) -> None:
        self._detach()
        self._hooks.remove(hook)
        if not self._hooks:
            self._unwrap()

    def _attach(self, client: BaseClient) -> None:
        self._hooks[-1].attach(client)
        # Behind the hook's own handlers, so that what is marked has been asked about.
        client.meta.events.register_last("before-call", _mark, unique_id=_MARK)
        self._met.add(client)

    def _detach(self) -> None:
        for client in list(self._met):
            self._hooks[-1].detach(client)
            client.meta.events.unregister("before-call", _mark, unique_id=_MARK)
        self._met.clear()

    def _wrap(self) -> None:
        original = getattr(_client_class(), _METHOD)

        def make_request(
            client: BaseClient, model: Any, params: dict[str, Any], context: dict[str, Any]
        ) -> Any:
            answer = self._meet(client, model, params, context)
            return original(client, model, params, context) if answer is None else answer

        self._wrapped = (make_request, original)
        setattr(_client_class(), _METHOD, make_request)

    def _unwrap(self) -> None:
        if self._wrapped is None:
            return
        ours, original = self._wrapped
        # Somebody may have wrapped it after us; then ours stays beneath theirs, and only passes.
        if getattr(_client_class(), _METHOD) is ours:
            setattr(_client_class(), _METHOD, original)
            self._wrapped = None

    def _meet(
        self, client: BaseClient, model: Any, params: dict[str, Any], context: dict[str, Any]
    ) -> Any:
        with self._lock:
            if _MARK in context or not self._hooks or not self._hooks[-1].wants(client):
                return None
            # Of several first calls of a client at once each comes here, and one attaches.
            hook = self._hooks[-1]
            if client not in self._met:
                self._attach(client)
        return hook.before_call(model, params, context)


def _mark(context: dict[str, Any], **_: Any) -> None:
    """Mark a call that began when its client was met already, so that it was asked about then."""
    context[_MARK] = True


EVERYWHERE = Everywhere()


@contextmanager
def emulate(
    store: Store | str | Path = ":memory:",
    *,
    region: str = REGION,
    account: str = ACCOUNT,
    quotas: Quotas | None = None,
    faults: Faults | None = None,
    caller: str | None = None,
    wire: bool = False,
    automatic: bool = False,
) -> Iterator[Service]:
    """Answer the lineage calls of every boto3 SageMaker client of this process, in all threads.

    Clients made before are included; calls that are no lineage calls pass on untouched, to AWS or
    to whatever else intercepts them. The arguments are those of `client`, and:

    Args:
        automatic: also record what SageMaker would record by itself of the jobs, models, packages
            and endpoints that others (moto, for one) answer for meanwhile.

    Yields:
        The service that answers; its `account.store` holds what was written.
    """
    service = serve(
        store, region=region, account=account, quotas=quotas, faults=faults, caller=caller
    )
    recorder = Recorder(service.account) if automatic else None
    with EVERYWHERE.sitting(Hook(service, wire=wire, recorder=recorder)):
        yield service
