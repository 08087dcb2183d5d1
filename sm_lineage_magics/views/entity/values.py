"""Values of facts and properties as people read them.

>>> readable("2026-04-10T07:00:12Z"), readable('{"owner": "ana"}'), readable('["a", "b"]')
('2026-04-10 07:00 UTC', 'owner: ana', 'a, b')
"""

from __future__ import annotations

import json
import re

# A moment in UTC, as the service and Python write it.
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d):\d\d(?:\.\d+)?(?:\+00:00|Z)")


def readable(text: str) -> str:
    """Moments to the minute, lists and tags without their brackets; anything else as it is."""
    if moment := _MOMENT.fullmatch(text):
        return f"{moment[1]} {moment[2]} UTC"
    return _unbracketed(text) if text.startswith(("[", "{")) else text


def _unbracketed(text: str) -> str:
    try:
        listed = json.loads(text)
    except ValueError:
        return text
    values = listed.values() if isinstance(listed, dict) else listed
    if any(isinstance(value, (dict, list)) for value in values):
        return text
    if isinstance(listed, dict):
        return ", ".join(f"{name}: {value}" for name, value in listed.items())
    return ", ".join(map(str, listed))
