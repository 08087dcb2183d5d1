"""Python's syntax trees, asked small questions: which calls, which name, which parts."""

from __future__ import annotations

import ast
from collections.abc import Iterator


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


def container_of(iterated: ast.expr) -> str:
    """The name whose elements `for … in iterated` goes through: `d` of `d.items()` too."""
    if not isinstance(iterated, ast.Call):
        return root_of(iterated)
    called = name_called(iterated)
    if called in ("enumerate", "zip", "sorted", "reversed", "list", "tuple") and iterated.args:
        return container_of(iterated.args[0])
    return root_of(iterated.func) if called in ("items", "values", "keys") else ""


def names_in(target: ast.AST) -> Iterator[str]:
    """Every name in an assignment's target."""
    return (node.id for node in ast.walk(target) if isinstance(node, ast.Name))


def constant_path(node: ast.AST) -> bool:
    """Whether an expression is a name with attributes and constant keys: `d["a"].b`."""
    while isinstance(node, (ast.Attribute, ast.Subscript)):
        if isinstance(node, ast.Subscript) and not isinstance(node.slice, ast.Constant):
            return False
        node = node.value
    return isinstance(node, ast.Name)


def expressions_in(node: ast.AST) -> Iterator[ast.expr]:
    """The nearest expressions below a node."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.expr):
            yield child
        else:
            yield from expressions_in(child)


def elements_of(value: ast.expr | None) -> list[tuple[str | int, ast.expr]]:
    """The elements of a list, tuple or dict that is written out, each with its key."""
    if isinstance(value, (ast.List, ast.Tuple)):
        spread = any(isinstance(each, ast.Starred) for each in value.elts)
        return [] if spread else list(enumerate(value.elts))
    if isinstance(value, ast.Dict):
        keys = [key.value if isinstance(key, ast.Constant) else None for key in value.keys]
        pairs = zip(keys, value.values, strict=True)
        return [(key, each) for key, each in pairs if isinstance(key, (str, int))]
    return []
