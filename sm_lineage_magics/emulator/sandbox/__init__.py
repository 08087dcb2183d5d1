"""An AWS account that is not there: SageMaker, S3, Athena, Glue, IAM and STS in this process.

>>> with sandbox() as box:
...     Estimator(image_uri, role=box.role, instance_count=1, instance_type="ml.m5.large").fit(…)

Unmodified SageMaker SDK code of version 2 and 3 runs in it. Lineage is the emulator's, the
feature store and Athena's SQL are the sandbox's own, the rest is moto's (extra `sandbox`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from ...backends.local import Store
from ...errors import ConfigError
from ..clients import ACCOUNT, REGION, serve
from ..everywhere import EVERYWHERE
from ..faults import Faults
from ..quotas import Quotas
from .box import Sandbox
from .feature_store.journal import Journal
from .fence import NothingAnswers, NothingLeaves, fenced

__all__ = ["NothingAnswers", "NothingLeaves", "Sandbox", "sandbox"]


@contextmanager
def sandbox(
    store: Store | str | Path = ":memory:",
    *,
    region: str = REGION,
    quotas: Quotas | None = None,
    faults: Faults | None = None,
    jobs_end: bool = True,
) -> Iterator[Sandbox]:
    """Answer every boto3 client of this process from an account that is not there.

    Real credentials are neither read nor used, and no call to AWS leaves the machine. Only the
    lineage outlives it, in `store`.

    Args:
        store: an open store, a file, or `:memory:`.
        region: of the account.
        quotas: how much lineage may be made by hand; the service's own by default.
        faults: what is to go wrong with lineage calls.
        jobs_end: whether jobs are over as soon as they are made; else `finish` ends them.

    Raises:
        ConfigError: when moto or DuckDB is not installed.
    """
    mock_aws = _mock_aws()
    service = serve(store, region=region, account=ACCOUNT, quotas=quotas, faults=faults)
    with fenced(region), mock_aws(), closing(Journal()) as journal:
        import boto3

        from .assembly import assemble

        session = boto3.Session(region_name=region)
        seat, box = assemble(service, session, journal, jobs_end=jobs_end)
        with EVERYWHERE.sitting(seat):
            yield box


def _mock_aws() -> Any:
    try:
        import duckdb  # noqa: F401  # only to see that it is there
        from moto import mock_aws
    except ImportError as error:
        raise ConfigError(
            f"The sandbox needs {error.name}. Type: pip install 'sm_lineage_magics[sandbox]'."
        ) from error
    return mock_aws
