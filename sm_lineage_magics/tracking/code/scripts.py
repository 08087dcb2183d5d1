"""Scripts and notebook cells as lineage entities: which code, at which commit.

A file that is as its commit says is identified by its permalink. Any other is identified by its
file and the digest of what is in it, so that two states of one script stay two.

>>> code_of("src/train.py").source_uri
'https://github.com/shop/churn/blob/9f3c…/src/train.py'
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from ...model import Entity, Home
from .git import Place, place_of

UNKNOWN_NOTEBOOK = "notebook:unknown"

# A source folder may hold data too; beyond this its content is not read.
MOST_FILES = 2_000
MOST_BYTES = 64 * 1024 * 1024

_BLOCK = 1024 * 1024
_NOT_CODE = frozenset({".git", "__pycache__", ".ipynb_checkpoints", ".venv", "node_modules"})


def code_of(path: str | Path, home: Home | None = None) -> Entity:
    """A script or a folder of sources, as an artifact of type `Code`.

    Args:
        path: where it is on this machine; it need not exist any more.
        home: whose ARN it gets; the embedded store's when None.
    """
    path = Path(path).expanduser().absolute()
    place, digest = place_of(path), digest_of(path)
    fixed = place is not None and place.clean and _permalink(place, path)
    return _code(_uri(place, path), "" if fixed else digest, digest, place, home, {})


def code_of_cell(
    source: str,
    notebook: str | Path | None = None,
    home: Home | None = None,
    workplace: str = "",
) -> Entity:
    """A notebook's cell, as an artifact of type `Code` that keeps the cell's own source.

    Args:
        source: the cell's text.
        notebook: where the notebook is on this machine; None when that is not known.
        home: whose ARN it gets; the embedded store's when None.
        workplace: the ARN of the Studio app or notebook instance it runs on, if it is one.
    """
    digest = hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest()
    path = Path(notebook).expanduser().absolute() if notebook else None
    place = place_of(path) if path else None
    uri = _uri(place, path) if path else UNKNOWN_NOTEBOOK
    cell = _code(uri, digest, digest, place, home, {"Source": source}, f"cell-{digest[:8]}")
    if not workplace:
        return cell
    metadata = {**cell.details.get("metadata", {}), "generated_by": workplace}
    return replace(cell, details={**cell.details, "metadata": metadata})


def digest_of(path: Path) -> str:
    """The SHA-256 of a file, or of a folder's names and contents; empty when it cannot be read."""
    try:
        if path.is_file():
            return _file_digest(path)
        return _folder_digest(path) if path.is_dir() else ""
    except OSError:
        return ""


def _code(
    uri: str,
    told_apart: str,
    digest: str,
    place: Place | None,
    home: Home | None,
    properties: Mapping[str, str],
    name: str = "",
) -> Entity:
    types = [("Custom", told_apart)] if told_apart else []
    return Entity(
        arn=(home or Home()).artifact(uri, types),
        kind="Artifact",
        type="Code",
        name=name,
        source_uri=uri,
        properties=dict(properties) | _state(place, digest),
        details=_details(place, types),
    )


def _state(place: Place | None, digest: str) -> dict[str, str]:
    known = place is not None and place.clean is not None
    dirty = {"Dirty": str(not place.clean).lower()} if place and known else {}
    return dirty | ({"Sha256": digest} if digest else {})


def _details(place: Place | None, types: list[tuple[str, str]]) -> dict[str, Any]:
    details: dict[str, Any] = {"source_types": [list(pair) for pair in types]} if types else {}
    if place:
        repository = {"repository": place.remote.repository} if place.remote else {}
        details["metadata"] = {"commit_id": place.commit} | repository
    return details


def _uri(place: Place | None, path: Path) -> str:
    return (place and _permalink(place, path)) or path.as_uri()


def _permalink(place: Place, path: Path) -> str | None:
    # A file the commit does not have has no page there.
    if place.remote is None or not place.tracked:
        return None
    return place.remote.permalink(place.commit, place.path, folder=path.is_dir())


def _file_digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _folder_digest(folder: Path) -> str:
    """The digest of a folder of sources; empty when it holds more than sources would."""
    digest, files, size = hashlib.sha256(), 0, 0
    for path in _sources(folder):
        files, size = files + 1, size + path.stat().st_size
        if files > MOST_FILES or size > MOST_BYTES:
            return ""
        name = path.relative_to(folder).as_posix()
        digest.update(f"{name}\0{_file_digest(path)}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _sources(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name in _NOT_CODE or path.is_symlink():
            continue
        if path.is_dir():
            yield from _sources(path)
        elif path.is_file():
            yield path
