"""What each name carries, as the statements of a cell go by.

>>> carried = Carried({"frame": raw}, containers=(), modules=("pd",))
>>> carried.set("young", carried.of("frame"))
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Collection, Mapping

from .elements import part_of
from .origins import NOWHERE, Origins, all_of
from .syntax import constant_path, root_of

# What parts a path from the name it begins with.
_ROOT = re.compile(r"[.\[]")


class Carried:
    """Names, and constant paths below them, with the origins of their values.

    Args:
        before: what names carry from earlier cells.
        containers: names that hold lists, dicts or the like, of which one element is not all.
        modules: names of modules, which carry nothing.
    """

    def __init__(
        self, before: Mapping[str, Origins], containers: Collection[str], modules: Collection[str]
    ) -> None:
        self.names = dict(before)
        self.containers, self.modules = frozenset(containers), set(modules)
        self._element_of: dict[str, str] = {}
        # Every part that was ever told apart, by the name it is a part of.
        self._parts: defaultdict[str, set[str]] = defaultdict(set)
        for name in before:
            self._parts[_ROOT.split(name, maxsplit=1)[0]].add(name)

    def of(self, name: str) -> Origins:
        """What a name carries."""
        return NOWHERE if name in self.modules else self.names.get(name, NOWHERE)

    def at(self, node: ast.expr) -> Origins | None:
        """What a constant path was given by itself: `d["a"]`; None where it was not."""
        return self.names.get(ast.unparse(node)) if constant_path(node) else None

    def set(self, name: str, origins: Origins) -> None:
        """A name is assigned: what it and its parts carried before is forgotten."""
        self.forget_parts(name)
        self.names[name] = origins
        self._element_of.pop(name, None)

    def parts(self, name: str, parts: Mapping[str | int, Origins]) -> None:
        """A name was given a container written out: each of its elements by itself."""
        self.names |= {part_of(name, key): origins for key, origins in parts.items()}
        self._parts[name].update(part_of(name, key) for key in parts)

    def forget_parts(self, name: str) -> None:
        """What parts of a name carry by themselves is no longer told apart."""
        for part in self._parts.get(name, ()):
            if part != name:
                self.names.pop(part, None)

    def set_part(self, target: ast.expr, origins: Origins) -> None:
        """A part is assigned: what it belongs to carries it too."""
        self.take_in(target, origins)
        if constant_path(target):
            part = ast.unparse(target)
            self.names[part] = origins
            self._parts[root_of(target)].add(part)

    def forget(self, target: ast.expr) -> None:
        """A name or path is deleted; the elements behind it move up."""
        self.names.pop(ast.unparse(target), None)
        self.forget_parts(root_of(target))

    def take_in(self, target: ast.AST, origins: Origins) -> None:
        """What `target` belongs to now carries these as well, all of them."""
        name = root_of(target)
        if name and name not in self.modules:
            self._add(name, all_of(origins))

    def refit(self, name: str, fit: Origins) -> None:
        """A name is fitted: it carries the fit, and so does the container it is an element of."""
        self.names[name] = fit
        if name in self._element_of:
            self._add(self._element_of[name], all_of(fit))

    def belongs(self, name: str, container: str) -> None:
        """A name is an element of a container: what it takes in, the container does."""
        self._element_of[name] = container

    def _add(self, name: str, origins: Origins) -> None:
        self.names[name] = self.names.get(name, NOWHERE) | origins
        if name in self._element_of:
            self._add(self._element_of[name], origins)
