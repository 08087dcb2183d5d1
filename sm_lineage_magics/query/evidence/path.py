"""How one entity leads to another, each step explained, as a report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from ...model import Answer, Association, Gap, Report, Section
from ...model.serial import time_to_text
from ...model.wording import NOT_RECORDED, counted, minute
from ..paths import Path, shortest_paths, simple_paths
from .called import told_apart
from .inspected import absent_in

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
    find = simple_paths if all_paths else shortest_paths
    told = find(answer.graph, *answer.focus)
    telling = _Telling(_names(answer, told.found), drawn or {}, absent_in(answer))
    ends = telling.ends(*answer.focus)
    return Report(
        f"How {ends[0]} leads to {ends[1]}",
        (_summary(told.found, ends, obscured=answer.obscured),),
        tuple(telling.section(path, number) for number, path in enumerate(told.found, 1)),
        answer.with_gaps([Gap("truncated", "paths", told.cut)] if told.cut else ()),
        {arn: "path" for path in told.found for edge in path for arn in edge.pair},
        {"paths": [[_plain(edge, telling.known) for edge in path] for path in told.found]},
    )


@dataclass(frozen=True)
class _Telling:
    """What the steps of paths are told with: names by ARN, the journal's word, a word for none."""

    names: Mapping[str, str]
    known: Known
    absent: str

    def ends(self, source: str, destination: str) -> tuple[str, str]:
        return self.names.get(source, source), self.names.get(destination, destination)

    def section(self, path: Path, number: int) -> Section:
        return Section(f"Path {number}", COLUMNS, tuple(map(self._row, path)))

    def _row(self, edge: Association) -> tuple[str, ...]:
        source, destination = self.ends(*edge.pair)
        drawn = self.known.get(edge.pair)
        return (
            source,
            edge.type or "untyped",
            destination,
            minute(edge.created or (drawn.at if drawn else None)) or self.absent,
            edge.created_by or self.absent,
            evidence_of(edge, drawn, self.absent),
        )


def _names(answer: Answer, paths: Iterable[Path]) -> Mapping[str, str]:
    met = dict.fromkeys(arn for path in paths for edge in path for arn in edge.pair)
    there = (answer.graph.entities.get(arn) for arn in (*answer.focus, *met))
    return told_apart(entity for entity in there if entity is not None)


def _summary(paths: Iterable[Path], names: tuple[str, str], *, obscured: bool) -> str:
    lengths = [len(path) for path in paths]
    if not lengths and names[0] == names[1]:
        return "Both names mean the same entity."
    if not lengths:
        what = "that could be seen" if obscured else "recorded"
        return f"Nothing {what} leads from {names[0]} to {names[1]}, nor the other way."
    shortest = counted(min(lengths), "step")
    return f"{counted(len(lengths), 'path')}, the shortest of {shortest}."


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
