"""How one entity leads to another, each step explained, as a report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from ...model import Answer, Association, Report, Section
from ...model.serial import time_to_text
from ...model.wording import NOT_RECORDED, counted, minute
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
    paths = find(answer.graph, source, destination)
    known = drawn or {}
    met = {arn for path in paths for edge in path for arn in edge.pair} | {*answer.focus}
    names = told_apart(e for arn in met if (e := answer.graph.entities.get(arn)))
    ends = (names.get(source, source), names.get(destination, destination))
    return Report(
        f"How {ends[0]} leads to {ends[1]}",
        (_summary(paths, ends),),
        tuple(_section(names, known, number, path) for number, path in enumerate(paths, 1)),
        answer,
        {arn: "path" for path in paths for edge in path for arn in edge.pair},
        {"paths": [[_plain(edge, known) for edge in path] for path in paths]},
    )


def _summary(paths: Iterable[Path], names: tuple[str, str]) -> str:
    lengths = [len(path) for path in paths]
    if not lengths and names[0] == names[1]:
        return "Both names mean the same entity."
    if not lengths:
        return f"Nothing recorded leads from {names[0]} to {names[1]}, nor the other way."
    shortest = counted(min(lengths), "step")
    return f"{counted(len(lengths), 'path')}, the shortest of {shortest}."


def _section(names: Mapping[str, str], known: Known, number: int, path: Path) -> Section:
    rows = tuple(_row(names, edge, known.get(edge.pair)) for edge in path)
    return Section(f"Path {number}", COLUMNS, rows)


def _row(names: Mapping[str, str], edge: Association, drawn: Drawn | None) -> tuple[str, ...]:
    at = edge.created or (drawn.at if drawn else None)
    return (
        names.get(edge.source, edge.source),
        edge.type or "untyped",
        names.get(edge.destination, edge.destination),
        minute(at) or NOT_RECORDED,
        edge.created_by or NOT_RECORDED,
        evidence_of(edge, drawn),
    )


def evidence_of(edge: Association, drawn: Drawn | None) -> str:
    """Why two entities are held to belong together, as far as that was recorded."""
    if drawn is not None:
        of = f", {drawn.title}" if drawn.title else ""
        return f"{drawn.evidence or NOT_RECORDED} (recording {drawn.recording}{of})"
    # Only who drew it vouches for it: the service keeps no reason beside an association.
    return f"on the word of {edge.created_by}" if edge.created_by else NOT_RECORDED


def _plain(edge: Association, known: Known) -> dict[str, str | None]:
    return {
        "source": edge.source,
        "destination": edge.destination,
        "type": edge.type,
        "created": time_to_text(edge.created) if edge.created else None,
        "created_by": edge.created_by,
        "evidence": evidence_of(edge, known.get(edge.pair)),
    }
