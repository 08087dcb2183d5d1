"""Files from the explorer's menu."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

from IPython.display import Javascript, display

from sm_lineage_magics.model import Answer
from sm_lineage_magics.views.picture import Drawing
from sm_lineage_magics.views.svg import svg

# Menu entry → ending of the file, and what writes it; SVG as it is on screen, the rest whole.
_FORMATS: dict[str, tuple[str, Callable[[Answer, Drawing], str]]] = {
    "SVG": (".svg", svg),
    "HTML": (".html", lambda answer, drawing: str(answer.to("page"))),
    "Mermaid": (".mmd", lambda answer, drawing: answer.to_mermaid()),
    "DOT": (".dot", lambda answer, drawing: answer.to_dot()),
    "JSON": (".json", lambda answer, drawing: answer.to_json()),
}

_PNG = """
(function () {
  var canvas = document.querySelector("." + CLASS);
  if (!canvas || !canvas._cyreg) { return; }
  var link = document.createElement("a");
  link.download = "lineage.png";
  link.href = canvas._cyreg.cy.png({full: true, scale: 2, bg: "#ffffff"});
  link.click();
})();
"""


def save(answer: Answer, drawing: Drawing, format: str, folder: Path | None = None) -> Path:
    """Write the answer beside the notebook, never over a file; where it was written."""
    ending, write = _FORMATS[format]
    path = _free((folder or Path.cwd()) / f"lineage-{_slug(answer)}{ending}")
    path.write_text(write(answer, drawing), encoding="utf-8")
    return path


def png_script(css_class: str) -> None:
    """Have the browser save what is drawn; only it can."""
    display(Javascript(_PNG.replace("CLASS", json.dumps(css_class))))  # type: ignore[no-untyped-call]


def _slug(answer: Answer) -> str:
    words = re.findall(r"[a-z0-9]+", str(answer.question).lower())
    return "-".join(words)[:60] or "answer"


def _free(path: Path) -> Path:
    number = 1
    free = path
    while free.exists():
        number += 1
        free = path.with_stem(f"{path.stem}-{number}")
    return free
