"""What answers hold, counted in words."""

from sm_lineage_magics.views.naming import kinds_of


def test_roles_are_counted_as_people_count_them():
    assert kinds_of(["code", "dataset"]) == "1 data set, 1 piece of code"
    assert kinds_of(["code", "dataset", "code"]) == "1 data set, 2 pieces of code"
