"""Write the reference pages of the documentation from what they describe.

    scripts/docs writes them and builds the site; a test asks whether they are as they should be.

The commands and the cheat sheet come from the parsers, the errors from the error family.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path

from sm_lineage_magics import errors
from sm_lineage_magics.magics.commands import FAMILIES, command_of
from sm_lineage_magics.magics.sheet import help_of, usage

# What to do about an error, where its message cannot know; the message itself says the rest.
ADVICE: Mapping[str, str] = {
    "QuestionError": "Type the question as the message says it was expected.",
    "InvalidArn": "Copy the ARN whole, all six parts of it.",
    "InvalidReference": "Name an entity as `model:churn`, `fg:customers`, an S3 URI or an ARN.",
    "EntityNotFound": "Take one of the names the message offers, or look with `%lineage find`.",
    "AmbiguousName": "Take one of the names listed: none of them was picked for you.",
    "StoreError": "See whether the file can be read and written where it is.",
    "NotALineageStore": "Name another file: this one belongs to another program.",
    "DamagedStore": "Bring back a copy; the file is left as it is, for whoever can mend it.",
    "NewerStore": "Update this package.",
    "ReadOnlyStore": "Ask only, or name a file in a folder you may write to.",
    "BusyStore": "Try again, or end the program that holds the store.",
    "ServiceError": "`%lineage doctor` tries each permission and says what does not work.",
    "CredentialsMissing": "Log in again, or name a profile and a region: `%lineage use PROFILE`.",
    "AccessDenied": "Ask for the IAM action that is named.",
    "Throttled": "Ask again later, or of a copy: `%lineage pull`, then `%lineage use local`.",
    "WriteRefused": "`%lineage config read_only=false`, or what the message names.",
    "FormatError": "Take a file ending or a format from those listed.",
    "CheckFailed": "Nothing is wrong with the tool: the check you asked for did not pass.",
    "ConfigError": "`%lineage config` lists every setting and where it came from.",
    "LineageError": "Catch this one for all of them.",
}

# How things are named.
_NAMES: Mapping[str, str] = {
    "`model:churn` `endpoint:…` `fg:customers` `job:…` `query:…` `package:…`": "by what they are",
    "`fg:customers.age`": "one feature",
    "`s3://…` `data/raw.csv` `arn:…`": "by place or ARN",
    "`estimator`": "what a Python variable holds",
    "`churn`": "a plain word, where one entity answers to it",
    "`+model:churn` `fg:customers+2`": "with what is upstream, with two levels downstream",
}


def pages() -> dict[str, str]:
    """The pages by file name."""
    return {
        "commands.md": "\n".join(_commands()),
        "errors.md": "\n".join(_errors()),
        "cheat-sheet.md": "\n".join(_sheet()),
    }


def _commands() -> Iterator[str]:
    yield "# Commands\n"
    yield "Written from the parsers themselves; `%lineage help COMMAND` shows the same."
    yield "[Examples](examples.md) shows what each answers.\n"
    for title, words in FAMILIES.values():
        yield f"## {title[0].upper()}{title[1:]}\n"
        for word in words:
            yield from _command(word)


def _command(word: str) -> Iterator[str]:
    does = command_of(word).words[word]
    yield f"### {word}\n"
    yield f"`%lineage {word}`: {does}.\n"
    yield f"```text\n{help_of(word)}\n```\n"


def _sheet() -> Iterator[str]:
    yield "# Cheat sheet\n"
    yield "`%lineage help` shows this in a notebook, `%lineage help COMMAND` tells more of one. A"
    yield "trailing `;` or `--quiet` hides an answer; `x = %lineage …` keeps it.\n"
    for title, words in FAMILIES.values():
        yield f"## {title[0].upper()}{title[1:]}\n"
        yield "| `%lineage` | |"
        yield "| --- | --- |"
        for word in words:
            yield f"| {_in_table(usage(word))} | {command_of(word).words[word]} |"
        yield ""
    yield "## Names\n"
    yield "| ENTITY | |"
    yield "| --- | --- |"
    yield from (f"| {written} | {means} |" for written, means in _NAMES.items())
    yield ""


def _in_table(code: str) -> str:
    # A bar in a cell is written as GitHub and Python-Markdown both read it.
    return f"<code>{escape(code).replace('|', '&#124;')}</code>" if "|" in code else f"`{code}`"


def _errors() -> Iterator[str]:
    yield "# Errors\n"
    yield "Every error of this package is a `LineageError`. In a notebook it is one line and no"
    yield "traceback, and the cell fails, so that Run All and papermill stop. Each message says"
    yield "what is wrong, what was expected and what to type next.\n"
    yield "| Error | Means | What to do |"
    yield "| --- | --- | --- |"
    for error in _family(errors.LineageError):
        means = (error.__doc__ or "").partition("\n")[0]
        yield f"| `{error.__name__}` | {means} | {ADVICE[error.__name__]} |"
    yield ""


def _family(error: type[errors.LineageError]) -> Iterator[type[errors.LineageError]]:
    yield error
    for child in error.__subclasses__():
        if child.__module__ == errors.__name__:
            yield from _family(child)


def main() -> int:
    """Write the pages into the folder named on the command line."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8")
    return 0


# argparse wraps help to the terminal's width; a page has one width everywhere.
os.environ["COLUMNS"] = "80"

if __name__ == "__main__":
    sys.exit(main())
