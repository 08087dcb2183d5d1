"""Nothing leaves the machine, and real credentials are not touched, while a sandbox is open.

>>> with fenced("us-east-1"):
...     boto3.client("translate").list_languages()
NothingLeaves: The sandbox lets no call leave this machine: https://translate.us-east-1…
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

from ...errors import LineageError

# Where botocore and people's own code find credentials, endpoints and settings of real accounts.
_LEADING_OUT = (
    "AWS_PROFILE",
    "AWS_DEFAULT_PROFILE",
    "AWS_ROLE_ARN",
    "AWS_ROLE_SESSION_NAME",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "AWS_CONTAINER_AUTHORIZATION_TOKEN",
    "AWS_CREDENTIAL_EXPIRATION",
    "AWS_ENDPOINT_URL",
)

_HOSTS_OF_AWS = (".amazonaws.com", ".amazonaws.com.cn", ".api.aws", ".aws.dev", ".awsapps.com")
_METADATA_HOSTS = ("169.254.169.254", "169.254.170.2", "169.254.170.23", "fd00:ec2::254")


class NothingLeaves(LineageError):
    """A call that nobody in the sandbox answers, stopped before it reached the network."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"The sandbox lets no call leave this machine: {where}. "
            "Close it (%lineage sandbox off) to reach AWS."
        )


class NothingAnswers(LineageError):
    """A call to a service that is answered in the sandbox, of a kind that is not."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"The sandbox has no answer to this call: {why}. "
            "Leave it out, or close the sandbox (%lineage sandbox off) to ask AWS."
        )


@contextmanager
def fenced(region: str) -> Iterator[None]:
    """Have made-up credentials, and no way to AWS, until the block is left."""
    with ExitStack() as stack:
        stack.enter_context(patch.dict(os.environ, _environment(region)))
        for name in [name for name in os.environ if _leads_out(name)]:
            del os.environ[name]
        stack.enter_context(patch("botocore.httpsession.URLLib3Session.send", _send))
        stack.enter_context(patch("socket.getaddrinfo", _guarded(socket.getaddrinfo)))
        yield


def _environment(region: str) -> dict[str, str]:
    return {
        "AWS_ACCESS_KEY_ID": "SANDBOX",
        "AWS_SECRET_ACCESS_KEY": "SANDBOX",
        "AWS_SESSION_TOKEN": "SANDBOX",
        "AWS_DEFAULT_REGION": region,
        "AWS_REGION": region,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
    }


def _leads_out(name: str) -> bool:
    return name in _LEADING_OUT or name.startswith("AWS_ENDPOINT_URL_")


def _send(session: Any, request: Any) -> Any:
    raise NothingLeaves(request.url)


def _guarded(original: Any) -> Any:
    def getaddrinfo(host: Any, *args: Any, **kwargs: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else str(host)
        if name in _METADATA_HOSTS or name.rstrip(".").endswith(_HOSTS_OF_AWS):
            raise NothingLeaves(name)
        return original(host, *args, **kwargs)

    return getaddrinfo
