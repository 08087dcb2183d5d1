"""Which of the files a cell touched are still there when it has ended."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ..data.datasets import exists
from ..watching.events import Event


def settled(events: Iterable[Event]) -> tuple[list[Event], list[Event]]:
    """The events whose files are still there, and the writing of those that are not.

    What was read from a copy that is gone by now was read from the original.
    """
    events = _more_than_opened(_once(events))
    gone = {event.uri for event in events if not exists(event.uri)}
    originals = {e.uri: e.copy_of for e in events if e.uri in gone and e.copy_of}
    kept = [
        replace(event, uri=originals.get(event.uri, event.uri))
        for event in events
        if event.uri not in gone or (event.uri in originals and event.act != "write")
    ]
    return kept, [event for event in events if event.uri in gone and event.act == "write"]


def _more_than_opened(events: list[Event]) -> list[Event]:
    """The events, where the opening of a file that was then read or written by name is no own."""
    families = {"load": "read", "save": "write"}
    named = {(families.get(e.act, e.act), e.uri) for e in events if not e.opened}
    return [event for event in events if not event.opened or (event.act, event.uri) not in named]


def _once(events: Iterable[Event]) -> list[Event]:
    """The events, where an upload and the calls its threads made for it are one."""
    events = list(events)
    calls = {e.uri: e for e in events if e.act == "write" and e.site is None and not e.copy_of}
    uploads = {event.uri for event in events if event.call == "upload_file"}
    return [
        replace(e, known=calls[e.uri].known) if e.call == "upload_file" and e.uri in calls else e
        for e in events
        if e.uri not in uploads or calls.get(e.uri) is not e
    ]
