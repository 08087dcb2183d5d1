"""Our models speak to ipycytoscape's front end as its own do, and say less."""

import ipycytoscape
import pytest
from sm_lineage_widgets.canvas.models import Cytoscape, Graph, Node

TOLD = ("_model_name", "_model_module", "_model_module_version", "_view_module")
PAIRS = [
    (Node, ipycytoscape.Node),
    (Graph, ipycytoscape.Graph),
    (Cytoscape, ipycytoscape.CytoscapeWidget),
]


@pytest.mark.parametrize(("ours", "theirs"), PAIRS, ids=lambda each: each.__name__)
def test_the_front_end_takes_them_for_its_own(ours, theirs):
    def told(kind):
        return {name: kind.class_traits()[name].default_value for name in (*TOLD, "_view_name")}

    assert told(ours) == told(theirs)


@pytest.mark.parametrize(("ours", "theirs"), PAIRS, ids=lambda each: each.__name__)
def test_they_say_nothing_the_front_end_does_not_read(ours, theirs):
    assert set(ours.class_traits(sync=True)) <= set(theirs.class_traits(sync=True))
