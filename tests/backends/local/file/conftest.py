"""Where the tests of a store's file put it."""

import pytest


@pytest.fixture
def path(tmp_path):
    return tmp_path / "lineage.db"
