"""How one entity leads to another, each step explained, as a report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from ...model import Answer, Association, Gap, Report, Section
from ...model.serial import time_to_text
from ...model.wording import NOT_RECORDED, NOT_SEEN, counted, minute
from ..paths import Path, shortest_paths, simple_paths
from .called import told_apart

COLUMNS = ("From", "Association", "To", "Drawn", "By", "Evidence")


@dataclass(frozen=True)
class Drawn:
    """How an association came to be recorded.

    Attributes:
        evidence: what was seen that says the two belong together.
        recording: the id of the recording that drew it.
        title: what the recording was called.
        at: when.
    """

    evidence: str
    recording: str
    title: str = ""
    at: datetime | None = None


Known = Mapping[tuple[str, str], Drawn]


def path_report(
    answer: Answer,
    drawn: Mapping[tuple[str, str], Drawn] | None = None,
    *,
    all_paths: bool = False,
) -> Report:
    """The paths between the two entities in the answer's focus.

    Args:
        answer: its focus is (source, destination); its graph holds whatever lies between.
        drawn: by (source, destination) ARNs, what the journal knows of associations.
        all_paths: every simple path within a bound, instead of the shortest only.
    """
    source, destination = answer.focus
    find = simple_paths if all_paths else shortest_paths
    told = find(answer.graph, source, destination)
    paths = told.found
    known = drawn or {}
    met = {arn for path in paths for edge in path for arn in edge.pair} | {*answer.focus}
    names = told_apart(e for arn in met if (e := answer.graph.entities.get(arn)))
    absent = NOT_SEEN if answer.obscured else NOT_RECORDED

    def rows(path: Path) -> tuple[tuple[str, ...], ...]:
        return tuple(_row(names, edge, known.get(edge.pair), absent) for edge in path)

    ends = (names.get(source, source), names.get(destination, destination))
    return Report(
        f"How {ends[0]} leads to {ends[1]}",
        (_summary(paths, ends, obscured=answer.obscured),),
        tuple(_section(rows(path), number) for number, path in enumerate(paths, 1)),
        answer.with_gaps([Gap("truncated", "paths", told.cut)] if told.cut else ()),
        {arn: "path" for path in paths for edge in path for arn in edge.pair},
        {"paths": [[_plain(edge, known) for edge in path] for path in paths]},
    )


def _summary(paths: Iterable[Path], names: tuple[str, str], *, obscured: bool) -> str:
    lengths = [len(path) for path in paths]
    if not lengths and names[0] == names[1]:
        return "Both names mean the same entity."
    if not lengths:
        what = "that could be seen" if obscured else "recorded"
        return f"Nothing {what} leads from {names[0]} to {names[1]}, nor the other way."
    shortest = counted(min(lengths), "step")
    return f"{counted(len(lengths), 'path')}, the shortest of {shortest}."


def _section(rows: tuple[tuple[str, ...], ...], number: int) -> Section:
    return Section(f"Path {number}", COLUMNS, rows)


def _row(
    names: Mapping[str, str], edge: Association, drawn: Drawn | None, absent: str
) -> tuple[str, ...]:
    at = edge.created or (drawn.at if drawn else None)
    return (
        names.get(edge.source, edge.source),
        edge.type or "untyped",
        names.get(edge.destination, edge.destination),
        minute(at) or absent,
        edge.created_by or absent,
        evidence_of(edge, drawn, absent),
    )


def evidence_of(edge: Association, drawn: Drawn | None, absent: str = NOT_RECORDED) -> str:
    """Why two entities are held to belong together, as far as that was recorded."""
    if drawn is not None:
        of = f", {drawn.title}" if drawn.title else ""
        return f"{drawn.evidence or absent} (recording {drawn.recording}{of})"
    # Only who drew it vouches for it: the service keeps no reason beside an association.
    return f"on the word of {edge.created_by}" if edge.created_by else absent


def _plain(edge: Association, known: Known) -> dict[str, str | None]:
    return {
        "source": edge.source,
        "destination": edge.destination,
        "type": edge.type,
        "created": time_to_text(edge.created) if edge.created else None,
        "created_by": edge.created_by,
        "evidence": evidence_of(edge, known.get(edge.pair)),
    }
