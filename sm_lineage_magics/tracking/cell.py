"""A notebook cell's body: run as the notebook itself would, and readable as code.

>>> cell = cell_of(shell, "x = 1\\nx + 1")
>>> run(cell, shell)
2

Two lines of IPython's own would run it, but then an error stops no notebook runner, or is shown
twice. This way there is one traceback, at the right lines, and the runner stops.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import Any

from ..errors import QuestionError

# IPython's shell, which is only partly typed; this floor does not import it.
Shell = Any

_AROUND = ("%%time", "%%capture", "%%prun")
_OWN_SCOPE = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)
_AWAITING = (ast.Await, ast.AsyncFor, ast.AsyncWith)


@dataclass(frozen=True)
class Cell:
    """The body of a cell.

    Attributes:
        source: its text as typed, without the magic's line.
        tree: its code; lines count as they do in the notebook, the magic's line included.
        filename: what tracebacks and frames call it.
    """

    source: str
    tree: ast.Module
    filename: str

    def anchor(self, frame: FrameType) -> bool:
        """Whether a frame runs the cell's own code, outside of any function."""
        code = frame.f_code
        return code.co_filename == self.filename and code.co_name == "<module>"


@dataclass(frozen=True)
class Around:
    """A cell magic that stands first in a body and runs the rest of it: `%%time`, `%%capture`.

    It would run the rest as a text nobody can follow. Put around the tracked cell it times or
    captures the same, and the cell is seen.
    """

    name: str
    line: str
    rest: str


def around(source: str) -> Around | None:
    """The cell magic that is to go around a tracked body, if one stands there."""
    head, _, rest = source.lstrip().partition("\n")
    name, _, line = head.partition(" ")
    return Around(name[2:], line.strip(), rest) if name in _AROUND else None


def cell_of(shell: Shell, source: str) -> Cell:
    """Read a cell magic's body, as IPython reads a cell.

    Raises:
        QuestionError: when it is no Python, or awaits outside of a function, which a magic
            cannot run.
    """
    # The first line is the magic's; empty ones after it are taken away by the transformation.
    code = "\n" + _empty_lines(source) + shell.transform_cell(source)
    filename = shell.compile.cache(code, shell.execution_count, raw_code=source)
    with _one_line():
        tree = shell.transform_ast(shell.compile.ast_parse(code, filename=filename))
    if line := next(_awaits(tree), None):
        raise QuestionError(
            f"Line {line} awaits outside of a function, which a cell magic cannot do. Await in a "
            "cell without %%lineage track: %lineage watch on sees it too."
        )
    with _one_line():
        # Python parses a `return` outside of a function, and only then refuses it.
        shell.compile(tree, filename, "exec")
    return Cell(source, tree, filename)


@contextmanager
def _one_line() -> Iterator[None]:
    """Say in one line what is no Python."""
    try:
        yield
    except SyntaxError as error:
        # IPython shows every frame of a magic that raises this one, ours among them.
        parts = (f"Line {error.lineno} is no Python", error.msg, (error.text or "").strip())
        raise QuestionError(": ".join(filter(None, parts))) from error


def run(cell: Cell, shell: Shell) -> Any:
    """Run the body in the notebook's namespace; the value of its last expression, if any."""
    __tracebackhide__ = True
    body, last = list(cell.tree.body), None
    if body and isinstance(body[-1], ast.Expr):
        last = body.pop()
    tree = ast.Module(body=body, type_ignores=[])
    exec(shell.compile(tree, cell.filename, "exec"), shell.user_ns)
    if not isinstance(last, ast.Expr):
        return None
    value = eval(shell.compile(ast.Expression(last.value), cell.filename, "eval"), shell.user_ns)
    quiet = shell.displayhook.semicolon_at_end_of_expression(cell.source)
    return None if quiet else value


def _empty_lines(source: str) -> str:
    """The line breaks of the empty lines a text begins with."""
    return "\n" * source[: len(source) - len(source.lstrip())].count("\n")


def _awaits(tree: ast.AST) -> Iterator[int]:
    """Lines that await outside of a function."""
    pending = [tree]
    while pending:
        node = pending.pop()
        for child in ast.iter_child_nodes(node):
            if isinstance(child, _AWAITING) or (
                isinstance(child, ast.comprehension) and child.is_async
            ):
                yield getattr(child, "lineno", 0) or getattr(node, "lineno", 1)
            if not isinstance(child, _OWN_SCOPE):
                pending.append(child)
