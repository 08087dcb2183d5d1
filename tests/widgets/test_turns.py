"""What the page sends, in whichever threads of a kernel it arrives."""

import asyncio
import itertools
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from ipywidgets.widgets.widget import _instances
from sm_lineage_widgets.explorer import Explorer

from sm_lineage_magics.model import Answer, Association, Entity, LineageGraph

CHAIN = Answer(
    LineageGraph.of(
        [Entity(name, "Artifact", "DataSet", name) for name in "abcdefgh"],
        [Association(*pair, "ContributedTo") for pair in itertools.pairwise("abcdefgh")],
    ),
    ("a",),
)


@pytest.fixture
def hurried():
    """Threads that take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


async def shown():
    """What a cell shows; what stands around it is not there yet."""
    return Explorer(CHAIN)


def at_once(*acts):
    """Do all of this in threads of their own; what they raised."""
    started = threading.Barrier(len(acts))

    def run(act):
        started.wait(10)
        act()

    with ThreadPoolExecutor(len(acts)) as threads:
        asked = [threads.submit(run, act) for act in acts]
    return [each.exception() for each in asked if each.exception()]


@pytest.mark.usefixtures("hurried")
def test_what_comes_in_several_threads_is_done_one_after_the_other():
    """Nothing is drawn twice, and there is one toolbar."""
    for _ in range(5):
        explorer = asyncio.run(shown())
        events = [partial(explorer._hovered, "e"), partial(explorer._clicked, "h")]

        raised = at_once(explorer._furnish, *events * 3)
        drawn = sorted(node.data["id"] for node in explorer._canvas._widget.graph.nodes)
        explorer.close()

        assert raised == []
        assert drawn == ["a", "all lines", *"bcdefgh", "lit lines"]
        assert len(explorer.children) == 9


def test_what_comes_once_the_view_is_closed_makes_nothing():
    before = len(_instances)
    explorer = asyncio.run(shown())
    explorer.close()

    explorer._hovered("e")
    explorer._clicked("h")
    explorer.fold("e", "downstream")

    assert len(_instances) == before
    assert explorer.selected is None
