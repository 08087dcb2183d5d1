"""The notebook door: a line becomes a command, the command an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

    from .lineage import LineageMagics


def load(shell: InteractiveShell) -> None:
    """Register the magics in `shell`; a second time changes nothing.

    Raises:
        UsageError: when a setting is unknown or has a value it cannot take.
    """
    if loaded(shell):
        return
    from .lineage import LineageMagics, one_line_errors
    from .settings.config import IPYTHON, Layer, settings_from
    from .settings.layers import found

    by_ipython = Layer(IPYTHON, dict(shell.config.LineageMagics))
    with one_line_errors():
        magics = LineageMagics(shell, settings_from((*found(), by_ipython)))
    magics.register()
    magics.session.say(f"%lineage asks {magics.session.settings.where}; %lineage help tells how.")


def unload(shell: InteractiveShell) -> None:
    """Take everything back that `load` gave to `shell`."""
    magics = loaded(shell)
    if magics is not None:
        magics.unregister()


def loaded(shell: InteractiveShell) -> LineageMagics | None:
    """The magics registered in `shell`, or None."""
    magics: LineageMagics | None = shell.magics_manager.registry.get("LineageMagics")
    return magics
