"""The notebook door: a line becomes a command, the command an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell


def load(shell: InteractiveShell) -> None:
    """Register the magics in `shell`."""


def unload(shell: InteractiveShell) -> None:
    """Take them back."""
