"""Long texts within the limits the service sets for properties, and back.

Inside the house a property is whole, whatever its length. At the border to the service `packed`
makes it fit and `whole` undoes that: a short line stays as it is, a short text with line breaks
becomes one line of JSON, a long one is compressed and cut into numbered pieces.

>>> packed({"Query": "SELECT 1\\nFROM t"}).properties
{'Query[json]': '"SELECT 1\\\\nFROM t"'}
>>> whole(packed({"Query": sql}).properties)["Query"] == sql
True
"""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

# CreateAction and CreateContext take 30 properties of 2,500 characters. CreateArtifact takes 4,096
# but DescribeArtifact declares 2,500, so all kinds are held to the smaller one (botocore 1.44).
MOST_PROPERTIES = 30
LONGEST_VALUE = 2_500

# Beyond any query or schema; a text made to fill the memory stops here.
MOST_UNPACKED = 64 * 1024 * 1024

# The service's pattern is `.*`: it has no place for a line break, nor UTF-8 for half a surrogate.
_NOT_PLAIN = re.compile("[\n\r\x85\u2028\u2029\ud800-\udfff]")

_PACKED = re.compile(r"(?P<name>.+)\[(?:json|of (?P<length>\d+)|(?P<number>\d+)/(?P<count>\d+))\]")


@dataclass(frozen=True)
class Packed:
    """Properties that fit, and the names of those that had to be cut short."""

    properties: dict[str, str] = field(hash=False)
    cut: tuple[str, ...] = ()


def packed(properties: Mapping[str, str]) -> Packed:
    """Make properties fit, the shortest first, each changed as little as it can be.

    What does not fit even compressed keeps its beginning and says how long it was.
    """
    room = MOST_PROPERTIES - len(properties)
    fitted: dict[str, dict[str, str]] = {}
    cut = []
    for name in sorted(properties, key=lambda name: len(properties[name])):
        pieces = _pieces(name, properties[name])
        if len(pieces) - 1 > max(room, 0):
            pieces = _beginning(name, properties[name])
            cut.append(name)
        fitted[name] = pieces
        room -= len(pieces) - 1
    return Packed({k: v for name in properties for k, v in fitted[name].items()}, tuple(cut))


def whole(properties: Mapping[str, str]) -> dict[str, str]:
    """Undo `packed`. What was never packed, or is no longer whole, is left as it is found.

    A text that was cut short is there as far as it goes, with its length under `name[of]`.
    """
    found: dict[str, str] = {}
    pieces: dict[tuple[str, int], dict[int, str]] = defaultdict(dict)
    for key, value in properties.items():
        match = _PACKED.fullmatch(key)
        if match and match["number"]:
            pieces[match["name"], int(match["count"])][int(match["number"])] = value
        else:
            found |= _read(match, key, value)
    for (name, count), parts in pieces.items():
        found |= _joined(name, count, parts)
    return found


def _pieces(name: str, value: str) -> dict[str, str]:
    if len(value) <= LONGEST_VALUE and not _NOT_PLAIN.search(value):
        return {name: value}
    if len(value) <= LONGEST_VALUE and len(line := json.dumps(value)) <= LONGEST_VALUE:
        return {f"{name}[json]": line}
    text = base64.b85encode(zlib.compress(value.encode("utf-8", "surrogatepass"), 9)).decode()
    starts = range(0, len(text), LONGEST_VALUE)
    return {
        f"{name}[{number}/{len(starts)}]": text[start : start + LONGEST_VALUE]
        for number, start in enumerate(starts, 1)
    }


def _beginning(name: str, value: str) -> dict[str, str]:
    start = value[:LONGEST_VALUE]
    while len(line := json.dumps(start)) > LONGEST_VALUE:
        start = start[: len(start) * 3 // 4]
    return {f"{name}[of {len(value)}]": line}


def _read(match: re.Match[str] | None, key: str, value: str) -> dict[str, str]:
    text = _text(value) if match else None
    if match is None or text is None:
        return {key: value}
    length = {f"{match['name']}[of]": match["length"]} if match["length"] else {}
    return {match["name"]: text} | length


def _text(value: str) -> str | None:
    try:
        text = json.loads(value)
    except ValueError:
        return None
    return text if isinstance(text, str) else None


def _joined(name: str, count: int, parts: Mapping[int, str]) -> dict[str, str]:
    text = None
    if sorted(parts) == list(range(1, count + 1)):
        text = _unpacked("".join(parts[number] for number in sorted(parts)))
    if text is None:
        return {f"{name}[{number}/{count}]": part for number, part in parts.items()}
    return {name: text}


def _unpacked(text: str) -> str | None:
    inflate = zlib.decompressobj()
    try:
        data = inflate.decompress(base64.b85decode(text), MOST_UNPACKED)
        return data.decode("utf-8", "surrogatepass") if inflate.eof else None
    except (ValueError, zlib.error):
        return None
