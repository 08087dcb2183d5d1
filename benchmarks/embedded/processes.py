"""Python in processes of its own, with this checkout and its benchmarks on the path."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_BENCHMARKS = Path(__file__).parents[1]


def command(code: str, *arguments: object) -> list[str]:
    """The command line that runs some Python with arguments."""
    return [sys.executable, "-c", code, *map(str, arguments)]


def environment() -> dict[str, str]:
    """This process's environment, with this checkout on Python's path."""
    return {**os.environ, "PYTHONPATH": f"{_BENCHMARKS.parent}{os.pathsep}{_BENCHMARKS}"}
