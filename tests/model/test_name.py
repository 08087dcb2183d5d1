"""Names as the service takes them."""

import pytest

from sm_lineage_magics.model.name import fitting, may_be_called


@pytest.mark.parametrize(
    ("kind", "name", "allowed"),
    [
        ("Action", "join-customers", True),
        ("Action", "join--customers", True),
        ("Action", "join_customers", False),
        ("Context", "join_customers", True),
        ("Context", "join_", False),
        ("TrialComponent", "-join", False),
        ("Action", "größe", False),
        ("Action", "x" * 120, True),
        ("Action", "x" * 121, False),
        ("Action", "", False),
    ],
)
def test_what_an_entity_may_be_called(kind, name, allowed):
    assert may_be_called(kind, name) is allowed


def test_names_that_differ_where_the_service_has_no_room_or_letter_stay_two():
    names = ["x" * 120 + "1", "x" * 120 + "2", "a b", "a_b", "a-b", "名前", "数据", "", "\ud800"]

    fitted = [fitting(name) for name in names]

    assert len(set(fitted)) == len(names)
    assert [name for name in fitted if not may_be_called("Action", name)] == []


def test_a_name_that_is_allowed_stays_as_it_is():
    assert (fitting("a-b"), fitting("a_b", "Context")) == ("a-b", "a_b")
