"""Run something and record what it did: the one way in for cells, scripts and events.

>>> with tracked(tracker, block, namespace, Says("churn")) as recording:
...     run(cell, shell)
>>> recording().answer
Answer(…)
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from ..model import Entity, Gap
from .code.notebook import workplace
from .code.scripts import code_of, code_of_cell
from .facts import Facts
from .gathering import gather
from .named import find_in, with_links, with_model_named, with_note, with_sources, without
from .recording.tracker import Recording, Tracker
from .secrets import redact, redact_prose
from .watching.block import Watched, watching
from .watching.events import Anchor

Find = Callable[[str], Entity]


@dataclass(frozen=True)
class Block:
    """Code that is about to run.

    Attributes:
        source: its text.
        tree: the same, parsed; lines count as the reader's do.
        anchor: tells the frames that run it.
        path: the notebook or script it is part of, where that is known.
        script: whether the file at `path` as a whole is the code to be recorded.
        read: whether its text is known; else what flows in it is not.
    """

    source: str
    tree: ast.Module
    anchor: Anchor
    path: Path | None = None
    script: bool = False
    read: bool = True

    @cached_property
    def code(self) -> Entity:
        """The lineage entity of this code, without any secrets written in it."""
        if self.script and self.path is not None:
            return code_of(self.path)
        return code_of_cell(redact(self.source), self.path, workplace=workplace())


@dataclass(frozen=True)
class Says:
    """What the person says of the code beside it.

    Attributes:
        title: what to call this recording.
        model: what to call the model the code makes.
        sources: URIs its data came from.
        links: pairs of names; the first contributed to the second.
        note: kept with the code.
        plan: whether to show only what would be written.
    """

    title: str = ""
    model: str = ""
    sources: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    note: str = ""
    plan: bool = False


class Outcome:
    """What a tracked block came to; empty until the block has ended well."""

    def __init__(self) -> None:
        self.recording: Recording | None = None

    def __call__(self) -> Recording:
        """The recording.

        Raises:
            RuntimeError: while the block still runs.
        """
        if self.recording is None:
            raise RuntimeError("The tracked block has not ended yet.")
        return self.recording


@contextmanager
def tracked(
    tracker: Tracker,
    block: Block,
    namespace: MutableMapping[str, Any],
    says: Says,
    find: Find,
) -> Iterator[Outcome]:
    """Watch a block run; when it ends well, record what it did.

    When it raises, nothing is written but a line in the journal, and the error goes on.

    Args:
        tracker: where to record.
        block: the code that runs inside.
        namespace: its variables.
        says: what the person says of it.
        find: the lineage entity of a name, for links to what the code did not touch.
    """
    outcome, says = Outcome(), replace(says, title=redact_prose(says.title))
    try:
        with watching(block.tree, block.anchor, namespace) as seen:
            yield outcome
    except BaseException as error:
        tracker.failed(says.title or block.code.label, error)
        raise
    facts = _facts(tracker, block, seen, says, find)
    record = tracker.preview if says.plan else tracker.record
    outcome.recording = record(facts, says.title or block.code.label)


def _facts(tracker: Tracker, block: Block, seen: Watched, says: Says, find: Find) -> Facts:
    code = block.code
    sighting = seen.sighting(code, says.title, says.model)
    facts = gather(sighting, tracker.memory, tracker.describe)
    facts = with_note(facts, code, says.note) if says.note else facts
    facts = with_model_named(facts, says.model) if says.model else facts
    facts = facts if block.read else _unread(facts, block)
    facts = with_sources(facts, says.sources)
    ends = [(_end(facts, a, find), _end(facts, b, find)) for a, b in says.links]
    return with_links(facts, ends)


def _unread(facts: Facts, block: Block) -> Facts:
    """The facts with a gap for what was not read; code without a text is no entity of its own."""
    why = "Its code cannot be read, so what flowed from where to where is not told; run it as a "
    gap = Gap("not-recorded", block.code.label, f"{why}file of Python, or in a cell.")
    kept = facts if block.script else without(facts, block.code)
    return replace(kept, gaps=(*kept.gaps, gap))


def _end(facts: Facts, text: str, of_store: Find) -> Entity:
    return find_in(facts, text) or of_store(text)
