"""How values flow from one call of a cell to the next, read from the cell's own code.

Nothing is run. A value carries its origins: the calls it came from. Assigning a name forgets what
it carried before; appending to a list adds to it; reading one element of a container is one of
the origins, not known which.

>>> tree = ast.parse("a = read('a.csv')\\nb = read('b.csv')\\nfit(a)")
>>> read_a, read_b, fit_a = calls_of(tree)
>>> flow(tree, {read_a, read_b}).into(fit_a)
frozenset({Origin(read_a, 'last')})
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from .carried import Carried
from .expressions import Expressions
from .origins import NOWHERE, Flow, Origins

# Loops within loops that are read as loops.
MOST_LOOPS = 6


def flow(
    tree: ast.Module,
    sources: Collection[ast.Call] = (),
    sinks: Collection[ast.Call] = (),
    before: Mapping[str, Origins] | None = None,
    containers: Collection[str] = (),
    modules: Collection[str] = (),
) -> Flow:
    """Read the flow of a cell's code.

    Args:
        tree: the cell.
        sources: calls that bring data in by themselves: what they were given is left behind.
        sinks: calls that open what is written to: what is given to their value flows into them.
        before: what names carry from earlier cells.
        containers: names that hold lists, dicts or the like, of which one element is not all.
        modules: names of modules, which carry nothing.
    """
    carried = Carried(before or {}, containers, modules)
    expressions = Expressions(frozenset(sources), carried, frozenset(sinks))
    Statements(expressions).run(tree.body)
    return Flow(dict(expressions.inputs), carried.names, expressions.fits)


class Statements:
    """Goes through statements in order, keeping what each name carries."""

    def __init__(self, expressions: Expressions) -> None:
        self._read, self._carried = expressions, expressions.carried
        self._loops = 0

    def run(self, body: Iterable[ast.stmt]) -> None:
        """Read statements one after the other."""
        for statement in body:
            self._statement(statement)

    def _statement(self, node: ast.stmt) -> None:
        handler: Callable[[ast.stmt], None] | None = getattr(
            self, f"_{type(node).__name__.lower()}", None
        )
        if handler is not None:
            handler(node)
        else:
            self._parts(node)

    def _parts(self, node: ast.AST) -> None:
        """A statement without a rule: its expressions, and the statements inside it, in order."""
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.stmt):
                self._statement(child)
            elif isinstance(child, ast.expr):
                self._read.of(child)
            elif isinstance(child, (ast.ExceptHandler, ast.match_case)):
                self._parts(child)

    def _assign(self, node: ast.Assign) -> None:
        origins = self._read.of(node.value)
        for target in node.targets:
            self._read.bind(target, origins, node.value)

    def _annassign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self._read.bind(node.target, self._read.of(node.value), node.value)

    def _augassign(self, node: ast.AugAssign) -> None:
        self._carried.take_in(node.target, self._read.of(node.value))

    def _expr(self, node: ast.Expr) -> None:
        self._read.of(node.value)

    def _for(self, node: ast.For) -> None:
        for _ in self._rounds():
            self._read.iterate(node.target, node.iter)
            self.run(node.body)
        self.run(node.orelse)

    _asyncfor = _for

    def _while(self, node: ast.While) -> None:
        for _ in self._rounds():
            self._read.of(node.test)
            self.run(node.body)
        self.run(node.orelse)

    def _rounds(self) -> Iterator[int]:
        """Two rounds: what the end of a loop's body carries reaches its beginning."""
        # Each loop around doubles the reading, so that those very deep inside get one.
        self._loops += 1
        yield from range(2 if self._loops <= MOST_LOOPS else 1)
        self._loops -= 1

    def _if(self, node: ast.If) -> None:
        self._read.of(node.test)
        before = dict(self._carried.names)
        self.run(node.body)
        after, self._carried.names = self._carried.names, before
        self.run(node.orelse)
        for name, origins in after.items():
            self._carried.names[name] = self._carried.names.get(name, NOWHERE) | origins

    def _with(self, node: ast.With) -> None:
        for item in node.items:
            origins = self._read.of(item.context_expr)
            if item.optional_vars is not None:
                self._read.bind(item.optional_vars, origins, item.context_expr)
        self.run(node.body)

    _asyncwith = _with

    def _functiondef(self, node: ast.FunctionDef) -> None:
        # What a function does is done where it is called; it carries what its free names carry.
        self._read.functions[node.name] = node

    _asyncfunctiondef = _functiondef

    def _classdef(self, node: ast.ClassDef) -> None:
        self._read.functions[node.name] = node

    def _delete(self, node: ast.Delete) -> None:
        for target in node.targets:
            self._carried.forget(target)

    def _import(self, node: ast.Import) -> None:
        for alias in node.names:
            self._carried.modules.add(alias.asname or alias.name.partition(".")[0])
