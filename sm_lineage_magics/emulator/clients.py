"""A boto3 client of its own for the emulator.

>>> client(store="lineage.db", region="eu-west-1").list_artifacts()["ArtifactSummaries"]
[]
"""

from __future__ import annotations

import threading
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..backends.local import Store
from ..model import Home
from .account import Account
from .faults import Faults
from .hook import Hook
from .quotas import Quotas
from .service import Service

if TYPE_CHECKING:
    import boto3
    from botocore.config import Config

REGION = "us-east-1"
ACCOUNT = "123456789012"

# A session makes clients for one thread at a time.
_LOCK = threading.Lock()


def serve(
    store: Store | str | Path = ":memory:",
    *,
    region: str = REGION,
    account: str = ACCOUNT,
    quotas: Quotas | None = None,
    faults: Faults | None = None,
    caller: str | None = None,
) -> Service:
    """The service of an account whose lineage is in `store`; see `client` for the arguments."""
    faults = faults or Faults()
    return Service(
        Account(
            store if isinstance(store, Store) else Store.open(store),
            Home(region, account),
            quotas or Quotas(),
            caller,
            lag=faults.lag,
            page=faults.page,
        ),
        faults,
    )


def client(
    store: Store | str | Path = ":memory:",
    *,
    region: str = REGION,
    account: str = ACCOUNT,
    quotas: Quotas | None = None,
    faults: Faults | None = None,
    caller: str | None = None,
    wire: bool = False,
    config: Config | None = None,
) -> Any:
    """A genuine boto3 SageMaker client whose lineage calls are answered here.

    It needs no credentials and reaches no network; calls that are no lineage calls are refused
    with `UnknownOperationException`.

    Args:
        store: an open store, a file, or `:memory:`, which lives as long as the client.
        region: of the client and of the ARNs made.
        account: twelve digits, of the ARNs made.
        quotas: how much may be made by hand; the service's own by default.
        faults: what is to go wrong.
        caller: who is calling, a user profile's name or an IAM ARN, for CreatedBy.
        wire: answer with HTTP responses, which takes longer and runs all of botocore.
        config: botocore's settings, for instance how often to try again.
    """
    with _LOCK:
        made = _session(region).client("sagemaker", config=config)
    service = serve(
        store, region=region, account=account, quotas=quotas, faults=faults, caller=caller
    )
    Hook(service, wire=wire, alone=True).attach(made)
    return made


@lru_cache(maxsize=8)
def _session(region: str) -> boto3.Session:
    """One session for all clients of a region: the service's model is read once, in 0.2 s."""
    import boto3

    # Keys are given, so that botocore never goes looking for real ones.
    return boto3.Session(
        aws_access_key_id="emulated", aws_secret_access_key="emulated", region_name=region
    )
