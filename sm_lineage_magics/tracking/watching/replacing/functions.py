"""Functions of modules replaced for the length of a block, also of modules imported within it.

>>> with replacing({"pandas"}, lambda module, patches: patches.replace(module, "read_csv", seen)):
...     import pandas
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from types import ModuleType

from .arrivals import arrivals
from .patches import Patches

Replace = Callable[[ModuleType, Patches], None]


@contextmanager
def replacing(modules: Collection[str], replace: Replace) -> Iterator[Patches]:
    """Let `replace` put its functions into each of these modules; nothing of it stays."""
    patches = Patches()
    try:
        for name in modules:
            if name in sys.modules:
                replace(sys.modules[name], patches)
        with arrivals(modules, lambda module: replace(module, patches)):
            yield patches
    finally:
        patches.undo()
