"""S3 objects of the sandbox, by URI.

>>> objects = Objects(session.client("s3"))
>>> objects.write("s3://bucket/key", b"text")
>>> list(objects.under("s3://bucket/"))
['s3://bucket/key']
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from botocore.exceptions import ClientError, ParamValidationError

from ...errors import QuestionError


class Unwritable(QuestionError):
    """S3 takes no object there; says where and why."""


class Objects:
    """Reads and writes whole objects."""

    def __init__(self, s3: Any) -> None:
        self._s3 = s3

    def write(self, uri: str, body: bytes) -> None:
        """Write an object; its bucket is made when there is none.

        Raises:
            Unwritable: when there can be no such bucket or object.
        """
        bucket, key = _parts(uri)
        try:
            self.make_bucket(bucket)
            self._s3.put_object(Bucket=bucket, Key=key, Body=body)
        except ParamValidationError as error:
            # botocore itself refuses what can be no bucket's name.
            raise Unwritable(f"Unable to upload file to {uri} (InvalidBucketName)") from error
        except ClientError as error:
            why = error.response["Error"]["Code"]
            raise Unwritable(f"Unable to upload file to {uri} ({why})") from error

    def read(self, uri: str) -> bytes:
        """The content of an object."""
        bucket, key = _parts(uri)
        return bytes(self._s3.get_object(Bucket=bucket, Key=key)["Body"].read())

    def under(self, uri: str) -> Iterator[str]:
        """The URIs of the objects whose URI begins like this; none when there is no bucket."""
        bucket, prefix = _parts(uri)
        if not self._has(bucket):
            return
        pages = self._s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix)
        for page in pages:
            for found in page.get("Contents", ()):
                if not found["Key"].endswith("/"):
                    yield f"s3://{bucket}/{found['Key']}"

    def make_bucket(self, bucket: str) -> None:
        """Make a bucket unless there is one."""
        if self._has(bucket):
            return
        region = self._s3.meta.region_name
        where = {"CreateBucketConfiguration": {"LocationConstraint": region}}
        self._s3.create_bucket(Bucket=bucket, **({} if region == "us-east-1" else where))

    def _has(self, bucket: str) -> bool:
        try:
            self._s3.head_bucket(Bucket=bucket)
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
                return False
            raise
        return True


def _parts(uri: str) -> tuple[str, str]:
    parts = urlsplit(uri, allow_fragments=False)
    return parts.netloc, parts.path.lstrip("/")
