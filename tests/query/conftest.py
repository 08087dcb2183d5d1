"""Graphs shared by the tests of questions."""

import pytest

from . import fraud as builders


@pytest.fixture
def fraud():
    """The builders of the small fraud lineage."""
    return builders
