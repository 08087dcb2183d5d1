"""Lineage out of files: what `export` wrote as JSON.

>>> read("churn.json").graph
LineageGraph(…)
"""

from __future__ import annotations

import json
from pathlib import Path

from .errors import FormatError
from .model import Answer
from .model.serial import answer_from_dict


def read(file: str | Path) -> Answer:
    """The answer that was written as JSON.

    Raises:
        FormatError: when the file cannot be read or holds something else.
    """
    path = Path(file).expanduser()
    try:
        return answer_from_dict(json.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise FormatError(f"{path} cannot be read: {error.strerror}.") from error
    except (ValueError, RecursionError) as error:
        raise FormatError(
            f"{path} is not JSON. Expected a file that %lineage export wrote as .json."
        ) from error
