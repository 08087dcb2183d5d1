"""What callers hand over as a session, and the lineage it opens.

>>> account_of(Lineage.open(":memory:")).lineage.backend.name
'embedded store :memory:'
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..errors import ConfigError
from ..lineage import Lineage
from ..tracking.describe import Clients


@dataclass(frozen=True)
class Account:
    """A lineage, and the boto3 clients of the resources it speaks of, where there are any."""

    lineage: Lineage
    clients: Clients | None = None

    @property
    def describing(self) -> Clients:
        """Clients to describe jobs with: those at hand, else the environment's own."""
        return self.clients or _clients(*_clients_of(None))


def account_of(session: Any = None) -> Account:
    """The account a session belongs to.

    Args:
        session: a SageMaker SDK session, an object that holds one as `session`, a boto3 session,
            a `Lineage`, or None for the account the environment's credentials belong to.

    Raises:
        ConfigError: when it is none of these.
    """
    if isinstance(session, Account):
        return session
    if isinstance(session, Lineage):
        return Account(session)
    boto_session, sagemaker = _clients_of(session)
    lineage = Lineage.open("sagemaker", client=sagemaker)
    return Account(lineage, _clients(boto_session, sagemaker))


def _clients(boto_session: Any, sagemaker: Any) -> Clients:
    more = {name: boto_session.client(name) for name in ("athena", "glue")}
    return Clients(sagemaker, **more)


def _clients_of(session: Any) -> tuple[Any, Any]:
    """The boto3 session, and the SageMaker client that was configured with the session given."""
    import boto3

    inner = getattr(session, "session", None) or session or boto3.Session()
    boto_session = getattr(inner, "boto_session", inner)
    if not hasattr(boto_session, "client"):
        raise ConfigError(
            f"{type(session).__name__} is no session. Expected sagemaker.Session, boto3.Session, "
            "a Lineage, or nothing."
        )
    client = getattr(inner, "sagemaker_client", None)
    return boto_session, client or boto_session.client("sagemaker")
