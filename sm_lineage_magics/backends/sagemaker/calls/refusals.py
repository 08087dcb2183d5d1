"""What botocore raises, as this package's errors and as gaps: the one translator of this border.

>>> with translated("QueryLineage"):
...     client.query_lineage(StartArns=[arn])
AccessDenied: QueryLineage was refused. Expected the IAM action sagemaker:QueryLineage …
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from ....errors import (
    AccessDenied,
    CredentialsMissing,
    EntityNotFound,
    LineageError,
    ServiceError,
    Throttled,
)
from ....model import Gap, GapKind


class AlreadyExists(ServiceError):
    """A create met an entity or association that is there already."""


class LimitReached(ServiceError):
    """The account holds as many entities or associations as it may."""


class NotOffered(ServiceError):
    """The endpoint does not know the operation: an emulator of lineage alone, or a region."""


class Interrupted(ServiceError):
    """The person stopped the question before this call was sent."""


_EXPIRED = frozenset(
    {
        "ExpiredToken",
        "ExpiredTokenException",
        "IncompleteSignatureException",
        "InvalidAccessKeyId",
        "InvalidClientTokenId",
        "InvalidSignatureException",
        "MissingAuthenticationTokenException",
        "RequestExpired",
        "SignatureDoesNotMatch",
        "UnrecognizedClientException",
    }
)
# S3 answers a HEAD without a body, so that the status is all the code there is.
_DENIED = frozenset({"403", "AccessDenied", "AccessDeniedException", "UnauthorizedOperation"})
# Operations that are allowed under another name.
_PERMISSION = {"HeadObject": "GetObject"}
_THROTTLED = frozenset(
    {
        "RequestLimitExceeded",
        "SlowDown",
        "Throttling",
        "ThrottlingException",
        "TooManyRequestsException",
    }
)

# Describe operations outside lineage say "not found" with a ValidationException of such words
# (DescribeTrainingJob: "Requested resource not found.", DescribeEndpoint: "Could not find …").
_ABSENT = re.compile(r"could not find|does not exist|not found", re.IGNORECASE)
# A value that breaks a rule is repeated in the message, whatever words it holds.
_CONSTRAINT = "failed to satisfy constraint"

# "User: … is not authorized to perform: athena:ListWorkGroups on resource: …"
_ACTION = re.compile(r"authorized to perform: ([a-z0-9-]+:[A-Za-z]+)")

_LONGEST = 300

_KINDS: tuple[tuple[type[LineageError], GapKind], ...] = (
    (Throttled, "throttled"),
    (AccessDenied, "denied"),
    (EntityNotFound, "missing"),
    (Interrupted, "interrupted"),
)


@contextmanager
def translated(operation: str, service: str = "sagemaker") -> Iterator[None]:
    """Raise this package's errors in place of botocore's, with the cause kept.

    Raises:
        ServiceError: or one of its kinds; `EntityNotFound` for what does not exist.
    """
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except ClientError as error:
        raise _of_answer(error, error.operation_name or operation, service) from error
    except BotoCoreError as error:
        raise _of_client(error, operation) from error


def refused_for_rate(answer: Mapping[str, Any]) -> bool:
    """Whether a parsed answer says that calls come too fast."""
    return answer.get("Error", {}).get("Code") in _THROTTLED


def gap_of(error: LineageError, where: str, what: str) -> Gap:
    """The gap an error leaves in an answer: `what` is what cannot be shown because of it."""
    return Gap(gap_kind_of(error), where, f"{what} {error}".strip())


def gap_kind_of(error: LineageError) -> GapKind:
    """The kind of the gap an error leaves."""
    return next((kind for cause, kind in _KINDS if isinstance(error, cause)), "failed")


def _of_answer(error: Exception, operation: str, service: str) -> LineageError:
    said = getattr(error, "response", {}).get("Error", {})
    code, message = said.get("Code", "Unknown"), " ".join(said.get("Message", "").split())
    if code in _EXPIRED:
        return CredentialsMissing(
            f"{operation} was refused: the AWS credentials are expired or not valid ({code}). "
            "Renew them, for instance with `aws sso login`, and ask again."
        )
    if code in _DENIED:
        named = _ACTION.search(message)
        action = named.group(1) if named else f"{service}:{_PERMISSION.get(operation, operation)}"
        return AccessDenied(
            f"{operation} was refused. Expected the IAM action {action} to be "
            "allowed for this role; ask for it, or see `%lineage doctor`."
        )
    if code in _THROTTLED:
        return Throttled(f"{operation} was refused for rate after all retries. Ask again later.")
    return _of_content(code, message, operation)


def _short(message: str) -> str:
    # Validation messages repeat the value that was refused, which may be a query of pages.
    return message if len(message) <= _LONGEST else f"{message[: _LONGEST - 1]}…"


def _of_content(code: str, message: str, operation: str) -> LineageError:
    said = _short(message)  # the words to look for may stand behind two long ARNs
    if code == "ValidationException" and _CONSTRAINT in message:
        # All that is described is asked for by its name: of one that cannot be there is nothing.
        error = EntityNotFound if operation.startswith("Describe") else ServiceError
        return error(f"{operation} failed with {code}: {said}")
    ruled = code == "ValidationException"
    if code in ("ResourceNotFound", "404") or (ruled and _ABSENT.search(message)):
        return EntityNotFound(f"{operation}: {said}")
    if ruled and "already exists" in message:
        return AlreadyExists(f"{operation}: {said}")
    if code in ("UnknownOperationException", "UnknownOperation"):
        return NotOffered(f"{operation} is not offered here.")
    if code == "ResourceLimitExceeded":
        return LimitReached(f"{operation}: {said} See `%lineage quota`.")
    return ServiceError(f"{operation} failed with {code}: {said}")


def _of_client(error: Exception, operation: str) -> LineageError:
    from botocore import exceptions as botocore

    if isinstance(error, botocore.NoRegionError):
        return CredentialsMissing(
            "No AWS region is set. Expected for example `%lineage use sagemaker --region "
            "us-east-1`, or the environment variable AWS_DEFAULT_REGION."
        )
    if isinstance(error, botocore.ProfileNotFound):
        return CredentialsMissing(f"{error}. Expected a profile of ~/.aws/config.")
    if isinstance(error, _no_credentials()):
        return CredentialsMissing(
            f"{operation} needs AWS credentials: {error}. Expected for example "
            "`%lineage use sagemaker --profile NAME`, or `aws sso login`."
        )
    if isinstance(error, botocore.InvalidRegionError):
        return ServiceError(
            f"{error} Expected for example `%lineage use sagemaker --region us-east-1`."
        )
    said = f"{operation} could not be sent: {error}"
    if isinstance(error, (botocore.ConnectionError, botocore.HTTPClientError)):
        said = f"{said.rstrip('.')}. Expected a region of AWS, and a way to it: see HTTPS_PROXY."
    return ServiceError(said)


def _no_credentials() -> tuple[type[Exception], ...]:
    from botocore import exceptions as botocore

    return (
        botocore.NoCredentialsError,
        botocore.PartialCredentialsError,
        botocore.CredentialRetrievalError,
        botocore.NoAuthTokenError,
        botocore.SSOError,
        botocore.TokenRetrievalError,
    )
