"""Giving widgets back: ipywidgets keeps every model alive until it is closed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import ipywidgets


def release(widget: Any) -> None:
    """Close a widget and every widget it holds: children, layout, style, elements."""
    waiting, seen = [widget], set()
    while waiting:
        each = waiting.pop()
        if each.comm is None or each in seen:
            continue
        seen.add(each)
        waiting.extend(_held(each))
    for each in seen:
        each.close()


def release_all(widgets: Iterable[Any]) -> None:
    """Close several."""
    for widget in widgets:
        release(widget)


def _held(widget: Any) -> Iterator[Any]:
    for name in widget.trait_names():
        value = widget._trait_values.get(name)
        values = value if isinstance(value, (list, tuple)) else (value,)
        yield from (each for each in values if isinstance(each, ipywidgets.Widget))
