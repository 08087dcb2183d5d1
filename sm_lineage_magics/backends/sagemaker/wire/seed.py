"""Lineage that ml-lineage-helper wrote: its query, decoded beside what it left.

>>> readable({"Base64FeatureStoreQueryString": "U0VMRUNUIDE="})["Query"]
'SELECT 1'
"""

from __future__ import annotations

import base64
from collections.abc import Mapping

from ....model.vocabulary import HELPER_QUERY, HELPER_QUERY_CUT, QUERY

QUERY_CUT = "QueryTruncated"


def readable(properties: Mapping[str, str]) -> dict[str, str]:
    """Properties with the query as text, and whether it was cut."""
    encoded = properties.get(HELPER_QUERY)
    text = None if encoded is None or QUERY in properties else _decoded(encoded)
    if encoded is None or text is None:
        return dict(properties)
    cut = {QUERY_CUT: "true"} if len(encoded) >= HELPER_QUERY_CUT else {}
    return {**properties, QUERY: text, **cut}


def as_kept(properties: Mapping[str, str]) -> dict[str, str]:
    """Properties without what `readable` added."""
    encoded = properties.get(HELPER_QUERY)
    if encoded is None or properties.get(QUERY) != _decoded(encoded):
        return dict(properties)
    return {key: value for key, value in properties.items() if key not in (QUERY, QUERY_CUT)}


def _decoded(encoded: str) -> str | None:
    # Cut anywhere, base64 still decodes up to its last whole group of four.
    whole_groups = encoded[: len(encoded) // 4 * 4]
    try:
        return base64.b64decode(whole_groups, validate=True).decode("utf-8", "ignore")
    except ValueError:
        return None
