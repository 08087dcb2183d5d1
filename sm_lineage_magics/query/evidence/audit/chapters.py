"""The questions of an audit, in the order in which they are asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ..inspected import Inspected
from . import brief, full


@dataclass(frozen=True)
class Chapter:
    """One question of an audit: how to read its answer, in brief too, and how to record it."""

    title: str
    question: str
    read: Callable[[Inspected], full.Rows]
    brief: Callable[[Inspected], Iterable[str]]
    repair: str


CHAPTERS: tuple[Chapter, ...] = (
    Chapter(
        "Model",
        "Which model answers?",
        full.models,
        brief.models,
        "%lineage track ESTIMATOR",
    ),
    Chapter(
        "Data",
        "From which data?",
        full.data,
        brief.data,
        "%%lineage track the cell that reads it",
    ),
    Chapter(
        "Features",
        "From which features?",
        full.features,
        brief.features,
        "%lineage track FEATURE_GROUP QUERY",
    ),
    Chapter(
        "Code",
        "By which code, in which image?",
        full.code,
        brief.code,
        "%%lineage track from a git clone",
    ),
    Chapter(
        "Training",
        "Trained when, by whom, how?",
        full.training,
        brief.training,
        "%lineage track ESTIMATOR",
    ),
    Chapter(
        "Approval",
        "Approved by whom?",
        full.approval,
        brief.approval,
        "register the model as a package and set its approval status",
    ),
    Chapter(
        "Deployment",
        "Deployed when?",
        full.deployment,
        brief.deployment,
        "%lineage track PREDICTOR",
    ),
)
