"""Graph to text, table, picture and file. Importing it registers every format of `Answer.to`.

>>> import sm_lineage_magics.views
>>> print(answer.to("text"))
upstream churn
● churn · model
…

A format's module is imported when the format is first asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any

from ..model import formats, report_formats

if TYPE_CHECKING:
    from ..model import Answer, Report

# Format → module of this package and the function in it that takes an answer.
_VIEWS = {
    "text": "tree.tree",
    "html": "html.fragment",
    "page": "page.page",
    "svg": "svg.svg",
    "table": "table.table",
    "grid": "grid.grid",
    "markdown": "markdown.markdown",
    "mermaid": "mermaid.mermaid",
    "dot": "dot.dot",
    "json": "json.to_json",
    "csv": "csv.to_csv",
    "df": "frame.frame",
    "networkx": "interchange.network.to_networkx",
    "graphml": "interchange.network.graphml",
    "openlineage": "interchange.openlineage.openlineage",
    "prov": "interchange.prov.prov",
    "neptune": "interchange.neptune.neptune",
}

# The same for reports.
_REPORTS = {
    "text": "report.text.text",
    "markdown": "report.markdown.markdown",
    "html": "report.html.page",
    "fragment": "report.html.fragment",
    "json": "report.data.to_json",
    "csv": "report.data.to_csv",
    "df": "report.data.frame",
}


def _drawn_by(view: str) -> Callable[[Any], Any]:
    module, _, function = view.rpartition(".")

    def draw(subject: Answer | Report) -> Any:
        return getattr(import_module(f"{__name__}.{module}"), function)(subject)

    return draw


formats.update((name, _drawn_by(view)) for name, view in _VIEWS.items())
report_formats.update((name, _drawn_by(view)) for name, view in _REPORTS.items())
