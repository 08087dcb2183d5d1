"""The questions of evidence over a graph in hand: what breaks, what changed, why, how certain.

`sm_lineage_magics.lineage` fetches the graph and looks up what is true just now beside it.

Each question comes in when it is first asked, so that no other one waits for all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .audit.report import why
    from .diff.report import diff_report
    from .features import features_report, reached_by_feature, unheard_of
    from .impact import impact_report
    from .lint.report import lint_report
    from .path import path_report
    from .reproduce import recipe_of
    from .story import require_answering, require_comparable, story_of

# The same names for when the program runs, each with its module.
_ROOMS = {
    "diff_report": "diff.report",
    "features_report": "features",
    "impact_report": "impact",
    "lint_report": "lint.report",
    "path_report": "path",
    "reached_by_feature": "features",
    "recipe_of": "reproduce",
    "require_answering": "story",
    "require_comparable": "story",
    "story_of": "story",
    "unheard_of": "features",
    "why": "audit.report",
}

__all__ = [
    "diff_report",
    "features_report",
    "impact_report",
    "lint_report",
    "path_report",
    "reached_by_feature",
    "recipe_of",
    "require_answering",
    "require_comparable",
    "story_of",
    "unheard_of",
    "why",
]


def __getattr__(name: str) -> Any:
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_ROOMS[name]}"), name)
