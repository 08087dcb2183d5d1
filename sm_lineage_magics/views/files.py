"""Answers and reports to files; the ending says the format.

>>> save(answer, "churn.svg")
PosixPath('churn.svg')
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from ..errors import FormatError
from ..model import Answer, Report

# The longest ending that fits counts: `.ol.json` before `.json`.
FILE_FORMATS: Mapping[str, str] = {
    ".svg": "svg",
    ".html": "page",
    ".md": "markdown",
    ".mmd": "mermaid",
    ".dot": "dot",
    ".json": "json",
    ".csv": "csv",
    ".ol.json": "openlineage",
    ".prov.json": "prov",
    ".neptune": "neptune",
    ".graphml": "graphml",
    ".txt": "text",
}

REPORT_FILE_FORMATS: Mapping[str, str] = {
    ".md": "markdown",
    ".html": "html",
    ".json": "json",
    ".csv": "csv",
    ".txt": "text",
}


def format_of(path: str | Path, endings: Mapping[str, str] = FILE_FORMATS) -> str:
    """The format a file's name asks for.

    Raises:
        FormatError: when its ending is none of `endings`.
    """
    name = Path(path).name.lower()
    for ending in sorted(endings, key=len, reverse=True):
        if name.endswith(ending):
            return endings[ending]
    raise FormatError(f"{Path(path).name!r} has no known ending. Expected {', '.join(endings)}.")


def save(shown: Answer | Report, path: str | Path) -> Path:
    """Write an answer or a report whole, or not at all, over what was there.

    `.neptune` is a folder of the bulk loader's two files.

    Raises:
        FormatError: when the ending is not known, or the file cannot be written.
    """
    target = Path(path).expanduser()
    endings = REPORT_FILE_FORMATS if isinstance(shown, Report) else FILE_FORMATS
    content = shown.to(format_of(target, endings))
    try:
        if isinstance(content, Mapping):
            target.mkdir(exist_ok=True)
            for name, text in content.items():
                _write(target / name, text)
        else:
            _write(target, content)
    except OSError as error:
        raise FormatError(
            f"Cannot write {str(target)!r}: {error.strerror}. Expected a file in a folder that "
            "exists and may be written."
        ) from error
    return target


def _write(path: Path, text: str) -> None:
    """Through a file beside it, so that a reader never sees half of it."""
    handle, beside = tempfile.mkstemp(prefix=f".{path.name[:40]}.", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace", newline="\n") as file:
            file.write(text)
        Path(beside).chmod(0o666 & ~_umask())
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
