"""Text that comes from outside, made fit for one line of a page: cleaned, shortened, wrapped.

>>> one_line("raw\\n\\x1b[31mdata")
'raw �[31mdata'
>>> shortened("s3://bucket/very/long/prefix/train.csv", 20)
's3://bucke…train.csv'
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

# Control characters reach a terminal's escapes; bidirectional overrides turn round the text that
# follows them; lone surrogates cannot be encoded; what takes no room makes two names look like one.
# None of them belongs in a name; joiners do, within words and pictures.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060-\u2064"
    "\u2066-\u206f\ufeff\ud800-\udfff\ufff9-\ufffb\ufffe\uffff]"
)
_BREAKS = re.compile("[ \t\r\n\v\f\x85\u2028\u2029]+")


def one_line(text: str) -> str:
    """`text` on one line, with no character that acts instead of being seen."""
    return _UNSAFE.sub("\ufffd", _BREAKS.sub(" ", text)).strip()


def safe(text: str) -> str:
    """`text` with its line breaks, but with no other character that acts."""
    return "\n".join(_UNSAFE.sub("\ufffd", line.expandtabs(4)) for line in text.splitlines())


def shortened(text: str, width: int) -> str:
    """`text` within `width` columns, the middle left out: both ends of a URI tell it apart."""
    text = one_line(text)
    if columns(text) <= width:
        return text
    room = max(width - 1, 1)
    tail = _fitting(reversed(text), room // 2)[::-1]
    return _fitting(text, room - columns(tail)) + "…" + tail


def wrapped(text: str, width: int, lines: int) -> tuple[str, ...]:
    """`text` on at most `lines` lines of `width` columns, broken where names part.

    What does not fit is left out of the middle.
    """
    parts = _parts(shortened(text, width * lines), width)
    rows = _filled(parts, width)
    if len(rows) <= lines:
        return tuple(rows)
    # Breaking at parts wastes room, so a text that just fits in columns may not fit in lines.
    return wrapped(shortened(text, columns(shortened(text, width * lines)) - 2), width, lines)


def columns(text: str) -> int:
    """How many columns of a fixed-width screen `text` takes: wide characters two, marks none."""
    if text.isascii():
        return len(text)
    return sum(map(_columns, text))


def _columns(char: str) -> int:
    if unicodedata.combining(char) or char in "\u200d\ufe0f":
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _fitting(chars: Iterable[str], width: int) -> str:
    kept, used = [], 0
    for char in chars:
        used += _columns(char)
        if used > width:
            break
        kept.append(char)
    return "".join(kept)


def _parts(text: str, width: int) -> list[str]:
    # A name breaks after its own separators, and anywhere when a part alone is too wide; a file's
    # ending stays with its name.
    pieces = re.findall(r"[^\s/_.:\-…]*(?:\.[A-Za-z0-9]{1,4}$|[\s/_.:\-…]*)", text)
    return [bit for piece in pieces if piece for bit in _chopped(piece, width)]


def _chopped(piece: str, width: int) -> list[str]:
    bits = []
    while columns(piece.rstrip()) > width:
        bit = _fitting(piece, width) or piece[0]
        bits.append(bit)
        piece = piece[len(bit) :]
    return [*bits, piece]


def _filled(parts: list[str], width: int) -> list[str]:
    rows = [""]
    for part in parts:
        if rows[-1] and columns((rows[-1] + part).rstrip()) > width:
            rows[-1] = rows[-1].rstrip()
            rows.append("")
        rows[-1] += part
    rows[-1] = rows[-1].rstrip()
    return rows
