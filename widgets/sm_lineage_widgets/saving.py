"""Files from the explorer's menu."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

from sm_lineage_magics.model import Answer
from sm_lineage_magics.views.page import page
from sm_lineage_magics.views.picture import Drawing
from sm_lineage_magics.views.svg import svg

# Menu entry → ending of the file, and what writes it.
_AS_ON_SCREEN: dict[str, tuple[str, Callable[[Answer, Drawing], str]]] = {
    "SVG": (".svg", svg),
    "HTML": (".html", page),
}
_WHOLE: dict[str, tuple[str, Callable[[Answer], str]]] = {
    "Mermaid": (".mmd", Answer.to_mermaid),
    "DOT": (".dot", Answer.to_dot),
    "JSON": (".json", Answer.to_json),
}

_SECONDS = 20
_PNG = """
(function () {
  // An output is run again when its page is loaded again.
  if (Date.now() > UNTIL) { return; }
  var canvas = document.querySelector("." + CLASS);
  if (!canvas || !canvas._cyreg) { return; }
  var link = document.createElement("a");
  link.download = "lineage.png";
  link.href = canvas._cyreg.cy.png({full: true, scale: 2, bg: "#ffffff"});
  link.click();
})();
"""


def save(whole: Answer, shown: Answer, drawing: Drawing, format: str) -> Path:
    """Write the answer beside the notebook, never over a file; where it was written.

    Args:
        whole: all that is known.
        shown: the part of it that is on screen: what pictures are of.
        drawing: how it is drawn there.
        format: an entry of the menu.
    """
    if format in _AS_ON_SCREEN:
        ending, draw = _AS_ON_SCREEN[format]
        text = draw(shown, drawing)
    else:
        ending, write = _WHOLE[format]
        text = write(whole)
    names = _names(Path.cwd() / f"lineage-{_slug(whole)}{ending}")
    return next(path for path in names if _written(path, text))


def png_script(css_class: str) -> str:
    """What has the browser save what is drawn; only it can."""
    until = int(time.time() + _SECONDS) * 1000
    return _PNG.replace("CLASS", json.dumps(css_class)).replace("UNTIL", str(until))


def _slug(answer: Answer) -> str:
    words = re.findall(r"[a-z0-9]+", str(answer.question).lower())
    return "-".join(words)[:60] or "answer"


def _names(path: Path) -> Iterator[Path]:
    yield path
    yield from (path.with_stem(f"{path.stem}-{number}") for number in count(2))


def _written(path: Path, text: str) -> bool:
    """Write a whole file where there is none; whether there was none."""
    try:
        out = path.open("xb")
    except FileExistsError:
        return False
    try:
        with out:
            # Names may hold what UTF-8 has no letter for.
            out.write(text.encode("utf-8", errors="replace"))
    except BaseException:
        # Half a file would be taken for the whole.
        path.unlink(missing_ok=True)
        raise
    return True
