"""Lineage from Python: the questions and recordings of the magics, as methods of `Lineage`.

>>> with Lineage.open() as lineage:
...     lineage.feature_groups("model:churn")
Answer(…)
"""

from .lineage import Lineage

__all__ = ["Lineage"]
