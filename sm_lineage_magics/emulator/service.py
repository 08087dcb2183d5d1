"""The lineage service: operations and what answers them, over one embedded store.

>>> service = Service(Account(Store.open(":memory:"), Home("us-east-1", "123456789012")))
>>> service.call(model.operation_model("DescribeContext"), {"ContextName": "churn"})
Refusal: ResourceNotFound: arn:…:context/churn does not exist.

People reach it through a boto3 client, with `emulator.client()` or `emulator.emulate()`.
"""

from __future__ import annotations

from typing import Any

from botocore.model import OperationModel

from . import limits
from .account import Account
from .faults import FaultLine, Faults
from .operations import CLAIMS, OPERATIONS
from .refusal import Refusal, unknown_operation
from .wire import Request


class Service:
    """Answers the lineage operations for one account."""

    def __init__(self, account: Account, faults: Faults | None = None) -> None:
        self.account = account
        self.faults = faults or Faults()
        self._faults = FaultLine(self.faults)

    def claims(self, operation: str, request: Request) -> bool:
        """Whether this call is a lineage call; tags and searches are of some resources only."""
        claims = CLAIMS.get(operation)
        return operation in OPERATIONS and (claims is None or claims(request))

    def call(self, operation: OperationModel, request: Request) -> dict[str, Any]:
        """Answer one call, as decoded from JSON.

        Raises:
            Refusal: the service's error answer.
        """
        handler = OPERATIONS.get(operation.name)
        if handler is None:
            raise unknown_operation(operation.name)
        self._faults.pass_(operation.name)
        _check(operation, request)
        return handler(self.account, request)

    def refuse(self, operation: OperationModel, request: Request) -> Refusal:
        """What is answered to a call that is no lineage call, where nobody else answers."""
        try:
            _check(operation, request)
        except Refusal as refusal:
            return refusal
        return unknown_operation(operation.name)


def _check(operation: OperationModel, request: Request) -> None:
    if operation.input_shape is not None:
        limits.check(operation.input_shape, request)
