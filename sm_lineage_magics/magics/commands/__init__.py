"""Every sub-command by its word, in the families of the cheat sheet.

A family is a file of this folder, imported when one of its words is first typed. A new
sub-command is a class in its family's file (see `magics/command.py`), named in that
file's `COMMANDS`, and its word in the table below.
"""

from __future__ import annotations

from importlib import import_module

from ..command import Command

# Family → what it is about, and the words of its commands in the order help lists them.
FAMILIES: dict[str, tuple[str, tuple[str, ...]]] = {
    "asking": (
        "ask",
        (
            "upstream",
            "downstream",
            "sources",
            "datasets",
            "feature-groups",
            "queries",
            "code",
            "jobs",
            "models",
            "endpoints",
        ),
    ),
    "evidence": (
        "prove",
        ("impact", "features", "path", "diff", "why", "lint", "reproduce"),
    ),
    "looking": ("look up", ("show", "find", "ls")),
    "tracking": ("track", ("track", "plan", "commit", "journal", "undo", "watch", "backfill")),
    "recording": ("record", ("link", "forget")),
    "moving": ("move", ("export", "import")),
    "account": ("an AWS account", ("pull", "push", "quota")),
    "settings": ("this session", ("use", "config")),
    "trying": ("try it", ("demo", "sandbox", "doctor")),
    "helping": ("help", ("help",)),
}

WORDS: dict[str, str] = {word: family for family, (_, words) in FAMILIES.items() for word in words}


def command_of(word: str) -> type[Command]:
    """The command a word stands for; `KeyError` when it is none of `WORDS`."""
    family = import_module(f"{__name__}.{WORDS[word]}")
    commands: tuple[type[Command], ...] = family.COMMANDS
    return next(command for command in commands if word in command.words)
