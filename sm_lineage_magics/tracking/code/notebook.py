"""Which notebook this is, where the front end says so; never guessed, and never asked of a server.

>>> notebook_path({}, {"JPY_SESSION_NAME": "/home/me/churn.ipynb"})
PosixPath('/home/me/churn.ipynb')
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

# What SageMaker writes for the apps of Studio and for notebook instances: which of them this is.
RESOURCE = Path("/opt/ml/metadata/resource-metadata.json")


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


def workplace(file: Path = RESOURCE) -> str:
    """The ARN of the Studio app or notebook instance this runs on; empty anywhere else.

    It names the person's space, not the notebook: two people's `/home/sagemaker-user/x.ipynb` are
    told apart by it.
    """
    try:
        said = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ""
    arn = said.get("ResourceArn") if isinstance(said, dict) else None
    return arn if isinstance(arn, str) and arn.startswith("arn:") else ""
