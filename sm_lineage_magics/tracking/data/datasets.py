"""Files and S3 objects as lineage entities.

>>> dataset("file:///home/me/raw.csv").name
'raw.csv'
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import unquote

from ...model import Entity, Home, last_part, vocabulary
from ..code.scripts import digest_of
from .locations import local_path

# A file's content is part of the evidence as long as reading it costs next to nothing.
MOST_BYTES = 16 * 1024 * 1024


def dataset(uri: str, known: Mapping[str, str] | None = None) -> Entity:
    """A data set, identified by its URI."""
    properties = {**_measured(uri), **(known or {})}
    return Entity(
        Home().artifact(uri), "Artifact", "DataSet", _name(uri), uri, properties=properties
    )


def model(uri: str, name: str = "", known: Mapping[str, str] | None = None) -> Entity:
    """A saved model, identified by the URI of its file; `name` is what people call it."""
    properties = {**_measured(uri), **(known or {})}
    if name:
        properties[vocabulary.MODEL_NAME] = name
    return Entity(
        Home().artifact(uri), "Artifact", "Model", name or _name(uri), uri, properties=properties
    )


def exists(uri: str) -> bool:
    """Whether a URI names something; of what is not on this machine it is taken to."""
    path = local_path(uri)
    return path is None or path.exists()


def _name(uri: str) -> str:
    return unquote(last_part(uri)) if uri.startswith("file:") else last_part(uri)


def _measured(uri: str) -> dict[str, str]:
    path = local_path(uri)
    if path is None or not path.is_file():
        return {}
    size = path.stat().st_size
    digest = digest_of(path) if size <= MOST_BYTES else ""
    return {vocabulary.SIZE: str(size)} | ({vocabulary.SHA256: digest} if digest else {})
