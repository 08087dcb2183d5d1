"""What each library answers, as text."""

from __future__ import annotations

import contextlib
import io
import logging
import warnings
from collections.abc import Iterator
from typing import Any

from sm_lineage_magics import emulator

from .account import Account
from .case import Case
from .libraries import Library


def answers(libraries: list[Library], asked: Case) -> Iterator[tuple[Library, str]]:
    """What each library answers, in an account of its own."""
    for library in libraries:
        with emulator.sandbox(**asked.options) as box, silence():
            text = _answer(asked, library, Account(box))
        yield library, text


def _answer(asked: Case, library: Library, account: Account) -> str:
    try:
        return _text(asked.ask(library, account))
    except Exception as error:  # noqa: BLE001  # whatever goes wrong is the answer
        return f"{type(error).__name__}: {' '.join(str(error).split())}"


def _text(value: Any) -> str:
    """A table without the columns of ARNs, which say nothing here; each row once."""
    if isinstance(value, str):
        return value
    if "Name/Source" in value.columns:
        value = value[["Name/Source", "Association", "Name/Destination"]]
    value = value.replace(r"(?<=s3://)sagemaker-[\w-]+", "bucket", regex=True)
    value = value.replace(r"-\d{10}(?=/)|_\d{10}$", "", regex=True)  # when a feature group was made
    shown = value[[column for column in value.columns if "ARN" not in column]]
    shown = shown.sort_values(list(shown.columns), key=lambda column: column.astype(str))
    return "nothing" if shown.empty else str(shown.to_string(index=False, na_rep=""))


@contextlib.contextmanager
def silence() -> Iterator[None]:
    """Without what libraries print and warn while they work."""
    logging.disable(logging.CRITICAL)
    try:
        with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(logging.NOTSET)
