"""What surrounds a query: UNLOAD, PREPARE, EXECUTE, EXPLAIN, which no grammar we use has.

>>> unwrapped("UNLOAD (SELECT 1) TO 's3://bucket/out/' WITH (format = 'PARQUET')")
Statement(query='SELECT 1', verb='unload', location='s3://bucket/out/', …)
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from .facts import Verb
from .scan import closing, silenced

_UNLOAD = re.compile(r"\s*UNLOAD\s*(?=\()", re.IGNORECASE)
_TO = re.compile(r"\s*TO\s*'((?:[^']|'')*)'", re.IGNORECASE)
_PREPARE = re.compile(r"\s*PREPARE\s+(\"[^\"]+\"|\w+)\s+FROM\s+", re.IGNORECASE)
_EXECUTE = re.compile(r"\s*EXECUTE\s+(\"[^\"]+\"|\w+)\s*(?:USING\b(.*))?", re.I | re.DOTALL)
_IMMEDIATE = re.compile(
    r"\s*EXECUTE\s+IMMEDIATE\s+'((?:[^']|'')*)'\s*(?:USING\b(.*))?", re.I | re.S
)
_EXPLAIN = re.compile(r"\s*EXPLAIN\s+(ANALYZE\s+(?:VERBOSE\s+)?)?(?:\([^)]*\)\s*)?", re.IGNORECASE)
_FIRST = re.compile(r"[\s(]*([A-Za-z]+)")

_VERBS: dict[str, Verb] = {
    "SELECT": "select",
    "WITH": "select",
    "TABLE": "select",
    "VALUES": "select",
    "CREATE": "create-table",
    "INSERT": "insert",
    "MERGE": "change",
    "UPDATE": "change",
    "DELETE": "change",
}

# Statements that read no rows. Any other word at the start is one that is not understood.
_NO_ROWS = re.compile(
    r"alter|analyze|call|comment|commit|deallocate|desc|describe|drop|grant|msck|optimize|refresh"
    r"|reset|revoke|rollback|set|show|start|truncate|use|vacuum",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Statement:
    """A query taken out of what surrounds it.

    Attributes:
        query: the text to parse; empty when the statement reads no rows.
        verb: what is done with the rows.
        location: where UNLOAD writes them.
        parameters: how many values EXECUTE hands over.
        missing: the name of a prepared statement whose text is not known.
    """

    query: str
    verb: Verb
    location: str = ""
    parameters: int = 0
    missing: str = ""


def unwrapped(text: str, prepared: Mapping[str, str] | None = None) -> Statement:
    """Take a query out of its surroundings; `prepared` has the texts EXECUTE may name."""
    code = silenced(text)
    for form, read in ((_UNLOAD, _unload), (_PREPARE, _prepare), (_EXPLAIN, _explain)):
        if match := form.match(code):
            return read(text, match)
    if re.match(r"\s*EXECUTE\s", code, re.IGNORECASE):
        return _execute(text, prepared or {})
    first = _FIRST.match(code)
    word = first[1] if first else ""
    reads = code.strip(" \t\r\n;") and not _NO_ROWS.fullmatch(word)
    return Statement(text if reads else "", _VERBS.get(word.upper(), "other"))


def name_of_prepared(text: str) -> tuple[str, str] | None:
    """The name and the text that a PREPARE statement gives it, or None for another statement."""
    match = _PREPARE.match(silenced(text))
    return (_name(match[1]), text[match.end() :]) if match else None


def _unload(text: str, match: re.Match[str]) -> Statement:
    end = closing(text, match.end())
    if end is None:
        return Statement(text[match.end() + 1 :], "unload")
    to = _TO.match(text, end + 1)
    return Statement(text[match.end() + 1 : end], "unload", to[1].replace("''", "'") if to else "")


def _prepare(text: str, match: re.Match[str]) -> Statement:
    return Statement(text[match.end() :], "prepare")


def _explain(text: str, match: re.Match[str]) -> Statement:
    # Only EXPLAIN ANALYZE runs what it explains.
    return unwrapped(text[match.end() :]) if match[1] else Statement("", "other")


def _execute(text: str, prepared: Mapping[str, str]) -> Statement:
    immediate = _IMMEDIATE.match(text)
    match = immediate or _EXECUTE.match(text)
    if match is None:
        return Statement("", "other")
    values = _values(match[2] or "")
    if immediate:
        return _with(unwrapped(match[1].replace("''", "'")), values)
    known = {name.lower(): query for name, query in prepared.items()}
    query = known.get(_name(match[1]))
    if query is None:
        return Statement("", "select", parameters=values, missing=_name(match[1]))
    return _with(unwrapped(query), values)


def _with(statement: Statement, parameters: int) -> Statement:
    return Statement(statement.query, statement.verb, statement.location, parameters)


def _values(text: str) -> int:
    """How many values a USING list has; commas within strings and calls part nothing."""
    code = re.sub(r"'(?:[^']|'')*'", "?", text.strip().rstrip(";"))
    while (simpler := re.sub(r"\([^()]*\)", "", code)) != code:
        code = simpler
    return code.count(",") + 1 if code.strip() else 0


def _name(text: str) -> str:
    return text.strip('"').lower()
