"""Graphs shared by the tests of questions."""

import importlib.util
import pathlib
import sys

import pytest

# Tests are imported by path, so the builders beside them are too.
_SPEC = importlib.util.spec_from_file_location("fraud", pathlib.Path(__file__).parent / "fraud.py")
fraud_module = importlib.util.module_from_spec(_SPEC)
sys.modules.setdefault("fraud", fraud_module)
_SPEC.loader.exec_module(fraud_module)


@pytest.fixture
def fraud():
    """The builders of the small fraud lineage."""
    return fraud_module
