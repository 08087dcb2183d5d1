"""Files that a cell copies to and from S3, whichever of boto3's or the SDK's ways it takes.

All of them end in one class of s3transfer, on the thread of the caller, where both ends are
still known; the calls of the service that follow are made by other threads and know one.

>>> with Transfers(log, Crew()).watching():
...     s3.upload_file("train.csv", "shop", "train/train.csv")
>>> log.events[-1].copy_of
'file:///home/me/train.csv'
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from ...data.locations import locations
from ..crew import Crew
from ..events import Event, Log
from ..replacing.functions import replacing
from ..replacing.patches import Patches, Wrapper
from .objects import is_data

# The second one is boto3's choice on hosts where the AWS Common Runtime is installed.
_MANAGERS = {
    "s3transfer.manager": "TransferManager",
    "s3transfer.crt": "CRTTransferManager",
}


class Transfers:
    """Sees what a cell uploads to and downloads from S3."""

    def __init__(self, log: Log, crew: Crew) -> None:
        self._log, self._crew = log, crew

    @contextmanager
    def watching(self) -> Iterator[None]:
        """See every transfer begun inside the block."""
        with replacing(_MANAGERS.keys(), self._open):
            yield

    def _open(self, module: ModuleType, patches: Patches) -> None:
        manager = getattr(module, _MANAGERS[module.__name__])
        patches.replace(manager, "upload", self._uploading)
        patches.replace(manager, "download", self._downloading)

    def _uploading(self, upload: Wrapper) -> Wrapper:
        def uploading(
            manager: Any, fileobj: Any, bucket: str, key: str, *rest: Any, **more: Any
        ) -> Any:
            __tracebackhide__ = True
            future = upload(manager, fileobj, bucket, key, *rest, **more)
            self._copied("upload_file", fileobj, f"s3://{bucket}/{key}")
            return future

        return uploading

    def _downloading(self, download: Wrapper) -> Wrapper:
        def downloading(
            manager: Any, bucket: str, key: str, fileobj: Any, *rest: Any, **more: Any
        ) -> Any:
            __tracebackhide__ = True
            future = download(manager, bucket, key, fileobj, *rest, **more)
            self._read("download_file", f"s3://{bucket}/{key}", fileobj)
            return future

        return downloading

    def _copied(self, call: str, source: Any, uri: str) -> None:
        if not self._crew.here() or not is_data(uri):
            return
        site, order = self._log.now()
        local = next(iter(locations(source)), "")
        self._log.add(Event("write", uri, call, site, order, copy_of=local))

    def _read(self, call: str, uri: str, target: Any) -> None:
        if not self._crew.here():
            return
        site, order = self._log.now()
        self._log.add(Event("read", uri, call, site, order))
        local = next(iter(locations(target)), "")
        if local:
            self._log.add(Event("write", local, call, site, order, copy_of=uri))
