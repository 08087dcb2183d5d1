"""An answer as HTML for a notebook's output: picture and table, with nothing to load."""

from __future__ import annotations

from ..model import Answer
from .table import table


def fragment(answer: Answer) -> str:
    """What a notebook shows of an answer."""
    return table(answer)
