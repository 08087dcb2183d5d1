"""What the panel beside the canvas says: HTML, every word from outside escaped."""

from __future__ import annotations

from collections.abc import Iterable

from sm_lineage_magics.model import Answer, Entity, LineageGraph, role_of
from sm_lineage_magics.query.recorded import columns_of, features_of
from sm_lineage_magics.views.console import console_url
from sm_lineage_magics.views.details import details
from sm_lineage_magics.views.escape import html
from sm_lineage_magics.views.grouping import Group
from sm_lineage_magics.views.look import LOOKS
from sm_lineage_magics.views.naming import gap_lines, role_name, what_is

_BOX = "font:12px/1.45 system-ui,sans-serif;overflow-wrap:anywhere"
_CHIP = "display:inline-block;padding:0 7px;border-radius:9px;color:#fff"
_ARN = "user-select:all;font-family:ui-monospace,monospace;font-size:11px"


def nothing_selected(answer: Answer) -> str:
    """What stands there before anything is clicked: how to begin, and what is missing."""
    gaps = _list(gap_lines(answer))
    missing = f"<b>What is missing</b>{gaps}" if answer.gaps else ""
    return _boxed(f"<p>Click an entity for its details.</p>{missing}")


def entity_panel(entity: Entity, graph: LineageGraph) -> str:
    """All that is known of an entity."""
    role = role_of(entity)
    chip = f'<span style="{_CHIP};background:{LOOKS[role].colour}">{html(what_is(entity))}</span>'
    url = console_url(entity)
    console = _link(url, "open in the AWS console") if url else ""
    arn = f'<div style="{_ARN}" title="click selects it whole">{html(entity.arn)}</div>'
    head = f"<b>{html(entity.label)}</b> {chip}{arn}{console}"
    report = details(Answer(graph, (entity.arn,), found=(entity.arn,)))
    return _boxed(head + str(report.to("fragment")) + _columns(entity))


def group_panel(group: Group, graph: LineageGraph, limit: int = 50) -> str:
    """What is in a group."""
    members = [graph.entities[arn].label for arn in group.members[:limit]]
    more = len(group.members) - limit
    listed = members + ([f"and {more:,} more"] if more > 0 else [])
    sort = role_name(group.role, 2) if group.role else "entities"
    return _boxed(f"<b>{len(group.members):,} {html(sort)}</b>{_list(listed)}")


def problem(message: str) -> str:
    """What went wrong, where it is seen."""
    return _boxed(
        f'<p role="alert" style="border-left:3px solid #c62828;padding-left:8px">'
        f"{html(message)}</p>"
    )


def working(what: str) -> str:
    """That something is under way."""
    return _boxed(f'<span role="status">◌ {html(what)} …</span>')


def done(what: str) -> str:
    """That something is done."""
    return _boxed(f'<span role="status">{html(what)}</span>')


def _columns(entity: Entity) -> str:
    """The features of a feature group, or what each column of a query was made of."""
    features = [f"{name}: {type}" for name, type in features_of(entity).items()]
    made = [
        f"{column} ← {', '.join(f'{group}.{feature} ({how})' for group, feature, how in uses)}"
        for column, uses in columns_of(entity).items()
    ]
    if not (features or made):
        return ""
    count = len(features or made)
    return f"<details><summary>{count} features</summary>{_list(features or made)}</details>"


def _list(lines: Iterable[str]) -> str:
    return "<ul>" + "".join(f"<li>{html(line)}</li>" for line in lines) + "</ul>"


def _link(url: str, text: str) -> str:
    return f'<a href="{html(url)}" target="_blank" rel="noopener noreferrer">{html(text)}</a>'


def _boxed(content: str) -> str:
    return f'<div class="lineage-panel" style="{_BOX}">{content}</div>'
