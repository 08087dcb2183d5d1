"""What answers hold, counted in words."""

from sm_lineage_magics.model import Entity
from sm_lineage_magics.views.naming import kinds_of

SCRIPT = Entity("a", "Artifact", "Code")
DATA = Entity("b", "Artifact", "DataSet")


def test_roles_are_counted_as_people_count_them():
    assert kinds_of([SCRIPT, DATA]) == "1 data set, 1 piece of code"
    assert kinds_of([SCRIPT, DATA, SCRIPT]) == "1 data set, 2 pieces of code"
