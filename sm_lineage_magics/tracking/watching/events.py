"""What a cell was seen to do, one event each: where in its code, to what, with which value.

>>> event = Event("read", "file:///data/raw.csv", "read_csv", Site(2, 5), order=0)
"""

from __future__ import annotations

import dis
import sys
import weakref
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count, islice
from types import CodeType, FrameType
from typing import Any, Literal, NamedTuple

from ..recognise.estimators import Estimator

Act = Literal["read", "write", "save", "load"]


class Site(NamedTuple):
    """A place in a cell's code, as Python's own positions: lines from 1, columns in bytes from 0.

    Before Python 3.11 only the line is known, and which of the line's calls it is: its index and
    how many there are.
    """

    line: int
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None
    call: tuple[int, int] | None = None


Anchor = Callable[[FrameType], bool]


# An instruction of a piece of code, told without looking up where it is written.
Place = tuple[int, int]


def site_of(frame: FrameType | None, anchor: Anchor) -> Site | None:
    """Where the cell's own code stands while `frame` runs, or None outside of it.

    The outermost frame of the cell counts: what a function does is done where it is called.
    """
    found = _outermost(frame, anchor)
    return _position(found) if found else None


def _outermost(frame: FrameType | None, anchor: Anchor) -> FrameType | None:
    found = None
    while frame is not None:
        found = frame if anchor(frame) else found
        frame = frame.f_back
    return found


def _position(frame: FrameType) -> Site:
    positions = getattr(frame.f_code, "co_positions", None)
    if positions is None:
        return Site(frame.f_lineno, call=_call_on_line(frame))
    # One entry for each two-byte instruction.
    line, end_line, column, end_column = next(islice(positions(), frame.f_lasti // 2, None))
    return Site(line or frame.f_lineno, column, end_line, end_column)


def _call_on_line(frame: FrameType) -> tuple[int, int]:
    """Which of the calls that begin on its line a frame is in, and how many there are."""
    offsets = [offset for line, offset in _calls_in(frame.f_code) if line == frame.f_lineno]
    before = [offset for offset in offsets if offset < frame.f_lasti]
    return len(before), len(offsets)


def _calls_in(code: CodeType) -> Iterator[tuple[int, int]]:
    """Line and offset of every call that is written out in a piece of code."""
    line, before = 0, ""
    for each in dis.get_instructions(code):
        line = each.starts_line or line
        # Nobody wrote the call that leaves a `with`: of None, doubled twice.
        if each.opname.startswith("CALL_") and before != "DUP_TOP":
            yield line, each.offset
        before = each.opname


class Held:
    """A value remembered by identity, without keeping it alive and without looking into it."""

    def __init__(self, value: Any) -> None:
        self._reference = _reference(value)

    def is_(self, value: Any) -> bool:
        """Whether this is that very object; never true of one that cannot be told for sure."""
        return self._reference is not None and self._reference() is value

    def __call__(self) -> Any:
        """The value, or None when it is gone or could not be held."""
        return self._reference() if self._reference else None

    def same(self, other: Held) -> bool:
        """Whether both hold one object that still lives."""
        return self() is not None and self() is other()


def _reference(value: Any) -> Callable[[], Any] | None:
    try:
        return weakref.ref(value)
    except TypeError:  # lists, dicts and plain numbers cannot be referred to weakly
        return None


@dataclass(frozen=True)
class Event:
    """One thing a cell did to one file or object in S3.

    Attributes:
        act: `read` and `write` of data; `load` and `save` of a fitted model.
        uri: what was read or written.
        call: the function that did it, as people call it: `read_csv`, `dump`.
        site: where the cell's own code stood; None when another thread did it.
        order: which call of the cell this was, counted through it; one call may touch several.
        value: the Python value that was read or written, where there is one.
        known: what was seen of the data: rows, columns, an ETag.
        estimator: the fitted estimator the value is, where it is one.
        copy_of: the URI of which what was written is a copy, as it stands.
        opened: whether the file was only opened, so that what passed through it was not seen.
    """

    act: Act
    uri: str
    call: str
    site: Site | None = None
    order: int = 0
    value: Held | None = field(default=None, compare=False, hash=False)
    known: Mapping[str, str] = field(default_factory=dict, hash=False)
    estimator: Estimator | None = field(default=None, hash=False)
    copy_of: str = ""
    opened: bool = False


@dataclass(frozen=True)
class Call:
    """One call of an AWS service that a cell made, and that succeeded.

    Attributes:
        service: as boto3 calls it: `sagemaker`, `athena`, `s3`.
        operation: as the service calls it: `CreateTrainingJob`.
        parameters: what was sent.
        response: what came back.
        client: the client that made it, with its region and credentials.
        site: where the cell's own code stood.
        order: counts with that of the events.
    """

    service: str
    operation: str
    parameters: Mapping[str, Any] = field(hash=False)
    response: Mapping[str, Any] = field(hash=False)
    client: Any = field(default=None, compare=False, hash=False)
    site: Site | None = None
    order: int = 0


class Log:
    """What one cell does, in the order it does it; filled by whoever watches."""

    def __init__(self, anchor: Anchor) -> None:
        self._anchor, self._order = anchor, count()
        self.events: list[Event] = []
        self.calls: list[Call] = []

    def now(self) -> tuple[Site | None, int]:
        """Where the cell stands, and a number that no other moment of it has."""
        return site_of(sys._getframe(1), self._anchor), next(self._order)

    def place(self) -> Place | None:
        """The instruction at which the cell stands; None outside of its code."""
        frame = _outermost(sys._getframe(1), self._anchor)
        return (id(frame.f_code), frame.f_lasti) if frame else None

    def add(self, *events: Event) -> None:
        """Note events."""
        self.events.extend(events)

    def call(self, call: Call) -> None:
        """Note a call of a service."""
        self.calls.append(call)
