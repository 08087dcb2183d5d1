"""Clients of AWS services with the credentials and region the notebook itself uses.

>>> clients = Clients(log.calls, variables)
>>> clients.sagemaker
<botocore.client.SageMaker object at …>
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from typing import Any

from .recognise.peek import peek
from .watching.events import Call

# Where the objects of the SDK keep the session they were made with.
_SESSIONS = ("sagemaker_session.boto_session", "_session.boto_session", "boto_session")


class Clients:
    """One client per service: the one the cell used, else one of the session its objects hold.

    Where neither is known, it is a client of the default session, in `region`.
    """

    def __init__(
        self,
        calls: Iterable[Call] = (),
        values: Mapping[str, Any] | None = None,
        *,
        profile: str | None = None,
        region: str | None = None,
    ) -> None:
        self._known = {call.service: call.client for call in calls if call.client is not None}
        self._values, self._profile = dict(values or {}), profile
        self._region = region or _region(self._known.values())
        self._session: Any = None
        self._lock = threading.Lock()

    @property
    def sagemaker(self) -> Any:
        """The client of Amazon SageMaker, or None when none can be made."""
        return self._client("sagemaker")

    @property
    def athena(self) -> Any:
        """The client of Amazon Athena, or None."""
        return self._client("athena")

    @property
    def glue(self) -> Any:
        """The client of AWS Glue, or None."""
        return self._client("glue")

    @property
    def s3(self) -> Any:
        """The client of Amazon S3, or None."""
        return self._client("s3")

    def _client(self, service: str) -> Any:
        with self._lock:
            if service not in self._known:
                self._known[service] = self._new(service)
            return self._known[service]

    def _new(self, service: str) -> Any:
        from botocore.exceptions import BotoCoreError

        try:
            self._session = self._session or self._found() or self._made()
            return self._session.client(service, region_name=self._region)
        except BotoCoreError:  # no region, no such profile: what it was to be asked is a gap then
            return None

    def _found(self) -> Any:
        held = (peek(value, path) for value in self._values.values() for path in _SESSIONS)
        return next((session for session in held if _is_session(session)), None)

    def _made(self) -> Any:
        import boto3

        return boto3.Session(profile_name=self._profile, region_name=self._region)


def _is_session(value: Any) -> bool:
    return f"{type(value).__module__}.{type(value).__qualname__}" == "boto3.session.Session"


def _region(clients: Iterable[Any]) -> str | None:
    return next((client.meta.region_name for client in clients), None)
