"""Selectors: an entity's name with the levels around it."""

import pytest

from sm_lineage_magics.errors import InvalidReference
from sm_lineage_magics.query.selectors import Selector


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("model:churn", Selector("model:churn")),
        ("+model:churn", Selector("model:churn", up=None)),
        ("fg:customers+2", Selector("fg:customers", down=2)),
        ("+x+", Selector("x", up=None, down=None)),
        ("1+x+3", Selector("x", up=1, down=3)),
        ("0+x", Selector("x")),
        ("s3://bucket/a+b/c", Selector("s3://bucket/a+b/c")),
        ("  +x ", Selector("x", up=None)),
        ("2024-01", Selector("2024-01")),
        ("name with\nnewline+", Selector("name with\nnewline", down=None)),
    ],
)
def test_signs_are_taken_off_a_name(text, expected):
    assert Selector.parse(text) == expected


@pytest.mark.parametrize("text", ["model:churn", "+model:churn", "fg:customers+2", "1+x+3"])
def test_a_selector_reads_as_it_was_typed(text):
    assert str(Selector.parse(text)) == text


@pytest.mark.parametrize("text", ["", "+", "++", "+++", " + "])
def test_signs_round_nothing_are_refused(text):
    with pytest.raises(InvalidReference, match="names nothing"):
        Selector.parse(text)
