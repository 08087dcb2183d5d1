"""How results look in a notebook: one mime bundle each, made by formatters registered on load.

>>> bundle_of(answer, "graph")["text/plain"]
'upstream churn…'

A live widget, where one is wanted, hooks in with `explorers`: what is on screen while the kernel
lives, shown before the bundle, which is what the saved notebook keeps.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..model import Answer, Report

if TYPE_CHECKING:
    from IPython.core.formatters import DisplayFormatter

    from .session import Session

Bundle = dict[str, Any]

# Called with an answer that is about to be shown as a graph; the explorer puts itself here.
explorers: list[Callable[[Answer], None]] = []


@dataclass(frozen=True)
class Page:
    """Plain text to be shown as it is."""

    text: str


def bundle_of(answer: Answer, view: str) -> Bundle:
    """An answer in every mime type a front end may choose from, for one view of it."""
    return _BUNDLES[view](answer)


def _graph(answer: Answer) -> Bundle:
    return {"text/plain": answer.to("text"), "text/html": answer.to("html")}


def _tree(answer: Answer) -> Bundle:
    return {"text/plain": answer.to("text")}


def _table(answer: Answer) -> Bundle:
    return {"text/plain": answer.to("text"), "text/html": answer.to("table")}


def _mermaid(answer: Answer) -> Bundle:
    source = answer.to("mermaid")
    return {"text/plain": source, "text/vnd.mermaid": source}


def _json(answer: Answer) -> Bundle:
    import json

    source = answer.to("json")
    return {"text/plain": source, "application/json": json.loads(source)}


_BUNDLES: dict[str, Callable[[Answer], Bundle]] = {
    "graph": _graph,
    "tree": _tree,
    "table": _table,
    "mermaid": _mermaid,
    "json": _json,
}


class Formatters:
    """What the shell is given to show our values with, and takes off again on unload."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._hushed: tuple[int, int] | None = None

    def register(self) -> None:
        """Show answers, reports and pages by our own formatters from now on."""
        formatter = self._formatter
        formatter.ipython_display_formatter.for_type(Answer, self._stay_silent)
        formatter.mimebundle_formatter.for_type(Answer, self._answer)
        formatter.mimebundle_formatter.for_type(Report, _report)
        formatter.mimebundle_formatter.for_type(Page, _page)

    def unregister(self) -> None:
        """Leave the shell's formatters as they were."""
        formatter = self._formatter
        formatter.ipython_display_formatter.pop(Answer, None)
        for type in (Answer, Report, Page):
            formatter.mimebundle_formatter.pop(type, None)

    @property
    def _formatter(self) -> DisplayFormatter:
        formatter = self.session.shell.display_formatter
        assert formatter is not None  # made by every shell as it starts
        return formatter

    def hush(self, result: Any) -> None:
        """Do not show this result as the outcome of the cell that is running."""
        self._hushed = (id(result), self.session.shell.execution_count)

    def _stay_silent(self, answer: Answer) -> None:
        if self._hushed != (id(answer), self.session.shell.execution_count):
            # IPython's way for an object to say: show me by the other formatters.
            raise NotImplementedError

    def _answer(self, answer: Answer, include: Any = None, exclude: Any = None) -> Bundle:
        view = answer.question.options.get("as") or self.session.settings.view
        if view == "graph":
            for explore in explorers:
                explore(answer)
        return bundle_of(answer, view)


def _report(report: Report, include: Any = None, exclude: Any = None) -> Bundle:
    return {
        "text/plain": report.to("text"),
        "text/html": report.to("html"),
        "text/markdown": report.to("markdown"),
    }


def _page(page: Page, include: Any = None, exclude: Any = None) -> Bundle:
    return {"text/plain": page.text}
