"""Which notebook this is, where the front end says so; never guessed, and never asked of a server.

>>> notebook_path({}, {"JPY_SESSION_NAME": "/home/me/churn.ipynb"})
PosixPath('/home/me/churn.ipynb')
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def notebook_path(
    namespace: Mapping[str, Any] | None = None, environment: Mapping[str, str] | None = None
) -> Path | None:
    """The notebook's file, or None when nobody says which it is.

    Visual Studio Code leaves a variable in the notebook, jupyter_server (from 2.0) the session's
    name in the kernel's environment; `IPYNB_FILE` is for those who set it themselves.
    """
    environment = os.environ if environment is None else environment
    said = (
        (namespace or {}).get("__vsc_ipynb_file__"),
        environment.get("IPYNB_FILE"),
        environment.get("JPY_SESSION_NAME"),
    )
    # A console's session has a name too, which is no file.
    named = (name for name in said if isinstance(name, str) and name.endswith(".ipynb"))
    return next(map(Path, named), None)
