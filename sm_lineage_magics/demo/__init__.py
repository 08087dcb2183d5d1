"""Two invented businesses to learn on: their tables, and the lineage of what was built on them.

>>> from sm_lineage_magics import demo
>>> shop = demo.grocery()
>>> shop.graph                            # raw files → … → endpoints, ready to be stored
LineageGraph(…)
>>> shop.tables["customers"].shape        # pandas is imported here, not before
(500, 9)

Everything is made from a fixed seed: the same values on every machine and every Python.
"""

from .demo import Demo
from .faults import FAULTS, broken
from .fraud import fraud
from .grocery import grocery

# What `%lineage demo` takes, by name.
DEMOS = {"grocery": grocery, "fraud": fraud}

__all__ = ["DEMOS", "FAULTS", "Demo", "broken", "fraud", "grocery"]
