"""What was recorded, but not so that it proves anything: queries and code."""

from __future__ import annotations

import base64
import binascii

from ....model import vocabulary
from ..inspected import Inspected
from ..recorded import commit_of
from .rule import Broken


def query_not_recorded(lineage: Inspected) -> Broken:
    """Queries without their SQL."""
    for query in lineage.of("query"):
        if not query.properties.get(vocabulary.QUERY):
            yield query, "The query ran, but its SQL is not recorded."


def query_truncated(lineage: Inspected) -> Broken:
    """Queries of which only the beginning was kept."""
    for query in lineage.of("query"):
        if length := query.properties.get(f"{vocabulary.QUERY}[of]"):
            yield query, f"Only the beginning of its {length} characters of SQL is recorded."
    for data in lineage.of("dataset"):
        text = data.properties.get(vocabulary.HELPER_QUERY, "")
        # 256 characters decode without complaint, a multiple of four: nobody can say they are all.
        if len(text) == vocabulary.HELPER_QUERY_CUT or not _decodes(text):
            yield data, f"Its Base64 query was cut at {vocabulary.HELPER_QUERY_CUT} characters."


def no_commit(lineage: Inspected) -> Broken:
    """Code that no commit is recorded for."""
    for code in lineage.of("code"):
        if not commit_of(code):
            yield code, "No commit is recorded for this code."


def dirty_commit(lineage: Inspected) -> Broken:
    """Code that differed from the commit recorded."""
    for code in lineage.of("code"):
        if code.properties.get(vocabulary.DIRTY) == "true":
            yield code, "It had changes that are not in the commit recorded."


def _decodes(text: str) -> bool:
    try:
        base64.b64decode(text, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return False
    return True
