"""A listing a page at a time: the token of a page is the number of its first row.

>>> page_of(["a", "b", "c"], {"MaxResults": 2}, 10, refuse)
(['a', 'b'], {'NextToken': '2'})
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from ..parsed import Parsed
from ..refusal import Refusal
from .calls import Request

Row = TypeVar("Row")


def page_of(
    rows: Sequence[Row], request: Request, usual: int, refuse: Callable[[str], Refusal]
) -> tuple[Sequence[Row], Parsed]:
    """The rows a request asks for, and the token of the next page where there is one.

    Args:
        rows: all there are.
        request: with `NextToken` and `MaxResults`, or without.
        usual: how many rows a page has unless the request says.
        refuse: makes the service's own answer to a request that is not valid.

    Raises:
        Refusal: when the token is none that was given.
    """
    token = request.get("NextToken", "0")
    if not (token.isascii() and token.isdecimal()):
        raise refuse(f"NextToken {token!r} is not one of this listing.")
    first = int(token)
    last = first + request.get("MaxResults", usual)
    return rows[first:last], {"NextToken": str(last)} if last < len(rows) else {}
