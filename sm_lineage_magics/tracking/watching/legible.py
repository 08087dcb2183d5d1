"""Code without the statements that are nested too deep to be read.

Reading goes as deep as the code does, and Python itself no deeper than a thousand calls. A chain of
two hundred methods runs all the same: then it runs, and is not read.

>>> tree, left_out = legible(ast.parse("a = 1\\nb = " + "-" * 200 + "1"))
>>> ast.unparse(tree), left_out
('a = 1', [2])
"""

from __future__ import annotations

import ast

# Reading one level takes up to four calls.
MOST_LEVELS = 150


def legible(tree: ast.Module) -> tuple[ast.Module, list[int]]:
    """The code without the statements that are too deep, and the lines where those begin."""
    deep = {each for each in tree.body if _is_too_deep(each)}
    kept = [each for each in tree.body if each not in deep]
    return ast.Module(kept, []), sorted(each.lineno for each in deep)


def _is_too_deep(statement: ast.stmt) -> bool:
    pending: list[tuple[ast.AST, int]] = [(statement, 1)]
    while pending:
        node, level = pending.pop()
        if level > MOST_LEVELS:
            return True
        pending += ((child, level + 1) for child in ast.iter_child_nodes(node))
    return False
