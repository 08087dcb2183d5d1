"""Small JSON documents kept beside lineage: trials, experiments and who belongs to whom.

>>> trials = Records(store, "emulator.trials")
>>> trials.put("monday", {"ExperimentName": "churn"})
>>> trials.get("Monday")
{'ExperimentName': 'churn'}

Names are matched without regard to case, as the service matches them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ..backends.local import Store

Record = dict[str, Any]


class Records:
    """Documents of one sort, by name."""

    def __init__(self, store: Store, topic: str) -> None:
        self._store = store
        self._topic = topic

    def get(self, name: str) -> Record | None:
        """The document of a name, if there is one."""
        return self.all().get(name.lower())

    def all(self) -> dict[str, Record]:
        """All documents by lower-case name."""
        return {key: json.loads(text) for key, text in self._store.notes(self._topic).items()}

    def put(self, name: str, record: Mapping[str, Any]) -> None:
        """Write a document, in place of the one there was."""
        self._store.note(self._topic, name.lower(), json.dumps(record, sort_keys=True))

    def forget(self, name: str) -> None:
        """Delete a document; nothing happens when there is none."""
        self._store.forget_note(self._topic, name.lower())
