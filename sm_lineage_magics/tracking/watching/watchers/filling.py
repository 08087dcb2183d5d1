"""Feature groups that a cell fills: record by record, or a whole frame by the SDK.

Records come by the thousand, and from threads and child processes. Of each place in the cell's
code, the first record into a group is kept; the SDK's ingestion is seen where it is begun.

>>> filling.seen({"FeatureGroupName": "customers", "Record": […]}, client)
>>> log.calls[-1].parameters
{'FeatureGroupName': 'customers'}
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from ...recognise.peek import text
from ..crew import Crew
from ..events import Call, Log, Place, Site
from ..replacing.functions import replacing
from ..replacing.patches import Patches, Wrapper

# Of version 2 of the SDK, and of version 3; both share out a frame to threads and processes.
_MODULES = (
    "sagemaker.feature_store.feature_group",
    "sagemaker.mlops.feature_store.ingestion_manager_pandas",
)
_SERVICE = "sagemaker-featurestore-runtime"


class Filling:
    """Sees which feature groups a cell fills, from which places in its code."""

    def __init__(self, log: Log, crew: Crew) -> None:
        self._log, self._crew = log, crew
        self._known: set[tuple[str, Place | Site | None]] = set()

    @contextmanager
    def watching(self) -> Iterator[None]:
        """See every ingestion of a frame begun inside the block."""
        with replacing(_MODULES, self._open):
            yield

    def seen(self, sent: Mapping[str, Any], client: Any = None) -> None:
        """Note what a call put records into."""
        place = self._log.place() or self._crew.begun_at()
        for group in _groups(sent):
            if (group, place) not in self._known:
                self._known.add((group, place))
                self._note(group, client)

    def _note(self, group: str, client: Any) -> None:
        site, order = self._log.now()
        where, sent = site or self._crew.begun_at(), {"FeatureGroupName": group}
        self._log.call(Call(_SERVICE, "PutRecord", sent, {}, client, where, order))

    def _open(self, module: ModuleType, patches: Patches) -> None:
        patches.replace(module.IngestionManagerPandas, "run", self._ingesting)

    def _ingesting(self, run: Wrapper) -> Wrapper:
        def ingesting(manager: Any, *args: Any, **kwargs: Any) -> Any:
            __tracebackhide__ = True
            done = run(manager, *args, **kwargs)
            if self._crew.here():
                self.seen({"FeatureGroupName": text(manager, "feature_group_name")})
            return done

        return ingesting


def _groups(sent: Mapping[str, Any]) -> Iterable[str]:
    """The groups of one record, or of a batch of them."""
    entries = (sent, *sent.get("Entries", ()))
    return dict.fromkeys(e["FeatureGroupName"] for e in entries if e.get("FeatureGroupName"))
