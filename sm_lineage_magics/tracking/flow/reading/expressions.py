"""The origins of an expression's value, and what evaluating it does to names."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Collection, Iterable

from .carried import Carried
from .elements import part_of
from .origins import Origin, Origins, all_of, one_of
from .syntax import (
    container_of,
    elements_of,
    expressions_in,
    name_called,
    names_in,
    root_of,
)

# Methods that learn from their arguments, and methods that put them into their object.
_FITS = frozenset(("fit", "partial_fit", "fit_transform", "fit_predict", "fit_resample"))
_TAKES_IN = frozenset(
    ("append", "appendleft", "extend", "insert", "add", "update", "setdefault", "put", "push")
)
# What leaves the elements of a list at other places than they were.
_REORDERS = frozenset(("insert", "pop", "remove", "sort", "reverse", "shuffle", "clear"))
# Functions that write: a buffer they are given carries what was written.
_WRITES = ("to_", "write_", "dump", "save")
Comprehension = ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp


class Expressions:
    """Reads expressions in the order they are evaluated.

    Attributes:
        carried: what each name carries.
        inputs: call → origins of its arguments and of the object it is a method of.
        fits: calls that fit something: call → the fitted name.
        functions: functions and classes of the cell, by name.
    """

    def __init__(
        self,
        sources: frozenset[ast.Call],
        carried: Carried,
        sinks: frozenset[ast.Call] = frozenset(),
    ) -> None:
        self._sources, self._sinks, self.carried = sources, sinks, carried
        self.inputs: defaultdict[ast.Call, Origins] = defaultdict(frozenset)
        self.fits: dict[ast.Call, str] = {}
        self.functions: dict[str, ast.AST] = {}

    def of(self, node: ast.expr) -> Origins:
        """The origins of an expression's value."""
        if isinstance(node, ast.Name):
            return self._name(node.id)
        if isinstance(node, ast.Call):
            return self._call(node)
        if isinstance(node, (ast.Subscript, ast.Attribute)):
            return self._part(node)
        if isinstance(node, ast.NamedExpr):
            self.bind(node.target, self.of(node.value), node.value)
        if isinstance(node, (ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp)):
            return self._comprehension(node)
        if isinstance(node, ast.Lambda):
            return self._free(node)
        return self._union(expressions_in(node))

    def bind(self, target: ast.expr, origins: Origins, value: ast.expr | None = None) -> None:
        """Assign to a target; where it and the value have as many parts, each to its own."""
        if isinstance(target, ast.Name):
            self.carried.set(target.id, origins)
            self.carried.parts(target.id, {k: self.of(v) for k, v in elements_of(value)})
        elif isinstance(target, ast.Starred):
            self.bind(target.value, origins)
        elif isinstance(target, (ast.Tuple, ast.List)):
            self._unpack(target.elts, origins, value)
        else:
            self.carried.set_part(target, origins)

    def iterate(self, target: ast.expr, iterated: ast.expr) -> Origins:
        """Bind the target of `for target in iterated`; the origins of what it goes through."""
        origins, container = self.of(iterated), container_of(iterated)
        known = container in self.carried.containers
        self.bind(target, one_of(origins) if known else origins)
        for name in names_in(target):
            if known and name != container:
                self.carried.belongs(name, container)
        return origins

    def _unpack(self, targets: list[ast.expr], origins: Origins, value: ast.expr | None) -> None:
        for target, its in zip(targets, self._shared_out(targets, origins, value), strict=True):
            self.bind(target, its)

    def _shared_out(
        self, targets: list[ast.expr], origins: Origins, value: ast.expr | None
    ) -> list[Origins]:
        """What each target gets: its own part where parts are known, else all of it."""
        if any(isinstance(target, ast.Starred) for target in targets):
            return [origins] * len(targets)
        if isinstance(value, ast.Name):
            named = (part_of(value.id, number) for number in range(len(targets)))
            return [self.carried.names.get(part, origins) for part in named]
        parts = [self.of(each) for _, each in elements_of(value)]
        return parts if len(parts) == len(targets) else [origins] * len(targets)

    def _name(self, name: str) -> Origins:
        if name in self.functions and name not in self.carried.names:
            return self._free(self.functions[name])
        return self.carried.of(name)

    def _part(self, node: ast.Subscript | ast.Attribute) -> Origins:
        known = self.carried.at(node)
        if known is not None:
            return known
        if isinstance(node, ast.Attribute):
            return self.of(node.value)
        whole = self.of(node.value) | self.of(node.slice)
        sliced = isinstance(node.slice, ast.Slice)
        return one_of(whole) if root_of(node) in self.carried.containers and not sliced else whole

    def _call(self, node: ast.Call) -> Origins:
        given = self._union((*node.args, *(keyword.value for keyword in node.keywords)))
        flowing = given | self.of(node.func)
        self.inputs[node] |= flowing
        self._pour(flowing)
        if name_called(node) in _FITS and isinstance(node.func, ast.Attribute):
            return self._fit(node, node.func.value, flowing)
        if isinstance(node.func, ast.Attribute) and node.func.attr in _TAKES_IN:
            self.carried.take_in(node.func.value, given)
        if name_called(node) in _REORDERS:
            for container in (node.func, *node.args):
                self.carried.forget_parts(root_of(container))
        if name_called(node).startswith(_WRITES):
            for argument in node.args:
                self.carried.take_in(argument, flowing)
        return frozenset({Origin(node)}) if self._begins(node) else flowing

    def _begins(self, node: ast.Call) -> bool:
        return node in self._sources or node in self._sinks

    def _pour(self, flowing: Origins) -> None:
        """What is given to a file that was opened, or to what writes into it, flows into it."""
        files = [o.source for o in flowing if o.source in self._sinks and o.which != "one"]
        given = all_of(origin for origin in flowing if origin.source not in self._sinks)
        for file in files:
            if isinstance(file, ast.Call):
                self.inputs[file] |= given

    def _fit(self, node: ast.Call, fitted: ast.expr, given: Origins) -> Origins:
        """A fitted value carries the fit; what it was fitted on is what flowed into the fit."""
        self.fits[node] = root_of(fitted)
        fit = frozenset({Origin(node)})
        if isinstance(fitted, ast.Name):
            self.carried.refit(fitted.id, fit)
        else:
            self.carried.take_in(fitted, fit)
        # What `fit_transform` gives back is data, made of what it was given.
        return fit if name_called(node) in ("fit", "partial_fit") else fit | given

    def _comprehension(self, node: Comprehension) -> Origins:
        kept, wholes = dict(self.carried.names), list[Origins]()
        for generator in node.generators:
            wholes.append(self.iterate(generator.target, generator.iter))
            self._union(generator.ifs)
        parts = (node.key, node.value) if isinstance(node, ast.DictComp) else (node.elt,)
        made = self._union(parts)
        self.carried.names = kept
        return _gathered(made, wholes[0], set(ast.walk(node)))

    def _free(self, function: ast.AST) -> Origins:
        """What a function carries: what its free names do."""
        loaded = {n.id for n in ast.walk(function) if isinstance(n, ast.Name)}
        own = {n.arg for n in ast.walk(function) if isinstance(n, ast.arg)}
        names = (self.carried.names.get(name) for name in loaded - own)
        return frozenset(origin for origins in names for origin in origins or ())

    def _union(self, nodes: Iterable[ast.expr]) -> Origins:
        return frozenset(origin for node in nodes for origin in self.of(node))


def _gathered(made: Origins, whole: Origins, inside: Collection[ast.AST]) -> Origins:
    """The origins of what a comprehension made.

    Args:
        made: of its element, as one turn of it has them.
        whole: of what it goes through, which is evaluated once, and all of which it takes.
        inside: its nodes, each evaluated at every turn.
    """
    gone_through = {origin.source for origin in whole}
    turns = frozenset(origin for origin in made if origin.source not in gone_through)
    outside = frozenset(o for o in turns if o.which != "one" and o.source not in inside)
    taken = frozenset(o for o in whole if o.source in {each.source for each in made})
    return taken | outside | all_of(turns - outside)
