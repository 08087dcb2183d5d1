"""The SageMaker lineage API, answered in this process over the embedded store.

>>> sm = emulator.client()                       # a genuine boto3 client, no account, no network
>>> sm.create_context(ContextName="churn", ContextType="Endpoint", Source={"SourceUri": "s3://b"})
{'ContextArn': 'arn:aws:sagemaker:us-east-1:123456789012:context/churn', …}

`emulate()` answers the lineage calls of every boto3 SageMaker client of the process, and
`sandbox()` the rest of SageMaker, S3 and Athena too.
"""

from __future__ import annotations

from .account import Account
from .clients import client
from .everywhere import emulate
from .faults import Faults
from .quotas import Quotas
from .sandbox import Sandbox, sandbox
from .service import Service

__all__ = ["Account", "Faults", "Quotas", "Sandbox", "Service", "client", "emulate", "sandbox"]
