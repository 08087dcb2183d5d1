"""One thing at a time: what a page sends may reach a view in more than one thread.

ipykernel 7 handles what JupyterLab sends for widgets in a thread beside the one that runs cells,
version 7.4 now in the one and now in the other (it answers where a widget was last sent from).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

Arguments = ParamSpec("Arguments")


def in_turn(
    act: Callable[Concatenate[Any, Arguments], None],
) -> Callable[Concatenate[Any, Arguments], None]:
    """Have a method of a view wait for the others, and do nothing once the view is closed.

    The view's `turn` is a lock that a thread may take again.
    """

    @wraps(act)
    def waiting(view: Any, /, *args: Arguments.args, **named: Arguments.kwargs) -> None:
        with view.turn:
            if view.comm is not None:
                act(view, *args, **named)

    return waiting
