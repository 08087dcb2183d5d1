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
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

# Of the events at one call: the last one before, all of them, or one of them.
Which = Literal["last", "all", "one"]


class Origin(NamedTuple):
    """Where a value came from: a call of this cell, or something known from before it."""

    source: ast.Call | str
    which: Which = "last"


Origins = frozenset[Origin]
NOWHERE: Origins = frozenset()

# Methods that learn from their arguments, and methods that put them into their object.
_FITS = frozenset(("fit", "partial_fit", "fit_transform", "fit_predict", "fit_resample"))
_TAKES_IN = frozenset(
    ("append", "appendleft", "extend", "insert", "add", "update", "setdefault", "put", "push")
)
# Functions that write: a buffer they are given carries what was written.
_WRITES = ("to_", "write_", "dump", "save")
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp)


@dataclass(frozen=True)
class Flow:
    """What flows into each call of a cell, and what each name carries at its end.

    Attributes:
        inputs: call → origins of its arguments and of the object it is a method of.
        names: name → origins, at the end of the cell.
        fits: calls that fit something, in the order read: call → the fitted name, if it has one.
    """

    inputs: Mapping[ast.Call, Origins] = field(default_factory=dict)
    names: Mapping[str, Origins] = field(default_factory=dict)
    fits: Mapping[ast.Call, str] = field(default_factory=dict)

    def into(self, call: ast.Call) -> Origins:
        """The origins of what flows into `call`."""
        return self.inputs.get(call, NOWHERE)


def flow(
    tree: ast.Module,
    sources: Collection[ast.Call] = (),
    before: Mapping[str, Origins] | None = None,
    containers: Collection[str] = (),
    modules: Collection[str] = (),
) -> Flow:
    """Read the flow of a cell's code.

    Args:
        tree: the cell.
        sources: calls that bring data in by themselves: what they were given is left behind.
        before: what names carry from earlier cells.
        containers: names that hold lists, dicts or the like, of which one element is not all.
        modules: names of modules, which carry nothing.
    """
    reader = _Reader(frozenset(sources), dict(before or {}), containers, modules)
    reader.run(tree.body)
    return Flow(dict(reader.inputs), reader.names, reader.fits)


def calls_of(tree: ast.AST) -> list[ast.Call]:
    """Every call in the code, in the order it is written."""
    found = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return sorted(found, key=lambda call: (call.end_lineno or 0, call.end_col_offset or 0))


def name_called(call: ast.Call) -> str:
    """The last part of what is called: `read_csv` of `pd.read_csv(…)`."""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def root_of(node: ast.AST) -> str:
    """The name at the root of `a.b[0].c`, or nothing."""
    while isinstance(node, (ast.Attribute, ast.Subscript, ast.Starred)):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


class _Reader:
    """Goes through statements in order, keeping what each name carries."""

    def __init__(
        self,
        sources: frozenset[ast.Call],
        names: dict[str, Origins],
        containers: Collection[str],
        modules: Collection[str],
    ) -> None:
        self.sources, self.names = sources, names
        self.inputs: defaultdict[ast.Call, Origins] = defaultdict(frozenset)
        self.fits: dict[ast.Call, str] = {}
        self._containers, self._modules = frozenset(containers), set(modules)
        self._functions: dict[str, ast.AST] = {}
        self._element_of: dict[str, str] = {}

    # Statements

    def run(self, body: Iterable[ast.stmt]) -> None:
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
                self.of(child)
            elif isinstance(child, (ast.ExceptHandler, ast.match_case)):
                self._parts(child)

    def _assign(self, node: ast.Assign) -> None:
        origins = self.of(node.value)
        for target in node.targets:
            self._bind(target, origins, node.value)

    def _annassign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self._bind(node.target, self.of(node.value), node.value)

    def _augassign(self, node: ast.AugAssign) -> None:
        self._take_in(node.target, self.of(node.value))

    def _expr(self, node: ast.Expr) -> None:
        self.of(node.value)

    def _for(self, node: ast.For) -> None:
        # Twice: what the end of the body carries reaches its beginning.
        for _ in range(2):
            self._iterate(node.target, node.iter)
            self.run(node.body)
        self.run(node.orelse)

    _asyncfor = _for

    def _while(self, node: ast.While) -> None:
        for _ in range(2):
            self.of(node.test)
            self.run(node.body)
        self.run(node.orelse)

    def _if(self, node: ast.If) -> None:
        self.of(node.test)
        before = dict(self.names)
        self.run(node.body)
        after, self.names = self.names, before
        self.run(node.orelse)
        for name, origins in after.items():
            self.names[name] = self.names.get(name, NOWHERE) | origins

    def _with(self, node: ast.With) -> None:
        for item in node.items:
            origins = self.of(item.context_expr)
            if item.optional_vars is not None:
                self._bind(item.optional_vars, origins, item.context_expr)
        self.run(node.body)

    _asyncwith = _with

    def _functiondef(self, node: ast.FunctionDef) -> None:
        # What a function does is done where it is called; it carries what its free names carry.
        self._functions[node.name] = node

    _asyncfunctiondef = _functiondef

    def _classdef(self, node: ast.ClassDef) -> None:
        self._functions[node.name] = node

    def _delete(self, node: ast.Delete) -> None:
        for target in node.targets:
            self.names.pop(ast.unparse(target), None)

    def _import(self, node: ast.Import) -> None:
        for alias in node.names:
            self._modules.add(alias.asname or alias.name.partition(".")[0])

    # Names

    def _bind(self, target: ast.expr, origins: Origins, value: ast.expr | None = None) -> None:
        if isinstance(target, ast.Name):
            self._set(target.id, origins)
        elif isinstance(target, ast.Starred):
            self._bind(target.value, origins)
        elif isinstance(target, (ast.Tuple, ast.List)):
            self._unpack(target.elts, origins, value)
        else:
            self._take_in(target, origins)
            if _constant_path(target):
                self.names[ast.unparse(target)] = origins

    def _set(self, name: str, origins: Origins) -> None:
        for part in [known for known in self.names if known.startswith((f"{name}.", f"{name}["))]:
            del self.names[part]
        self.names[name] = origins
        self._element_of.pop(name, None)

    def _unpack(self, targets: list[ast.expr], origins: Origins, value: ast.expr | None) -> None:
        values = value.elts if isinstance(value, (ast.Tuple, ast.List)) else []
        pairwise = len(values) == len(targets) and not any(
            isinstance(each, ast.Starred) for each in (*values, *targets)
        )
        carried = [self.of(each) for each in values] if pairwise else [origins] * len(targets)
        for target, its in zip(targets, carried, strict=True):
            self._bind(target, its)

    def _take_in(self, target: ast.AST, origins: Origins) -> None:
        """What `target` belongs to now carries these as well, all of them."""
        name = root_of(target)
        if not name or name in self._modules:
            return
        self._add(name, frozenset(Origin(o.source, "all") for o in origins))

    def _add(self, name: str, origins: Origins) -> None:
        self.names[name] = self.names.get(name, NOWHERE) | origins
        if name in self._element_of:
            self._add(self._element_of[name], origins)

    def _iterate(self, target: ast.expr, iterated: ast.expr) -> None:
        origins, container = self.of(iterated), _container_of(iterated)
        known = container in self._containers
        self._bind(target, _one(origins) if known else origins)
        for name in _names_in(target):
            if known and name != container:
                self._element_of[name] = container

    # Expressions

    def of(self, node: ast.expr) -> Origins:
        """The origins of an expression's value."""
        if isinstance(node, ast.Name):
            return self._name(node.id)
        if isinstance(node, ast.Call):
            return self._call(node)
        if isinstance(node, (ast.Subscript, ast.Attribute)):
            return self._part(node)
        if isinstance(node, ast.NamedExpr):
            self._bind(node.target, self.of(node.value), node.value)
        if isinstance(node, _COMPREHENSIONS):
            return self._comprehension(node)
        if isinstance(node, ast.Lambda):
            return self._free(node)
        return self._union(_expressions_in(node))

    def _name(self, name: str) -> Origins:
        if name in self._functions and name not in self.names:
            return self._free(self._functions[name])
        return NOWHERE if name in self._modules else self.names.get(name, NOWHERE)

    def _part(self, node: ast.Subscript | ast.Attribute) -> Origins:
        known = self.names.get(ast.unparse(node)) if _constant_path(node) else None
        if known is not None:
            return known
        if isinstance(node, ast.Attribute):
            return self.of(node.value)
        whole = self.of(node.value) | self.of(node.slice)
        sliced = isinstance(node.slice, ast.Slice)
        return _one(whole) if root_of(node) in self._containers and not sliced else whole

    def _call(self, node: ast.Call) -> Origins:
        given = self._union((*node.args, *(keyword.value for keyword in node.keywords)))
        receiver = self.of(node.func)
        self.inputs[node] |= given | receiver
        if name_called(node) in _FITS and isinstance(node.func, ast.Attribute):
            return self._fit(node, node.func.value, given | receiver)
        if isinstance(node.func, ast.Attribute) and node.func.attr in _TAKES_IN:
            self._take_in(node.func.value, given)
        if name_called(node).startswith(_WRITES):
            for argument in node.args:
                self._take_in(argument, given | receiver)
        return frozenset({Origin(node)}) if node in self.sources else given | receiver

    def _fit(self, node: ast.Call, fitted: ast.expr, given: Origins) -> Origins:
        """A fitted value carries the fit; what it was fitted on is what flowed into the fit."""
        self.fits[node] = root_of(fitted)
        carried = frozenset({Origin(node)})
        name = root_of(fitted)
        if isinstance(fitted, ast.Name):
            self._forget_inputs(fitted.id, carried)
        elif name:
            self._take_in(fitted, carried)
        # What `fit_transform` gives back is data, made of what it was given.
        return carried if name_called(node) in ("fit", "partial_fit") else carried | given

    def _forget_inputs(self, name: str, carried: Origins) -> None:
        container = self._element_of.get(name)
        self.names[name] = carried
        if container:
            self._add(container, frozenset(Origin(o.source, "all") for o in carried))

    def _comprehension(
        self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp
    ) -> Origins:
        kept = dict(self.names)
        for generator in node.generators:
            self._iterate(generator.target, generator.iter)
            self._union(generator.ifs)
        parts = (node.key, node.value) if isinstance(node, ast.DictComp) else (node.elt,)
        made = self._union(parts)
        self.names = kept
        return frozenset(Origin(o.source, "all") for o in made)

    def _free(self, function: ast.AST) -> Origins:
        loaded = {n.id for n in ast.walk(function) if isinstance(n, ast.Name)}
        own = {n.arg for n in ast.walk(function) if isinstance(n, ast.arg)}
        return frozenset(o for name in loaded - own for o in self.names.get(name, NOWHERE))

    def _union(self, nodes: Iterable[ast.expr]) -> Origins:
        return frozenset(origin for node in nodes for origin in self.of(node))


def _one(origins: Origins) -> Origins:
    return frozenset(Origin(origin.source, "one") for origin in origins)


def _container_of(iterated: ast.expr) -> str:
    """The name whose elements `for … in iterated` goes through: `d` of `d.items()` too."""
    if not isinstance(iterated, ast.Call):
        return root_of(iterated)
    called = name_called(iterated)
    if called in ("enumerate", "zip", "sorted", "reversed", "list", "tuple") and iterated.args:
        return _container_of(iterated.args[0])
    return root_of(iterated.func) if called in ("items", "values", "keys") else ""


def _names_in(target: ast.AST) -> Iterator[str]:
    return (node.id for node in ast.walk(target) if isinstance(node, ast.Name))


def _constant_path(node: ast.AST) -> bool:
    """Whether an expression is a name with attributes and constant keys: `d["a"].b`."""
    while isinstance(node, (ast.Attribute, ast.Subscript)):
        if isinstance(node, ast.Subscript) and not isinstance(node.slice, ast.Constant):
            return False
        node = node.value
    return isinstance(node, ast.Name)


def _expressions_in(node: ast.AST) -> Iterator[ast.expr]:
    """The nearest expressions below a node."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.expr):
            yield child
        else:
            yield from _expressions_in(child)
