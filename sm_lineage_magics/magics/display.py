"""How results look in a notebook: one mime bundle each, made by formatters registered on load.

>>> bundle_of(answer, "graph")["text/plain"]
'upstream churn…'

Where a notebook is looked at, the live explorer is shown as an output of its own before the bundle,
which is then folded: a saved notebook keeps the bundle and can be read without a kernel.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from .exploring import Explorers
from .terminal import columns_of

if TYPE_CHECKING:
    from IPython.core.formatters import DisplayFormatter

    from ..model import Answer, Report, Section
    from .session import Session
    from .settings.config import Settings

Bundle = dict[str, Any]

# What is shown, by module and name: importing the model would make `%load_ext` wait for it.
ANSWER = ("sm_lineage_magics.model.answer", "Answer")
REPORT = ("sm_lineage_magics.model.report", "Report")
PAGE = (__name__, "Page")

# Rows shown of a table: what depends on a hub of a hundred thousand is megabytes in a notebook.
ROWS = 500

# On paper nothing can be unfolded, nor pushed aside to see the rest of a picture.
_PRINTED = (
    "<style>@media print {.lineage-folded::details-content "
    "{content-visibility: visible; block-size: auto} "
    ".lineage-picture {min-width: 0 !important}}</style>"
)


@dataclass(frozen=True)
class Page:
    """Plain text to be shown as it is."""

    # No named tuple: IPython has a way of its own to show tuples, and prefers it to ours.
    text: str


def bundle_of(answer: Answer, view: str) -> Bundle:
    """An answer in every mime type a front end may choose from, for one view of it."""
    return _BUNDLES[view](answer)


def view_of(answer: Answer, settings: Settings) -> str:
    """How an answer is to be shown: as its line said, as configured, or as its question is."""
    from .commands import WORDS, command_of

    verb = answer.question.verb
    by_verb = getattr(command_of(verb), "default_view", None) if verb in WORDS else None
    return answer.question.options.get("as") or settings.view or by_verb or "graph"


def graph_bundle(answer: Answer, *, cap: int | None = None, folded: bool = False) -> Bundle:
    """The static picture and table, with so many entities at most, folded under an explorer."""
    from ..views.html import fragment
    from ..views.picture import PLAIN, Drawing

    picture = fragment(answer, PLAIN if cap is None else Drawing(cap=cap))
    return {"text/plain": answer.to("text"), "text/html": _folded(picture) if folded else picture}


def _folded(html: str) -> str:
    summary = "<summary>Picture and table</summary>"
    return f'<details class="lineage-folded">{_PRINTED}{summary}{html}</details>'


def _tree(answer: Answer) -> Bundle:
    return {"text/plain": answer.to("text")}


def _table(answer: Answer) -> Bundle:
    from ..views.table import table

    arns = bool(answer.question.options.get("arns"))
    return {"text/plain": answer.to("grid"), "text/html": table(answer, arns=arns)}


def _in_terminal(answer: Answer, view: str, width: int) -> Bundle:
    """An answer as text alone, within the columns there are."""
    from ..views.entity.details import details
    from ..views.grid import grid
    from ..views.tree import STANDARD, tree

    if view == "details":
        return _report(details(answer), width)
    if view == "table":
        return {"text/plain": grid(answer, width)}
    if view in ("graph", "tree"):
        return {"text/plain": tree(answer, replace(STANDARD, width=width))}
    return bundle_of(answer, view)


def _mermaid(answer: Answer) -> Bundle:
    source = answer.to("mermaid")
    return {"text/plain": source, "text/vnd.mermaid": source}


def _markdown(answer: Answer) -> Bundle:
    from ..views.markdown import markdown

    source = markdown(answer, limit=ROWS)
    return {"text/plain": source, "text/markdown": source}


def _json(answer: Answer) -> Bundle:
    source = answer.to("json")
    return {"text/plain": source, "application/json": json.loads(source)}


def _details(answer: Answer) -> Bundle:
    from ..views.entity.details import details

    return _report(details(answer))


_BUNDLES: dict[str, Callable[[Answer], Bundle]] = {
    "graph": graph_bundle,
    "tree": _tree,
    "table": _table,
    "details": _details,
    "mermaid": _mermaid,
    "markdown": _markdown,
    "json": _json,
}


def _report(report: Report, width: int | None = None, *, folded: bool = False) -> Bundle:
    shown = replace(report, sections=tuple(map(_beginning, report.sections)))
    if width:
        from ..views.report.text import text

        return {"text/plain": text(shown, width)}
    from ..views.report.html import fragment

    return {
        "text/plain": shown.to("text"),
        "text/html": fragment(shown, folded=folded),
        "text/markdown": shown.to("markdown"),
    }


def _beginning(section: Section) -> Section:
    """A section with no more rows than a notebook should keep."""
    number = len(section.rows)
    if number <= ROWS:
        return section
    told = f"The first {ROWS} of {number:,} rows; .df and an exported file have them all."
    return replace(section, rows=section.rows[:ROWS], text=f"{section.text} {told}".strip())


def _page(page: Page, include: Any = None, exclude: Any = None) -> Bundle:
    return {"text/plain": page.text}


class Formatters:
    """What the shell is given to show our values with, and gives back on unload."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.explorers = Explorers(session)
        self._hushed: tuple[Any, int] = (None, 0)

    def register(self) -> None:
        """Show answers, reports and pages by our own formatters from now on."""
        formatter = self._formatter
        for name, show in self._shown.items():
            formatter.ipython_display_formatter.for_type_by_name(*name, self._stay_silent)
            formatter.mimebundle_formatter.for_type_by_name(*name, show)

    def unregister(self) -> None:
        """Leave the shell's formatters as they were."""
        formatter = self._formatter
        self.explorers.close()
        for name in self._shown:
            formatter.ipython_display_formatter.pop(".".join(name), None)
            formatter.mimebundle_formatter.pop(".".join(name), None)

    def hush(self, result: Any) -> None:
        """Do not show this result as the outcome of the cell that is running."""
        # Held, for the identity of what is gone is soon another's.
        self._hushed = (result, self.session.shell.execution_count)

    @property
    def _shown(self) -> dict[tuple[str, str], Callable[..., Bundle]]:
        return {ANSWER: self._answer, REPORT: self._report, PAGE: _page}

    @property
    def _formatter(self) -> DisplayFormatter:
        formatter = self.session.shell.display_formatter
        assert formatter is not None  # made by every shell as it starts
        return formatter

    def _stay_silent(self, result: Any) -> None:
        hushed, number = self._hushed
        if result is not hushed or number != self.session.shell.execution_count:
            # IPython's way for an object to say: show me by the other formatters.
            raise NotImplementedError

    def _answer(self, answer: Answer, include: Any = None, exclude: Any = None) -> Bundle:
        view = view_of(answer, self.session.settings)
        if width := columns_of(self.session.shell):
            return _in_terminal(answer, view, width)
        if view != "graph":
            return bundle_of(answer, view)
        cap = self.session.settings.max_entities
        return graph_bundle(answer, cap=cap, folded=self.explorers.show(answer))

    def _report(self, report: Report, include: Any = None, exclude: Any = None) -> Bundle:
        explored = bool(report.marks) and self.explorers.show(report.answer, report.marks)
        return _report(report, columns_of(self.session.shell), folded=explored)
