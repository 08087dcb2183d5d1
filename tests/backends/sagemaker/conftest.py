"""Backends over the emulator, with the calls they make counted."""

import importlib.util
import pathlib
import sys

import pytest

from sm_lineage_magics.backends.sagemaker import SageMakerBackend

# Tests are imported by path, so the builders beside them are too.
_SPEC = importlib.util.spec_from_file_location(
    "sagemaker_world", pathlib.Path(__file__).parent / "world.py"
)
world_module = importlib.util.module_from_spec(_SPEC)
sys.modules.setdefault("sagemaker_world", world_module)
_SPEC.loader.exec_module(world_module)


class Asked:
    """A backend over a world, and the calls it made by operation."""

    def __init__(self, world, memory=None, read_only=False, **options):
        client, self.calls = world.client(**options)
        self.backend = SageMakerBackend.open(client=client, memory=memory, read_only=read_only)

    @property
    def count(self):
        return sum(self.calls.values())


@pytest.fixture
def world():
    """Makes worlds of any number of models."""
    return world_module.World


@pytest.fixture
def ask():
    """Opens counting backends, and closes them."""
    opened = []

    def open_(world, **options):
        opened.append(Asked(world, **options))
        return opened[-1]

    yield open_
    for asked in opened:
        asked.backend.close()
