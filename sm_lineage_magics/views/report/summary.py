"""What stands at the head of a report, whatever its format."""

from __future__ import annotations

from ...model import Report
from ...model.wording import counted


def lines_of(report: Report) -> tuple[str, ...]:
    """The summary; where something is missing, its last line says so, for those who stop there."""
    if report.complete:
        return report.summary
    told = f"Incomplete: {counted(len(report.gaps), 'gap')}, told at the end."
    return (*report.summary, told)
