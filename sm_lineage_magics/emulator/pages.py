"""Answers cut into pages, each taken up where the last one ended.

>>> pages = Pages()
>>> first, token = pages.cut(("List", "{}"), lambda: iter("abc"), size=2)
>>> pages.cut(("List", "{}"), lambda: iter("abc"), size=2, token=token)
(['c'], None)

The running answer waits in memory under its token. A token whose answer is gone (asked twice,
crowded out, from another process) still works: the answer begins anew and skips what was given.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from itertools import islice
from typing import Any, TypeVar

from .refusal import Refusal, invalid

Item = TypeVar("Item")


class Pages:
    """The answers of one account that somebody may still be paging through."""

    def __init__(self, most: int = 64) -> None:
        self._most = most
        self._running: OrderedDict[str, _Running] = OrderedDict()
        self._lock = threading.Lock()

    def cut(
        self,
        question: Hashable,
        begin: Callable[[], Iterator[Item]],
        size: int,
        token: str | None = None,
    ) -> tuple[list[Item], str | None]:
        """The next page of an answer, and the token of the page after it if there is one.

        Args:
            question: what was asked, without token and page size; a token fits no other.
            begin: starts the answer from its first item.
            size: items on the page.
            token: what the page before gave.

        Raises:
            Refusal: `ValidationException` when the token was not given for this question.
        """
        asked = hashlib.sha256(repr(question).encode()).hexdigest()[:32]
        start = 0 if token is None else _position(token, asked)
        running = self._taken_up(token) or _Running(islice(begin(), start, None))
        page = running.take(size)
        if running.exhausted:
            return page, None
        return page, self._kept(asked, start + len(page), running)

    def _taken_up(self, token: str | None) -> _Running | None:
        with self._lock:
            return self._running.pop(token, None) if token else None

    def _kept(self, asked: str, position: int, running: _Running) -> str:
        token = base64.urlsafe_b64encode(json.dumps([asked, position]).encode()).decode()
        with self._lock:
            self._running[token] = running
            while len(self._running) > self._most:
                self._running.popitem(last=False)
        return token


class _Running:
    """An answer under way, one item ahead of what was given, to know whether more follows."""

    def __init__(self, items: Iterator[Any]) -> None:
        self._items = items
        self._ahead = list(islice(items, 1))

    @property
    def exhausted(self) -> bool:
        return not self._ahead

    def take(self, size: int) -> list[Any]:
        if size < 1:
            return []
        page = [*self._ahead, *islice(self._items, size - 1)]
        self._ahead = list(islice(self._items, 1))
        return page


def _position(token: str, asked: str) -> int:
    try:
        for_question, position = json.loads(base64.urlsafe_b64decode(token))
    except (binascii.Error, ValueError) as error:
        raise _unfit(token) from error
    if for_question != asked or not isinstance(position, int) or position < 0:
        raise _unfit(token)
    return position


def _unfit(token: str) -> Refusal:
    return invalid(f"Invalid NextToken '{token}': it was not given for this request.")
