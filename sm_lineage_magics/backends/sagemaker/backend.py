"""Amazon SageMaker ML Lineage, asked and written through boto3; fulfils `Backend`.

>>> backend = SageMakerBackend.open(profile="research", region="eu-west-1")
>>> backend.name
'account 123456789012 in eu-west-1'
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property, partial
from itertools import islice
from pathlib import Path
from typing import Any

from ...model import (
    Answer,
    Association,
    Direction,
    Entity,
    EntityFilter,
    Home,
    Known,
    Plan,
    Receipt,
    Reference,
)
from ...model.plan import Attempt, Pair
from ..local import Store
from ..places import memory_file
from .calls.client import Connection, client_of, home_of, home_seen, s3_of
from .calls.service import Progress, Service
from .checkup import Check, checked
from .memory import Memory
from .naming.resolve import Resolve
from .quota import Use, usage
from .reading import edges, listing
from .reading.described import Described
from .reading.finding import Finding
from .reading.observing import observed
from .reading.walking import Walking
from .reading.whole import whole
from .writing.applying import Applying
from .writing.existing import Existing
from .writing.looking import Looking
from .writing.recording import record
from .writing.removing import Removing


class SageMakerBackend:
    """The lineage of one AWS account and region.

    Args:
        client: a boto3 SageMaker client.
        home: tells the account and region, when they are first needed.
        memory: the file of what is remembered; that of the account when None.
        read_only: whether every write is refused before it is sent.
    """

    def __init__(
        self,
        client: Any,
        home: Callable[[], Home],
        memory: str | Path | None = None,
        *,
        s3: Callable[[], Any] | None = None,
        read_only: bool = False,
    ) -> None:
        self.service = Service(client, read_only=read_only)
        self._s3 = s3
        self._ask_home = home
        self._memory_file = memory
        self._memory: tuple[str | Path, Memory] | None = None
        self._lock = threading.RLock()

    @classmethod
    def open(
        cls,
        *,
        profile: str | None = None,
        region: str | None = None,
        client: Any = None,
        s3: Any = None,
        read_only: bool = False,
        memory: str | Path | None = None,
    ) -> SageMakerBackend:
        """Open an account.

        Args:
            profile: of the AWS configuration; the environment's own choice when None.
            region: the profile's own when None.
            client: a SageMaker client to use instead, such as the emulator's.
            s3: a client to look at training data with, beside the `client` given; without it
                data is not looked at.
            read_only: whether every write is refused before it is sent.
            memory: the file that remembers entities; one per account and region in the data
                folder when None, or nothing kept for a client that was given.

        Raises:
            CredentialsMissing: when there is no region or no such profile.
        """
        if client is not None:
            kept = ":memory:" if memory is None else memory
            looks = None if s3 is None else lambda: s3
            home = partial(home_seen, client)
            return cls(client, home, kept, s3=looks, read_only=read_only)
        connection = Connection(profile, region)
        made = client_of(connection)
        looks_at = partial(s3_of, connection)
        home = partial(home_of, connection)
        return cls(made, home, memory, s3=looks_at, read_only=read_only)

    @property
    def name(self) -> str:
        mode = ", read only" if self.service.read_only else ""
        return f"account {self.home.account} in {self.home.region}{mode}"

    @property
    def home(self) -> Home:
        with self._lock:
            return self._home

    @cached_property
    def _home(self) -> Home:
        return self._ask_home()

    @property
    def memory(self) -> Memory:
        """What is remembered of this account."""
        with self._lock:
            file = self._memory_file or memory_file(self._home)
            if self._memory is None or self._memory[0] != file:
                # The place changes when an emulator begins to answer for the account, or ends.
                self._let_memory_go()
                self._memory = file, Memory(Store.open(file))
            return self._memory[1]

    def _let_memory_go(self) -> None:
        if self._memory is not None:
            self._memory[1].store.close()

    @property
    def progress(self) -> Callable[[Progress], None] | None:
        """Told how a question gets on that takes longer than two seconds."""
        return self.service.progress

    @progress.setter
    def progress(self, told: Callable[[Progress], None] | None) -> None:
        self.service.progress = told

    def get(self, arns: Iterable[str]) -> Mapping[str, Entity]:
        with self.service.asking():
            known = Described(self.service, self.memory, fresh=True).of(arns)
        for error in known.refused.values():
            raise error
        return known.entities

    def find(
        self,
        *,
        text: str | None = None,
        source_uri: str | None = None,
        only: EntityFilter | None = None,
        limit: int | None = None,
    ) -> Iterator[Entity]:
        finding = Finding(self.service, self.memory)
        return islice(finding.find(text, source_uri, only), limit)

    def everything(self) -> Answer:
        with self.service.asking():
            return whole(self.service, self.memory)

    def resolve(self, reference: Reference) -> Sequence[Entity]:
        with self.service.asking():
            return Resolve(self.service, self.memory).meant(reference)

    def existing(self, entities: Iterable[Entity]) -> Mapping[str, Entity]:
        with self.service.asking():
            return Existing(self.service, self.memory).of(entities)

    def recorded(self, entities: Iterable[Entity], links: Iterable[Pair]) -> Known:
        with self.service.asking():
            return Looking(self.service, self.memory, entities, links).whole()

    def names(self, prefix: str = "", limit: int = 1000) -> Iterator[str]:
        return self.memory.store.names(prefix, limit)

    def traverse(
        self,
        start: Iterable[str],
        direction: Direction,
        *,
        max_depth: int | None = None,
        stop_at: EntityFilter | None = None,
        only: EntityFilter | None = None,
    ) -> Answer:
        focus = tuple(dict.fromkeys(start))
        walking = Walking(
            self.service,
            self.memory,
            max_depth=max_depth,
            stop_at=stop_at,
            only=only,
        )
        with self.service.asking():
            return walking.traverse(focus, direction)

    def associations(self, arns: Iterable[str], direction: Direction) -> Iterator[Association]:
        with self.service.asking():
            yield from edges.edges_at(self.service, arns, direction)

    def observe(self, entities: Iterable[Entity]) -> Mapping[str, Mapping[str, str]]:
        with self.service.asking():
            return observed(self.service, entities, self._s3)

    def apply(self, plan: Plan) -> Receipt:
        with self.service.asking():
            return Applying(self.service, self.memory).finish(plan)

    def record(
        self, entities: Iterable[Entity], links: Iterable[Pair], attempt: Attempt
    ) -> Receipt:
        with self.service.asking():
            return record(self.service, self.memory, entities, links, attempt)

    def remove(self, receipt: Receipt) -> Receipt:
        with self.service.asking():
            return Removing(self.service, self.memory).remove(receipt)

    def delete(self, arns: Iterable[str]) -> Receipt:
        with self.service.asking():
            return Removing(self.service, self.memory).delete(arns)

    def listed(self) -> Iterator[Entity]:
        """Everything there is, newest first, as lists tell it: without properties."""
        return listing.everything(self.service)

    def linked(self, since: datetime | None = None) -> Iterator[Association]:
        """Every association made since a moment, newest first."""
        return edges.every(self.service, since)

    def usage(self) -> list[Use]:
        """How much of each quota is used; every list is read to its end."""
        with self.service.asking():
            return usage(self.service)

    def checkup(self) -> Iterator[Check]:
        """What works of this account, and what to do about what does not."""
        with self.service.asking():
            yield from checked(self.service, lambda: self.home)

    def close(self) -> None:
        self.service.close()
        with self._lock:
            self._let_memory_go()
