"""The terminal a shell writes to, if it writes to one.

>>> columns_of(shell)
80
"""

from __future__ import annotations

import shutil
import sys
from typing import Any


def columns_of(shell: Any) -> int | None:
    """The columns of the terminal a shell writes to; None of a notebook and of a file."""
    if not sys.stdout.isatty():
        return None
    from IPython.terminal.interactiveshell import TerminalInteractiveShell

    is_terminal = isinstance(shell, TerminalInteractiveShell)
    return shutil.get_terminal_size().columns if is_terminal else None
