"""What is said beneath the canvas: HTML, every word from outside escaped."""

from __future__ import annotations

from collections.abc import Iterable

from sm_lineage_magics.model import Answer, Entity, Gap, LineageGraph
from sm_lineage_magics.views.entity.card import card, feature_card, group_card, listed
from sm_lineage_magics.views.escape import html
from sm_lineage_magics.views.naming import gap_line
from sm_lineage_magics.views.picture import Picture
from sm_lineage_magics.views.picture.features import Feature
from sm_lineage_magics.views.picture.grouping import Group
from sm_lineage_magics.views.svg.document import said


def pictured(picture: Picture) -> str:
    """The picture in words, not to be seen: its canvas can be given neither a role nor a name."""
    return f'<div role="img" aria-label="{html(picture.title)}. {html(said(picture))}"></div>'


def nothing_selected(answer: Answer, search: str = "", notes: Iterable[str] = ()) -> str:
    """What stands there before anything is clicked: how to begin, and what is missing.

    Args:
        answer: what is drawn.
        search: what was looked for and not found; empty when nothing was.
        notes: what the picture leaves out though the answer holds it.
    """
    begin = f'<p class="soft" role="status">{html(_how_to_begin(answer, search))}</p>'
    left_out = "".join(f'<p class="soft">{html(note)}</p>' for note in notes)
    return _boxed(f"{begin}{left_out}{_missing(answer.gaps, answer)}")


def _how_to_begin(answer: Answer, search: str) -> str:
    if not answer.graph:
        return "Nothing was found."
    if search:
        return f"Nothing that is shown has “{search}” in its name, type or source."
    return "Click an entity for its details; ◂ and ▸ go through them one by one."


def entity_panel(entity: Entity, graph: LineageGraph) -> str:
    """All that is known of an entity."""
    return _boxed(card(entity, graph))


def group_panel(group: Group, graph: LineageGraph) -> str:
    """What is in a group."""
    return _boxed(group_card(group, graph))


def feature_panel(feature: Feature, graph: LineageGraph) -> str:
    """What is known of a feature, or the names of several."""
    return _boxed(feature_card(feature, graph))


def problem(message: str) -> str:
    """What went wrong, where it is seen."""
    return _boxed(f'<p class="lineage-problem" role="alert">{html(message)}</p>')


def working(what: str) -> str:
    """That something is under way."""
    spinner = '<span class="lineage-spinner" aria-hidden="true"></span>'
    return _boxed(f'<span role="status">{spinner}{html(what)} …</span>')


def done(what: str) -> str:
    """That something is done."""
    said = f'<span role="status" title="{html(what)}">{html(what)}</span>'
    return _boxed(said) if what else ""


def repeated(lines: Iterable[str]) -> str:
    """Lines that show the same again; one click selects them whole, to be copied."""
    text = "<br>".join(map(html, lines))
    return (
        '<code tabindex="0" title="Type this to see the same again; one click selects it whole">'
        f"{text}</code>"
    )


def _missing(gaps: Iterable[Gap], answer: Answer) -> str:
    lines = [gap_line(gap, answer) for gap in gaps]
    return f"<b>What is missing</b>{listed(lines)}" if lines else ""


def _boxed(content: str) -> str:
    return f'<div class="lineage-panel">{content}</div>'
