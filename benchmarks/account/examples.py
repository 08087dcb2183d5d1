"""What the tests make and the benchmarks measure: the worked examples."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

_TESTS = Path(__file__).parents[2] / "tests"


def example(name: str) -> Any:
    """A module of the tests, such as `tracking.test_blog_example`."""
    # SDK 2 comes with packages that leave a `tests` of their own in site-packages, and a package
    # is found before a folder without an `__init__.py`, wherever the two are on the path.
    tests = ModuleType("tests")
    tests.__path__ = [str(_TESTS)]
    sys.modules["tests"] = tests
    return importlib.import_module(f"tests.{name}")
