"""Answers and reports to files and back; a file's ending says its format.

>>> write(answer, "churn.svg")
PosixPath('churn.svg')
>>> read("churn.json").graph
LineageGraph(…)
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from stat import S_ISREG

from ..errors import FormatError, QuestionError
from ..model import Answer, Report
from ..model.serial import answer_from_dict

# Ending → format of `Answer.to`. The longest ending that fits counts.
ANSWER_ENDINGS = {
    ".svg": "svg",
    ".html": "page",
    ".md": "markdown",
    ".mmd": "mermaid",
    ".dot": "dot",
    ".json": "json",
    ".csv": "csv",
    ".txt": "text",
    ".ol.json": "openlineage",
    ".prov.json": "prov",
    ".graphml": "graphml",
    ".neptune": "neptune",
}

# The same for reports.
REPORT_ENDINGS = {
    ".md": "markdown",
    ".html": "html",
    ".json": "json",
    ".csv": "csv",
    ".txt": "text",
}


def write(what: Answer | Report, file: str | Path) -> Path:
    """Write an answer or a report whole, or not at all, over what was there.

    `.neptune` is a folder of the bulk loader's two files.

    Raises:
        FormatError: when the ending is none that is known, or the file cannot be written.
    """
    path = Path(file).expanduser()
    endings = REPORT_ENDINGS if isinstance(what, Report) else ANSWER_ENDINGS
    content = what.to(format_of(path, endings))
    try:
        if isinstance(content, Mapping):
            path.mkdir(exist_ok=True)
            for name, text in content.items():
                _write(path / name, text)
        else:
            _write(path, content)
    except OSError as error:
        raise _unwritten(path, error) from error
    return path


def write_new(path: Path, text: str) -> None:
    """Write a file that is not there yet.

    Raises:
        QuestionError: when it is.
        FormatError: when it cannot be written.
    """
    try:
        with path.open("x", encoding="utf-8") as out:
            out.write(text)
    except FileExistsError as error:
        raise QuestionError(f"{path} exists already. Give another name.") from error
    except OSError as error:
        raise _unwritten(path, error) from error


def format_of(file: str | Path, endings: Mapping[str, str]) -> str:
    """The format that the ending of a file stands for.

    Raises:
        FormatError: when it stands for none.
    """
    name = Path(file).name
    fitting = [ending for ending in endings if name.lower().endswith(ending)]
    if not fitting:
        raise FormatError(
            f"{name!r} does not end in a format. Expected one of: {', '.join(endings)}."
        )
    return endings[max(fitting, key=len)]


def _unwritten(path: Path, error: OSError) -> FormatError:
    return FormatError(
        f"{path} cannot be written: {error.strerror}. Expected a file in a folder that exists "
        "and may be written."
    )


def _write(path: Path, text: str) -> None:
    """Through a file beside it, so that a reader never sees half of it."""
    beside = path.with_name(f".{path.name[:40]}.{os.getpid()}.part")
    try:
        beside.write_text(text, encoding="utf-8", errors="replace", newline="\n")
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def read(file: str | Path) -> Answer:
    """The answer that was written as JSON, or the lineage that OpenLineage events tell.

    Raises:
        FormatError: when the file cannot be read or holds something else.
    """
    path = Path(file).expanduser()
    try:
        return _answer_in(_text_of(path))
    except FormatError as error:
        raise FormatError(f"{path}: {error}") from error
    except OSError as error:
        raise FormatError(f"{path} cannot be read: {error.strerror}.") from error
    except (ValueError, RecursionError) as error:
        raise FormatError(
            f"{path} is not JSON. Expected a file that %lineage export wrote as .json or .ol.json, "
            "or another tool's OpenLineage events, one a line."
        ) from error


def _text_of(path: Path) -> str:
    if not S_ISREG(path.stat().st_mode):
        # A pipe would be waited for, a device like /dev/zero read without end.
        raise FormatError("It is a folder, a pipe or a device. Expected a file.")
    return path.read_text(encoding="utf-8")


def _answer_in(text: str) -> Answer:
    from ..views.interchange import openlineage

    documents = openlineage.documents_in(text)
    if any(map(openlineage.is_event, documents)):
        return Answer(openlineage.graph_of(documents))
    return answer_from_dict(next(iter(documents), {}))
