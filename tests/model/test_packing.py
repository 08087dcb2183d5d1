"""Properties fit the service's limits and come back whole."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sm_lineage_magics.model.packing import (
    LONGEST_VALUE,
    MOST_PROPERTIES,
    Packed,
    packed,
    whole,
)

LONG = "SELECT a, b, c\nFROM customers -- é😀\n" * 500


def noise(length: int) -> str:
    return "".join(random.Random(7).choices("abcdefghijklmnopqrstuvwxyz0123456789", k=length))


def test_a_short_line_stays_as_it_is():
    assert packed({"Query": "SELECT 1"}) == Packed({"Query": "SELECT 1"})


def test_a_short_text_with_line_breaks_is_one_readable_line():
    assert packed({"Query": "SELECT 1\nFROM t"}) == Packed({"Query[json]": '"SELECT 1\\nFROM t"'})


def test_a_long_text_is_cut_into_numbered_pieces():
    assert list(packed({"Query": noise(5_000)}).properties) == ["Query[1/2]", "Query[2/2]"]


@pytest.mark.parametrize(
    "text", ["", "a", "a\nb", "a\r\n", "\u2028", "\ud800", LONG, noise(40_000)]
)
def test_packing_is_undone_whole(text):
    assert whole(packed({"Query": text, "Other": "x"}).properties) == {"Query": text, "Other": "x"}


@given(st.dictionaries(st.from_regex(r"\A[A-Za-z ]{1,9}\Z"), st.text(max_size=4_000), max_size=12))
def test_any_properties_fit_and_come_back(properties):
    fitted = packed(properties)

    assert fitted.cut == ()
    assert len(fitted.properties) <= MOST_PROPERTIES
    assert all(len(value) <= LONGEST_VALUE for value in fitted.properties.values())
    assert whole(fitted.properties) == properties


def test_a_text_beyond_all_limits_keeps_its_beginning_and_says_so():
    text = noise(1_000_000)

    fitted = packed({"Query": text, "Database": "d", "Columns": LONG})

    assert fitted.cut == ("Query",)
    assert max(map(len, fitted.properties.values())) <= LONGEST_VALUE
    back = whole(fitted.properties)
    assert text.startswith(back["Query"]) and len(back["Query"]) > 1_500
    assert (back["Query[of]"], back["Columns"]) == ("1000000", LONG)


def test_a_full_set_of_properties_leaves_no_room_to_unfold():
    properties = {f"p{n}": "x" for n in range(29)} | {"Query": noise(20_000)}

    fitted = packed(properties)

    assert (fitted.cut, len(fitted.properties)) == (("Query",), 30)


def test_a_missing_or_damaged_piece_leaves_the_others_as_they_are():
    pieces = packed({"Query": noise(5_000)}).properties
    missing = {"Query[1/2]": pieces["Query[1/2]"]}
    damaged = {**pieces, "Query[1/2]": "!!!"}

    assert whole(missing) == missing
    assert whole(damaged) == damaged


def test_properties_of_others_that_only_look_packed_are_theirs():
    theirs = {"fold[1/5]": "0.7", "x[json]": "not json", "y[json]": "[1]", "a[b]": "c"}

    assert whole(theirs) == theirs
