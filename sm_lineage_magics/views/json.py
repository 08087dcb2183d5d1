"""An answer as JSON that `import` reads again: every entity, association, gap and the question."""

from __future__ import annotations

import json

from ..model import Answer
from ..model.serial import answer_from_dict, answer_to_dict


def to_json(answer: Answer) -> str:
    """The whole answer, indented; see `model.serial` for the shape."""
    return json.dumps(answer_to_dict(answer), indent=2)


def from_json(text: str) -> Answer:
    """The answer `to_json` wrote.

    Raises:
        FormatError: when the text is not JSON or not an answer.
    """
    from ..errors import FormatError

    try:
        data = json.loads(text)
    except ValueError as error:
        raise FormatError(f"Not JSON: {error}. Expected a file that export wrote.") from error
    return answer_from_dict(data)
