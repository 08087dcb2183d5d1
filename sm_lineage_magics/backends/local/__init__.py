"""Lineage on this machine: one SQLite file, nothing to set up, no AWS client imported.

>>> backend = LocalBackend.open(":memory:")
>>> backend.apply(Plan.of(graph)).created
('arn:aws:sagemaker:local:000000000000:action/clean', …)
"""

from .backend import LocalBackend
from .store import Store

__all__ = ["LocalBackend", "Store"]
