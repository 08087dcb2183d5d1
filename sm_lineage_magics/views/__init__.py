"""Graph to text, table, picture and file. Importing it registers every format of `Answer.to`.

>>> import sm_lineage_magics.views
>>> print(answer.to("text"))
upstream churn
● churn · model
…

A format's module is imported when the format is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from ..model import Answer, formats

# Format → module of this package and the function in it that takes an answer.
_VIEWS = {
    "text": "tree.tree",
    "html": "html.fragment",
    "table": "table.table",
    "mermaid": "mermaid.mermaid",
    "json": "json.to_json",
    "df": "frame.frame",
}


def _register(name: str, view: str) -> None:
    module, _, function = view.partition(".")

    def draw(answer: Answer) -> Any:
        return getattr(import_module(f"{__name__}.{module}"), function)(answer)

    formats[name] = draw


for _name, _view in _VIEWS.items():
    _register(_name, _view)
