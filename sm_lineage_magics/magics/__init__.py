"""The notebook door: a line becomes a command, the command an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

    from .lineage import LineageMagics

_loaded: dict[int, LineageMagics] = {}


def load(shell: InteractiveShell) -> None:
    """Register the magics in `shell`; a second time changes nothing."""
    if id(shell) in _loaded:
        return
    from .lineage import LineageMagics

    magics = LineageMagics(shell)
    shell.register_magics(magics)
    magics.formatters.register()
    _loaded[id(shell)] = magics


def unload(shell: InteractiveShell) -> None:
    """Take everything back that `load` gave to `shell`."""
    magics = _loaded.pop(id(shell), None)
    if magics is None:
        return
    for kind in ("line", "cell"):
        shell.magics_manager.magics[kind].pop("lineage", None)
    shell.magics_manager.registry.pop("LineageMagics", None)
    magics.formatters.unregister()
    magics.session.close()
