"""Which variables a cell named, made or changed, told without looking into any of them.

>>> before = Names(namespace)
>>> run(cell)
>>> before.touched(namespace, cell.tree)
{'frame': <DataFrame>, 'model': <LogisticRegression>}
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any

# What IPython itself keeps among a notebook's variables.
_SHELLS_OWN = frozenset(("In", "Out", "exit", "quit", "open", "get_ipython", "display"))


class Names:
    """The identities of all variables at one moment; no value is copied, held or compared."""

    def __init__(self, namespace: Mapping[str, Any]) -> None:
        self._ids = dict(zip(namespace, map(id, namespace.values()), strict=True))

    def touched(self, namespace: Mapping[str, Any], tree: ast.AST) -> dict[str, Any]:
        """The variables the code names, and those that are new or another object since."""
        named = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        ids = self._ids
        changed = {name for name, value in namespace.items() if ids.get(name) != id(value)}
        # A frame's variables are a mapping whose keys, in Python 3.13, are no set.
        names = filter(_of_the_user, sorted((named | changed).intersection(namespace)))
        return {name: namespace[name] for name in names}


def _of_the_user(name: str) -> bool:
    return not name.startswith("_") and name not in _SHELLS_OWN
