"""A block of a script, read from its own file so that what flows in it can be told.

>>> with lineage.track("churn"):
...     model = LogisticRegression().fit(frame[["age"]], frame["churned"])
"""

from __future__ import annotations

import ast
import linecache
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import cast

from .recording.tracker import Tracker
from .tracked import Block, Find, Outcome, Says, tracked


def caller() -> FrameType:
    """The frame that called the function which calls this."""
    return sys._getframe(2)


@contextmanager
def tracked_block(tracker: Tracker, frame: FrameType, says: Says, find: Find) -> Iterator[Outcome]:
    """Record what the `with` block at which `frame` stands does.

    A script is recorded as its file; where there is none, the block's own text is. Of code that
    nobody can read again (typed at a prompt, piped in) what it did is recorded all the same.
    """
    block = block_at(frame)
    with tracked(tracker, block, frame.f_locals, says, find) as outcome:
        yield outcome
        # Before Python 3.13 a function's variables are copied here when they are asked for.
        _ = frame.f_locals


def block_at(frame: FrameType) -> Block:
    """The `with` block that begins where `frame` stands."""
    filename = frame.f_code.co_filename
    lines = linecache.getlines(filename, frame.f_globals)
    body = _body("".join(lines), frame.f_lineno)
    source = _text(lines, body)
    path = Path(filename)
    script = path.is_file()
    tree = ast.Module(body=body, type_ignores=[])
    return Block(
        source, tree, lambda each: each is frame, path if script else None, script, bool(body)
    )


def _body(source: str, line: int) -> list[ast.stmt]:
    """The body of the innermost `with` whose head is on the line; nothing where there is none."""
    try:
        tree = ast.parse(source)
    except SyntaxError:  # what ran was made from this file, and is not it: a notebook, a template
        return []
    heads = [
        node
        for node in ast.walk(tree)
        if isinstance(node, (ast.With, ast.AsyncWith))
        and node.lineno <= line <= node.body[0].lineno
    ]
    return max(heads, key=lambda node: node.lineno).body if heads else []


def _text(lines: list[str], body: list[ast.stmt]) -> str:
    if not body:
        return ""
    return "".join(lines[body[0].lineno - 1 : cast(int, body[-1].end_lineno)])
