"""How one entity leads to another, each step explained, as a report."""

from __future__ import annotations

from collections.abc import Iterable

from ..model import Answer, Association, Report, Section
from .paths import Path, shortest_paths, simple_paths

COLUMNS = ("From", "Association", "To", "Drawn", "By")


def path_report(answer: Answer, *, all_paths: bool = False) -> Report:
    """The paths between the two entities in the answer's focus.

    Args:
        answer: its focus is (source, destination); its graph holds whatever lies between.
        all_paths: every simple path within a bound, instead of the shortest only.
    """
    source, destination = answer.focus
    find = simple_paths if all_paths else shortest_paths
    paths = find(answer.graph, source, destination)
    names = (_label(answer, source), _label(answer, destination))
    return Report(
        f"How {names[0]} leads to {names[1]}",
        (_summary(paths, names),),
        tuple(_section(answer, number, path) for number, path in enumerate(paths, 1)),
        answer,
        {arn: "path" for path in paths for edge in path for arn in edge.pair},
        {"paths": [[_plain(edge) for edge in path] for path in paths]},
    )


def _summary(paths: Iterable[Path], names: tuple[str, str]) -> str:
    lengths = [len(path) for path in paths]
    if not lengths:
        return f"Nothing recorded leads from {names[0]} to {names[1]}, nor the other way."
    steps = f"{min(lengths)} step{'' if min(lengths) == 1 else 's'}"
    return f"{len(lengths)} path{'' if len(lengths) == 1 else 's'}, the shortest of {steps}."


def _section(answer: Answer, number: int, path: Path) -> Section:
    return Section(f"Path {number}", COLUMNS, tuple(_row(answer, edge) for edge in path))


def _row(answer: Answer, edge: Association) -> tuple[str, ...]:
    drawn = f"{edge.created:%Y-%m-%d %H:%M} UTC" if edge.created else "not recorded"
    return (
        _label(answer, edge.source),
        edge.type or "untyped",
        _label(answer, edge.destination),
        drawn,
        edge.created_by or "not recorded",
    )


def _plain(edge: Association) -> dict[str, str | None]:
    return {"source": edge.source, "destination": edge.destination, "type": edge.type}


def _label(answer: Answer, arn: str) -> str:
    entity = answer.graph.entities.get(arn)
    return entity.label if entity else arn
