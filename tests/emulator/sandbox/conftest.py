"""One sandbox for a module: moto takes a second to import and the account some to furnish."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sm_lineage_magics import emulator
from sm_lineage_magics.emulator import Sandbox


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    with emulator.sandbox() as opened:
        yield opened
