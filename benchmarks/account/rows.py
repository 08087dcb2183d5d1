"""The rows of the tables: what was asked of whom, what it cost and what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from account.endpoint import Measured


class Row(NamedTuple):
    """A question, who was asked it and how, what that cost, and what was found."""

    question: str
    who: str
    cost: Measured
    found: str


def shown(title: str, rows: Iterator[Row]) -> None:
    """Print a table as Markdown, each row as soon as it is measured."""
    print(f"\n### {title}\n\n| question | who | calls | rounds | seconds | rows |")
    print("|---|---|--:|--:|--:|---|")
    for question, who, cost, found in rows:
        figures = f"{cost.calls} | {cost.rounds or ''} | {cost.seconds:.2f}"
        print(f"| {question} | {who} | {figures} | {found} |", flush=True)
