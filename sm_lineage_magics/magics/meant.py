"""What was meant by a line that begins with no command: another word for one, or a name.

>>> meant("ancestors")
"No command 'ancestors'. Did you mean upstream?"
>>> meant("model:churn")
"No command 'model:churn'. Say what to tell of it: %lineage upstream model:churn, …"
"""

from __future__ import annotations

from collections.abc import Mapping

from ..model import SCHEMES, quoted
from ..model.wording import did_you_mean, offered
from .commands import WORDS

# Command → what SageMaker's API, other lineage tools, git and shells call the same.
_ELSEWHERE: Mapping[str, tuple[str, ...]] = {
    "upstream": (
        "ascendants",
        "ancestors",
        "parents",
        "inputs",
        "provenance",
        "trace",
        "lineage",
        "up",
    ),
    "downstream": ("descendants", "children", "outputs", "dependents", "consumers", "down"),
    "sources": ("origins", "raw"),
    "datasets": ("data",),
    "feature-groups": ("fg", "fgs", "groups"),
    "code": ("scripts", "cells", "commits"),
    "impact": ("affected", "breaks"),
    "diff": ("compare", "changes"),
    "why": ("explain", "audit", "report"),
    "lint": ("check", "validate", "verify"),
    "reproduce": ("rebuild", "rerun", "replay"),
    "show": ("describe", "info", "details", "get"),
    "find": ("search", "grep", "query"),
    "ls": ("list", "dir", "entities", "artifacts"),
    "track": ("record", "capture", "run", "start"),
    "watch": ("autolog", "auto"),
    "journal": ("log", "history", "runs", "recordings"),
    "undo": ("revert", "rollback", "reset"),
    "forget": ("delete", "remove", "rm", "drop"),
    "link": ("associate", "add", "edge"),
    "export": ("save", "write", "to"),
    "import": ("load", "read"),
    "pull": ("sync", "fetch", "mirror"),
    "use": ("connect", "backend", "account", "switch", "store"),
    "config": ("settings", "set", "options"),
    "doctor": ("status", "health", "version"),
    "quota": ("limits", "quotas"),
    "demo": ("example", "examples", "tutorial"),
    "help": ("commands", "man", "?"),
}
_HERE = {there: here for here, words in _ELSEWHERE.items() for there in words}


def meant(word: str) -> str:
    """What to type instead of a first word that is no command."""
    if word.startswith("-"):
        return (
            f"{word} stands before a command. Expected for example "
            "%lineage upstream model:churn --depth 3; %lineage help lists the commands."
        )
    return f"No command {word!r}. {_of_a_name(word) or _of_a_word(word.lower())}"


def _of_a_name(word: str) -> str:
    if not _is_a_name(word.lstrip("+0123456789")):
        return ""
    name = quoted(word)
    return (
        f"Say what to tell of it: %lineage upstream {name}, %lineage downstream {name} "
        f"or %lineage show {name}."
    )


def _is_a_name(word: str) -> bool:
    scheme, colon, _ = word.partition(":")
    is_file = "/" in word or "." in word.strip(".")
    return is_file or (bool(colon) and scheme in (*SCHEMES, "arn"))


def _of_a_word(word: str) -> str:
    if word in WORDS or word in _HERE:
        return offered([_HERE.get(word, word)])
    return did_you_mean(word, WORDS) or "%lineage help lists them."
