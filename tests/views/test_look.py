"""Colours can be read and told apart, by every eye, on every page."""

from itertools import combinations

import pytest

from sm_lineage_magics.model import ASSOCIATION_TYPES, ROLES
from sm_lineage_magics.views.look import FOCUS, LINE, LOOKS, MARKS, STROKES

# Machado, Oliveira and Fernandes 2009, full severity, on linear RGB.
BLINDNESS = {
    "none": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
}
# What stands side by side in the picture of a model.
NEIGHBOURS = ("dataset", "feature-group", "job", "model", "endpoint")


def linear(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]


def luminance(colour):
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear(colour), strict=True))


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def lab(colour, blindness):
    rgb = linear(colour)
    seen = [
        min(max(sum(w * p for w, p in zip(row, rgb, strict=True)), 0), 1)
        for row in BLINDNESS[blindness]
    ]
    to_xyz = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    white = (0.9505, 1, 1.089)
    x, y, z = (
        sum(w * p for w, p in zip(row, seen, strict=True)) / base
        for row, base in zip(to_xyz, white, strict=True)
    )
    f = [t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z)]
    return (116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2]))


def test_every_role_mark_and_association_has_a_look():
    assert set(LOOKS) == set(ROLES)
    assert set(STROKES) == {*ASSOCIATION_TYPES, None}


@pytest.mark.parametrize("role", ROLES)
def test_white_text_is_readable_on_every_role(role):
    assert contrast("#ffffff", LOOKS[role].colour) >= 4.5


@pytest.mark.parametrize("colour", [*(look.colour for look in MARKS.values()), FOCUS, LINE])
@pytest.mark.parametrize("page", ["#ffffff", "#111111"])
def test_lines_and_rings_are_seen_on_light_and_dark_pages(colour, page):
    assert contrast(page, colour) >= 2.2


@pytest.mark.parametrize("blindness", BLINDNESS)
def test_roles_that_stand_together_differ_for_every_eye(blindness):
    for one, other in combinations(NEIGHBOURS, 2):
        seen = zip(*(lab(LOOKS[role].colour, blindness) for role in (one, other)), strict=True)
        assert sum((a - b) ** 2 for a, b in seen) ** 0.5 >= 15, (one, other)


def test_no_two_roles_of_one_shape_are_told_by_colour_alone():
    shapes = [LOOKS[role].shape for role in NEIGHBOURS]

    assert len(set(shapes)) == len(shapes)
