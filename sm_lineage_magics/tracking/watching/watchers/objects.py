"""Objects in S3 that a cell read or wrote by calls of its own.

>>> Objects(log).seen("PutObject", {"Bucket": "shop", "Key": "raw.csv", "Body": file}, response)
>>> log.events[-1].uri
's3://shop/raw.csv'
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from ....model import vocabulary
from ...data.locations import locations
from ..events import Event, Held, Log

# What SDK 3 uploads to start a job, and what Athena keeps beside a result, is no data of anybody.
_NOT_DATA = ("/sm_drivers/", "/sourcedir.tar.gz", ".csv.metadata")


class Objects:
    """Turns calls of S3 into events."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._acts: Mapping[str, Callable[..., None]] = {
            "GetObject": self._read,
            "SelectObjectContent": self._read,
            "PutObject": self._write,
            "CompleteMultipartUpload": self._write,
            "CopyObject": self._copy,
        }

    def seen(self, operation: str, sent: Mapping[str, Any], got: Any) -> None:
        """Note one call of S3."""
        uri = f"s3://{sent.get('Bucket')}/{sent.get('Key')}"
        if is_data(uri):
            self._acts[operation](uri, sent, got)

    def _read(self, uri: str, sent: Mapping[str, Any], got: Any) -> None:
        self._log.add(Event("read", uri, "get_object", *self._log.now(), known=_known(got)))

    def _write(self, uri: str, sent: Mapping[str, Any], got: Any) -> None:
        body = sent.get("Body")
        source = next(iter(locations(_opened(body))), "")
        seen = Event("write", uri, "put_object", *self._log.now(), known=_known(got))
        self._log.add(_with(seen, Held(body), source))

    def _copy(self, uri: str, sent: Mapping[str, Any], got: Any) -> None:
        seen = Event("write", uri, "copy_object", *self._log.now())
        self._log.add(_with(seen, None, _copied(sent.get("CopySource"))))


def is_data(uri: str) -> bool:
    """Whether an object is somebody's data, rather than what a library needs to run a job."""
    return not any(part in uri for part in _NOT_DATA)


def _with(event: Event, value: Held | None, copy_of: str) -> Event:
    return replace(event, value=value, copy_of=copy_of)


def _known(response: Any) -> dict[str, str]:
    names = ((vocabulary.ETAG, "ETag"), (vocabulary.VERSION_ID, "VersionId"))
    found = {ours: response.get(theirs) for ours, theirs in names}
    return {name: str(value).strip('"') for name, value in found.items() if value}


def _opened(body: Any) -> Any:
    """The file behind a request's body: s3transfer wraps the one it reads from."""
    return getattr(body, "_fileobj", body) if not isinstance(body, (str, bytes)) else None


def _copied(source: Any) -> str:
    if isinstance(source, Mapping):
        return f"s3://{source.get('Bucket')}/{source.get('Key')}"
    return f"s3://{str(source).lstrip('/').partition('?')[0]}" if source else ""
