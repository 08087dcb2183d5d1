"""What a function was given as a file, as the URI lineage knows it by.

>>> locations("s3a://shop/raw.csv"), locations("https://user:pw@host/raw.csv?token=x")
(('s3://shop/raw.csv',), ('https://host/raw.csv',))
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ..secrets import unsigned

_S3 = ("s3", "s3a", "s3n")
# What begins the settings of a URI, as in `jdbc:redshift://host/db;UID=me?ssl=true`.
_SETTINGS = re.compile("[?#;]")


def locations(target: Any) -> tuple[str, ...]:
    """The URIs of a path, a URI, an open file, or a list of these; none of what is none."""
    if isinstance(target, (list, tuple, set, frozenset)):
        return tuple(uri for each in target for uri in locations(each))
    text = _text(target)
    return (location(text),) if text else ()


def location(text: str) -> str:
    """One path or URI as a URI, without credentials and without a query string."""
    if "://" not in text:
        return Path(text).expanduser().absolute().as_uri()
    scheme, _, place = text.partition("://")
    scheme = scheme.lower()
    if scheme == "file":
        return text
    # An S3 key may hold any character; elsewhere secrets stand behind one of these.
    place = unsigned(place) if scheme in _S3 else _SETTINGS.split(place, maxsplit=1)[0]
    host, _, path = place.partition("/")
    return f"{'s3' if scheme in _S3 else scheme}://{host.rpartition('@')[2]}/{path}"


def local_path(uri: str) -> Path | None:
    """The file on this machine a URI names, or None when it names something elsewhere."""
    from urllib.request import url2pathname

    parts = urlsplit(uri)
    return Path(url2pathname(parts.path)) if parts.scheme == "file" else None


def _text(target: Any) -> str:
    if isinstance(target, os.PathLike):
        target = os.fspath(target)
    if isinstance(target, str):
        return target if _is_a_name(target) else ""
    # Open files say their path as `name`, ExcelWriter as `path`, ExcelFile as `_io`.
    for attribute in ("name", "path", "_io"):
        named = getattr(target, attribute, None)
        if isinstance(named, (str, os.PathLike)) and _text(named):
            return _text(named)
    return ""


def _is_a_name(text: str) -> bool:
    # Some readers take the data itself as text.
    return bool(text.strip()) and "\n" not in text and text.lstrip()[0] not in "{[<"
