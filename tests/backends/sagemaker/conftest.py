"""Backends over the emulator, with the calls they make counted."""

import pytest

from sm_lineage_magics.backends.sagemaker import SageMakerBackend

from .world import World


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
    return World


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
