"""What must never be recorded, found and taken out: the one place that decides.

>>> redact('password = "hunter2"')
'password = "[redacted]"'
>>> is_secret_name("dbPassword"), is_secret_name("max_tokens")
(True, False)
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..model import Entity, vocabulary
from .facts import Facts

REDACTED = "[redacted]"

_SECRET = re.compile(
    r"(?:^|_)(?:pass(?:words?|wd|phrase|code)?|pwd?|secrets?|token|credentials?|creds|auth|bearer"
    r"|authorization|signature|cookie|jwt|pat|dsn|api_?key|(?:access|private|account|session"
    r"|encryption|signing|shared)_?key(?:_?id)?|conn(?:ection)?_?str(?:ing)?)(?:$|_|\d)"
)
# Tokens that text is made of, not tokens that open doors.
_OF_TEXT = re.compile(
    r"(?:^|_)(?:pad|eos|bos|sep|cls|mask|unk|special|max|min|new|stop|next|per)_token"
    r"|token_(?:type|count|len|limit|pattern|ids?)"
)
# Where words meet: dbPassword, DB_PASSWORD, db-password.
_JOINT = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[^A-Za-z0-9]+")

_STRING = r"""(?:"{3}.*?"{3}|'{3}.*?'{3}|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')"""
# name = "…", name: str = "…", name="…" of a call, "name": "…", ["name"] = "…", ("name", "…"),
# name := "…", name = ("…" "…"), and SQL's name '…'. All of it is bounded, so that a cell that holds
# a megabyte of data takes no longer than one of code.
_ASSIGNED = re.compile(
    rf"""(?<![\w.])(?P<name>[A-Za-z_][\w.-]{{0,80}})
         (?P<between>\s{{0,40}}(?::[\w.\[\]|\s]{{0,80}}?)?={{1,2}}\s{{0,40}}(?:\(\s{{0,40}})?
                    |\\?["']\s{{0,9}}\]?\s{{0,9}}(?:[:,]|={{1,2}})\s{{0,40}}|[ ]{{1,40}})
         (?P<prefix>[rbuf]{{0,2}})
         (?P<literal>{_STRING}(?:\s{{0,80}}[rbuf]{{0,2}}{_STRING})*|\\"[^"\n]*\\")""",
    re.DOTALL | re.IGNORECASE | re.VERBOSE,
)
# Outside of a literal an escaped quotation mark opens none: a text of unclosed ones is gone through
# once, not once from each of them.
_LITERAL = re.compile(rf"\\.|(?P<said>{_STRING}|\#[^\n]*)", re.DOTALL)
# password=…; and token: … in running text; prose has no digit in the word that follows.
_BARE = re.compile(
    r"""(?<!\w)(?P<before>(?P<name>[A-Za-z_][\w-]{0,80})
            (?:\s{0,9}=\s{0,9}|\s{0,9}:\s{0,9}(?=[^\s,;]{0,200}\d)))
        (?P<value>[^\s;,&'"<>(){}\[\]=\\]{3,})""",
    re.VERBOSE,
)
# A comment of SQL; what stands in a string opens none.
_SQL_COMMENT = re.compile(r"'(?:[^']|'')*'|\"[^\"]*\"|--[^\n]*|/\*.*?(?:\*/|\Z)", re.DOTALL)
# Words of a line that is no Python: %env NAME=value, !tool --name "value".
_WORD = re.compile(r"""(?<![=\s])[=\s]+(?P<word>"[^"]*"|'[^']*'|[^\s=]+)""")
_APART = re.compile(r"[=\s]+")

_SHAPES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*-----|\Z)", re.S), ""),
    (re.compile(r"\b(?:AKIA|ASIA|AROA|AIDA|ABIA|ACCA)[A-Z0-9]{16}\b"), ""),
    # A secret access key is forty characters of base64; hexadecimal ones are digests.
    (re.compile(r"(?<=[\"'=])(?![0-9a-fA-F]{40})[A-Za-z0-9/+]{40}(?=[\"'\s]|$)"), ""),
    (re.compile(r"\b(?:gh[pousr]_|github_pat_|glpat-|xox[abprs]-|hf_|sk-|AIza)[\w-]{16,}"), ""),
    (re.compile(r"(?<![\w-])eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*"), ""),
    (re.compile(r"(?i)(\bidentified\s+by\s+)(?:'[^'\n]*'|\"[^\"\n]*\"|[^\s;]+)"), r"\1"),
    (re.compile(r"(?i)\b(bearer|basic)\s+[\w.~+/-]{12,}=*"), r"\1 "),
    (re.compile(r"(?P<scheme>\b[a-z][a-z0-9+.-]{0,30}://)[^\s/@'\"]+@"), r"\g<scheme>"),
)
_QUOTES = ('"""', "'''", '\\"', '"', "'")
# It begins where a text without blanks does, so that each such text is gone through once.
_QUERY = re.compile(
    r"(?<![^\s?'\"])(?=[^\s?'\"]*\?)[^\s?'\"]*[a-z][a-z0-9+.-]{0,30}://[^\s?'\"]+\?[^\s'\"]*"
)
_SIGNED = re.compile(r"(?i)(?:x-amz-|signature|awsaccesskeyid|sig=|token|key=|secret|password)")


def is_secret_name(name: str) -> bool:
    """Whether what bears this name is likely a secret: `db_password`, `apiKey`, `HF_TOKEN`."""
    words = _JOINT.sub("_", name).lower().strip("_")
    return bool(_SECRET.search(words)) and not _OF_TEXT.search(words)


def redact(text: str) -> str:
    """The text with everything that looks like a secret taken out; other text stays as it is."""
    for shape, kept in _SHAPES:
        text = shape.sub(_replacement(kept), text)
    text = _QUERY.sub(_without_signature, text)
    text = _without_literals(text)
    text = _LITERAL.sub(_within_literal, text)
    return "".join(map(_without_value, text.splitlines(keepends=True)))


def redact_prose(text: str) -> str:
    """Text that is no code (a title, a note, an error) with everything that looks secret out."""
    return _BARE.sub(_without_bare, redact(text))


def redact_query(text: str) -> str:
    """A query with everything that looks secret taken out, in its comments as in prose."""
    return _SQL_COMMENT.sub(lambda match: _BARE.sub(_without_bare, match[0]), redact(text))


def unsigned(uri: str) -> str:
    """The URI without its query, if that looks signed; a key of S3 may hold a question mark."""
    address, _, query = uri.partition("?")
    return address if _SIGNED.search(query) else uri


def without_secrets(values: Mapping[str, Any]) -> dict[str, Any]:
    """Hyper-parameters and the like, without those whose names look secret; texts redacted."""
    return {
        name: redact(value) if isinstance(value, str) else value
        for name, value in values.items()
        if not is_secret_name(name)
    }


def _replacement(kept: str) -> str:
    return f"{kept}{REDACTED}@" if "scheme" in kept else f"{kept}{REDACTED}"


def _without_signature(match: re.Match[str]) -> str:
    return unsigned(match[0])


def _without_literals(text: str) -> str:
    """The text without the literals of names that look secret."""
    parts, at = list[str](), 0
    while match := _ASSIGNED.search(text, at):
        secret = is_secret_name(match["name"].rpartition(".")[2])
        # What a harmless name is given may itself quote what is not: a query, a command's options.
        end = match.start("literal") if secret else match.end("name")
        parts.append(text[at:end])
        at = match.end() if secret else end
        if secret:
            quote = next(each for each in _QUOTES if match["literal"].startswith(each))
            parts.append(f"{quote}{REDACTED}{quote}")
    return "".join(parts) + text[at:]


def _within_literal(match: re.Match[str]) -> str:
    return _BARE.sub(_without_bare, match[0]) if match["said"] else match[0]


def _without_bare(match: re.Match[str]) -> str:
    return f"{match['before']}{REDACTED}" if is_secret_name(match["name"]) else match[0]


def _without_value(line: str) -> str:
    """A line of a magic or a command without the words that stand behind a secret name."""
    if line.lstrip()[:1] not in ("%", "!"):
        return line
    parts, at, name = list[str](), 0, ""
    for match in _WORD.finditer(line):
        word, name = match["word"], _APART.split(name + line[at : match.start()])[-1]
        secret = is_secret_name(name.lstrip("-")) and not word.startswith("-")
        parts += [line[at : match.start("word")], REDACTED if secret else word]
        at, name = match.end(), word
    return "".join(parts) + line[at:]


def scrubbed(facts: Facts) -> Facts:
    """The facts without secrets, whoever gathered them: the last gate before the journal."""
    links = tuple(replace(link, evidence=redact(link.evidence)) for link in facts.links)
    return replace(facts, entities=tuple(map(_scrubbed, facts.entities)), links=links)


def _scrubbed(entity: Entity) -> Entity:
    details = dict(entity.details)
    if parameters := details.get("parameters"):
        details["parameters"] = without_secrets(parameters)
    properties = {
        name: _REDACTORS.get(name, redact)(value) for name, value in entity.properties.items()
    }
    return replace(entity, properties=properties, details=details)


# Properties that are no code are read as what they are.
_REDACTORS = {vocabulary.NOTE: redact_prose, vocabulary.QUERY: redact_query}
