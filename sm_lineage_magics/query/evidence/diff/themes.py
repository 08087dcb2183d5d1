"""What the differences between two models are about, in the order in which they are read.

>>> [(theme.title, len(group)) for theme, group in by_theme(differences)]
[('Data', 2), ('Query', 1)]
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ....model import Role
from ....model.wording import role_name
from .difference import Difference


@dataclass(frozen=True)
class Theme:
    """Parts that are told together."""

    title: str
    roles: tuple[Role, ...]

    def part(self, difference: Difference) -> str:
        """What a part is called under this heading: with its role, where there are several."""
        label, role = difference.entity.label, difference.role
        return label if role == self.roles[0] else f"{role_name(role)} {label}"


THEMES: tuple[Theme, ...] = (
    Theme("Data", ("dataset",)),
    Theme("Query", ("query",)),
    Theme("Feature groups", ("feature-group",)),
    Theme("Code", ("code",)),
    Theme("Image", ("image",)),
    Theme("Settings", ("job",)),
    Theme("Model", ("model", "package", "package-group", "checkpoint")),
    Theme("Approval and deployment", ("approval", "deployment", "endpoint")),
    Theme("Anything else", ("pipeline", "other")),
)


def by_theme(differences: Iterable[Difference]) -> Iterator[tuple[Theme, list[Difference]]]:
    """The themes that something is said about, each with its differences."""
    shown = tuple(differences)
    for theme in THEMES:
        group = [each for each in shown if each.role in theme.roles]
        if group:
            yield theme, group
