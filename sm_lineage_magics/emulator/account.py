"""One account's lineage, as the operations see it: its store, its clock, its limits.

>>> account = Account(Store.open(":memory:"), Home("us-east-1", "123456789012"))
>>> account.lineage_group
'arn:aws:sagemaker:us-east-1:123456789012:lineage-group/sagemaker-default-lineage-group'
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any, TypeVar

from ..backends.local import Store
from ..model import Association, Entity, Home
from .pages import Pages
from .quotas import Quotas

Item = TypeVar("Item")

# Items on a page when MaxResults is not given: the documented default of the List operations.
USUAL_PAGE = 10

_OF_THE_PAGE = ("NextToken", "MaxResults")

DEFAULT_GROUP = "sagemaker-default-lineage-group"


class Clock:
    """The time now, in UTC, never the same twice, so that "newest first" is never a tie."""

    def __init__(self) -> None:
        self._last = datetime.min.replace(tzinfo=timezone.utc)
        self._lock = threading.Lock()

    def __call__(self) -> datetime:
        with self._lock:
            now = datetime.now(timezone.utc)
            self._last = max(now, self._last + timedelta(microseconds=1))
            return self._last


@dataclass(frozen=True)
class Account:
    """What every operation is handed.

    Attributes:
        store: where lineage is kept.
        home: region and account number of the ARNs made.
        quotas: how much may be made by hand.
        caller: who is calling: a user profile's name or an IAM ARN; None outside Studio.
        lag: seconds until a write shows in lists, queries and searches.
        page: at most so many items on a page, however many are asked for; None for no such limit.
    """

    store: Store
    home: Home
    quotas: Quotas = field(default_factory=Quotas)
    caller: str | None = None
    lag: float = 0.0
    page: int | None = None
    clock: Clock = field(default_factory=Clock)
    pages: Pages = field(default_factory=Pages)

    @property
    def lineage_group(self) -> str:
        """The ARN of the one group all entities of an account belong to."""
        return self.home.arn("lineage-group", DEFAULT_GROUP)

    def shows(self, written: Association | Entity) -> bool:
        """Whether lists and queries asked now show this write already."""
        if not self.lag or written.created is None:
            return True
        return written.created <= self.clock() - timedelta(seconds=self.lag)

    def paged(
        self,
        operation: str,
        request: Mapping[str, Any],
        begin: Callable[[], Iterator[Item]],
        usual: int = USUAL_PAGE,
    ) -> tuple[list[Item], dict[str, str]]:
        """A page of an answer, and the NextToken that leads to the next one, if there is one."""
        asked = {key: request[key] for key in sorted(request) if key not in _OF_THE_PAGE}
        size = request.get("MaxResults", usual)
        if self.page is not None:
            size = min(size, self.page)
        page, token = self.pages.cut(
            (operation, repr(asked)), begin, size, request.get("NextToken")
        )
        return page, {} if token is None else {"NextToken": token}
