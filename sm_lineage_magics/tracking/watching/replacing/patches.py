"""Attributes replaced for a while, and put back whatever others did to them meanwhile.

>>> patches = Patches()
>>> patches.replace(pandas, "read_csv", lambda original: seen(original))
>>> patches.undo()
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from typing import Any

Wrapper = Callable[..., Any]
Make = Callable[[Wrapper], Wrapper]

_MISSING = object()


class Patches:
    """Replaced attributes, undone together in reverse order.

    Others patch the same attributes: moto, tracers, a second recording inside the first. Where
    somebody has replaced ours by the time it is undone, theirs stays and ours passes every call
    straight through; where they put ours back later, it takes itself away at its next call.
    """

    def __init__(self) -> None:
        self._replaced: list[_Replaced] = []

    def replace(self, owner: Any, name: str, make: Make) -> None:
        """Put `make(original)` in the place of `owner.name`."""
        self._replaced.append(_Replaced(owner, name, make))

    def rebind(self, namespace: MutableMapping[str, Any]) -> None:
        """Let names that hold an original (`from joblib import dump`) hold what replaces it."""
        _exchange(namespace, {id(each.original): each.wrapper for each in self._replaced})

    @contextmanager
    def bound_in(self, namespace: MutableMapping[str, Any]) -> Iterator[None]:
        """Let a namespace's names hold the replacements for the length of the block."""
        self.rebind(namespace)
        try:
            yield
        finally:
            self.unbind(namespace)

    def undo(self) -> None:
        """Put everything back. Undoing twice does nothing."""
        for each in reversed(self._replaced):
            each.undo()

    def unbind(self, namespace: MutableMapping[str, Any]) -> None:
        """Let names that hold what replaced an original hold the original again."""
        _exchange(namespace, {id(each.wrapper): each.original for each in self._replaced})


def _exchange(namespace: MutableMapping[str, Any], exchanged: Mapping[int, Any]) -> None:
    # Nearly always there is nothing to exchange, among thousands of variables.
    if exchanged.keys().isdisjoint(map(id, namespace.values())):
        return
    for name in [name for name, value in namespace.items() if id(value) in exchanged]:
        namespace[name] = exchanged[id(namespace[name])]


class _Replaced:
    def __init__(self, owner: Any, name: str, make: Make) -> None:
        self._owner, self._name = owner, name
        # A class may only inherit the attribute; it is then deleted again, not set.
        self._own = vars(owner).get(name, _MISSING)
        self.original: Wrapper = getattr(owner, name)
        self._seeing = make(self.original)
        self._active = True
        self.wrapper = self._passing()
        setattr(owner, name, self.wrapper)

    def _passing(self) -> Wrapper:
        @functools.wraps(self.original)
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            __tracebackhide__ = True
            if self._active:
                return self._seeing(*args, **kwargs)
            self._restore()
            return self.original(*args, **kwargs)

        return wrapper

    def undo(self) -> None:
        self._active = False
        self._restore()

    def _restore(self) -> None:
        if vars(self._owner).get(self._name) is not self.wrapper:
            return
        if self._own is _MISSING:
            delattr(self._owner, self._name)
        else:
            setattr(self._owner, self._name, self._own)
