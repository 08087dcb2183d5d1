"""Lineage of SageMaker features, models and endpoints, asked in the notebook.

>>> from sm_lineage_magics import Lineage
>>> lineage = Lineage.open(":memory:")

In a notebook: `%load_ext sm_lineage_magics`, then `%lineage help`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

    # For type checkers and editors, which cannot see what is imported when it is first asked for.
    from .errors import LineageError as LineageError
    from .lineage import Lineage as Lineage
    from .model import Answer as Answer
    from .model import Association as Association
    from .model import Entity as Entity
    from .model import Gap as Gap
    from .model import LineageGraph as LineageGraph

__version__ = "0.1.0"

# Public names and the rooms they live in; a name's room is imported when it is first asked for.
_ROOMS = {
    "Answer": "model",
    "Association": "model",
    "Entity": "model",
    "Gap": "model",
    "LineageGraph": "model",
    "LineageError": "errors",
    "Lineage": "lineage",
}

__all__ = [*sorted(_ROOMS), "load", "load_ipython_extension", "unload_ipython_extension"]


def __getattr__(name: str) -> Any:
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_ROOMS[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *_ROOMS])


def load_ipython_extension(shell: InteractiveShell) -> None:
    """What `%load_ext sm_lineage_magics` calls: register `%lineage` and `%%lineage`."""
    from .magics import load

    load(shell)


def unload_ipython_extension(shell: InteractiveShell) -> None:
    """What `%unload_ext sm_lineage_magics` calls: take everything back."""
    from .magics import unload

    unload(shell)


def load() -> None:
    """Register the magics in the running shell, from Python.

    Raises:
        LineageError: when no IPython shell is running.
    """
    from IPython.core.getipython import get_ipython

    from .errors import LineageError

    shell = get_ipython()
    if shell is None:
        raise LineageError("No IPython shell is running. Expected to be called in a notebook.")
    load_ipython_extension(shell)
