"""What to ask now that something was recorded, as a line of text.

>>> advice(lineage, recording.answer)
'Ask %lineage upstream model:churn or %lineage downstream raw.csv'
"""

from __future__ import annotations

import re

from ..lineage import Lineage
from ..lineage.subjects import text_of
from ..model import Answer, Entity, Reference
from ..tracking.recording.questions import questions

# A name that is neither a variable's nor a selector.
_FILE = re.compile(r"[\w-]+(?:\.[\w-]+)+")


def advice(lineage: Lineage, answer: Answer) -> str:
    """The lines that ask about what was recorded; empty when there is nothing to ask."""
    lines = questions(answer, lambda entity: _typed(lineage, entity))
    return f"Ask {' or '.join(lines)}" if lines else ""


def _typed(lineage: Lineage, entity: Entity) -> str:
    """A file by its name alone, where a store that is asked at no cost knows no other of it."""
    from ..backends.local import LocalBackend

    label, backend = entity.label, lineage.backend
    if not isinstance(backend, LocalBackend) or not _FILE.fullmatch(label):
        return text_of(entity)
    meant = backend.resolve(Reference.parse(label))
    return label if [each.arn for each in meant] == [entity.arn] else text_of(entity)
