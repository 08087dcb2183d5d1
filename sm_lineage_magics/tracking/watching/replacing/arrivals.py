"""Modules that are imported while a cell runs, noticed as soon as they are ready.

>>> with arrivals({"pandas"}, lambda module: print("pandas is here")):
...     import pandas
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

Arrived = Callable[[ModuleType], None]


@contextmanager
def arrivals(names: Collection[str], arrived: Arrived) -> Iterator[None]:
    """Call `arrived` with each module of these names that is imported inside the block."""
    finder = _Finder(names, arrived)
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        finder.open = False
        sys.meta_path[:] = [each for each in sys.meta_path if each is not finder]


class _Finder(MetaPathFinder):
    def __init__(self, names: Collection[str], arrived: Arrived) -> None:
        self._names, self._arrived = names, arrived
        self.open = True

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name not in self._names or not self.open:
            return None
        spec = _found_by_others(self, name, path, target)
        if spec is not None and hasattr(spec.loader, "__dict__"):
            self._announce(spec.loader)
        return spec

    def _announce(self, loader: Any) -> None:
        # A loader serves one module, so that an attribute of its own hides the method just once.
        execute = loader.exec_module

        def executing(module: ModuleType) -> None:
            __tracebackhide__ = True
            vars(loader).pop("exec_module", None)
            execute(module)
            if self.open:
                self._arrived(module)

        loader.exec_module = executing


def _found_by_others(
    finder: MetaPathFinder, name: str, path: Sequence[str] | None, target: ModuleType | None
) -> ModuleSpec | None:
    for other in [each for each in sys.meta_path if each is not finder]:
        find = getattr(other, "find_spec", None)
        spec = find(name, path, target) if find else None
        if spec is not None:
            found: ModuleSpec = spec
            return found
    return None
