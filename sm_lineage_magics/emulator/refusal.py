"""What the service answers instead of a result: an error code and a message.

>>> raise not_found("arn:aws:sagemaker:us-east-1:123456789012:context/churn")
Refusal: ResourceNotFound: arn:…:context/churn does not exist.

The codes and the "already exists" that clients match on come from public sources; the rest of
each wording is ours, since the service's own is not published.
"""

from __future__ import annotations


class Refusal(Exception):
    """An error answer of the service; the hook turns it into botocore's `ClientError`.

    Attributes:
        code: as in `error.response["Error"]["Code"]`.
        message: as in `error.response["Error"]["Message"]`.
        status: the HTTP status; 400 for everything the caller did, 500 for the service's own.
    """

    def __init__(self, code: str, message: str, status: int = 400) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        self.status = status


def invalid(message: str) -> Refusal:
    """The request breaks a rule. `ValidationException` is not modelled in botocore."""
    return Refusal("ValidationException", message)


def already_exists(what: str) -> Refusal:
    """A second one of its kind. SDK v2 and v3 look for this code and for `already exists`."""
    return invalid(f"{what} already exists.")


def not_found(what: str) -> Refusal:
    """Nothing answers to the name or ARN."""
    return Refusal("ResourceNotFound", f"{what} does not exist.")


def limit_exceeded(what: str, most: int) -> Refusal:
    """The account holds as many as it may."""
    return Refusal(
        "ResourceLimitExceeded",
        f"The account-level service limit '{what}' is {most}, with current utilization of {most} "
        "and a request delta of 1.",
    )


def unknown_operation(operation: str) -> Refusal:
    """A call that is no lineage call, to a client that answers lineage calls alone."""
    return Refusal(
        "UnknownOperationException",
        f"The lineage emulator does not answer {operation}. "
        "Use emulator.sandbox() for the rest of SageMaker.",
    )
