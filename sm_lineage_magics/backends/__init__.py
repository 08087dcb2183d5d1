"""The seam: where lineage is kept. Two implementations, one contract, one suite that holds both.

>>> backend = connect(":memory:")
>>> backend.traverse([model_arn], "upstream").complete
True
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from ..model import (
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
    from ..model.plan import Attempt, Pair


class Backend(Protocol):
    """Where lineage is kept and asked. Developers call it through `Lineage`.

    Every method may raise `StoreError` (embedded) or `ServiceError` (Amazon SageMaker). What a
    walk could not see is not raised: it is a `Gap` of the answer.
    """

    @property
    def name(self) -> str:
        """One line for people: which store or account, and whether it may be written."""

    @property
    def home(self) -> Home:
        """The account and region its ARNs belong to."""

    def get(self, arns: Iterable[str]) -> Mapping[str, Entity]:
        """The entities of these ARNs that exist, in the order asked."""

    def find(
        self,
        *,
        text: str | None = None,
        source_uri: str | None = None,
        only: EntityFilter | None = None,
        limit: int | None = None,
    ) -> Iterable[Entity]:
        """Entities whose name or source contains `text`, or whose source is `source_uri`.

        Conditions that are given all hold. Newest first, then by ARN; lazily, `limit` at most.
        """

    def everything(self) -> Answer:
        """All entities, newest first and with all their details, and all associations.

        It answers with every entity; on Amazon SageMaker it costs a call for each that is not
        remembered.
        """

    def resolve(self, reference: Reference) -> Sequence[Entity]:
        """All entities a reference means: none, one, or several. Never picks."""

    def existing(self, entities: Iterable[Entity]) -> Mapping[str, Entity]:
        """Which of these exist already: the key given (its `arn`) → the entity as stored.

        Two are the same when their source is the same (with an artifact's source types), or, of
        actions and contexts without a source in common, their name. The properties of an artifact
        given without any may be left out.
        """

    def recorded(self, entities: Iterable[Entity], links: Iterable[Pair]) -> Known:
        """What `existing` says of these entities, and which of the links are there.

        Args:
            entities: what to look for.
            links: pairs of their keys.
        """

    def names(self, prefix: str = "", limit: int = 1000) -> Iterable[str]:
        """References known without asking anybody, for completion and for 'did you mean'.

        With a prefix that begins with `arn:`, ARNs.
        """

    def traverse(
        self,
        start: Iterable[str],
        direction: Direction,
        *,
        max_depth: int | None = None,
        stop_at: EntityFilter | None = None,
        only: EntityFilter | None = None,
    ) -> Answer:
        """Walk from `start` and answer with everything reached.

        Args:
            start: ARNs; the focus of the answer. One that does not exist is a `missing` gap.
            direction: `upstream`, `downstream`, or `both`: up and down from the start, which is
                not the service's `Both`, that turns round at every entity it visits.
            max_depth: levels to go, None for all. What lies beyond is a `beyond-depth` gap.
            stop_at: entities that are part of the answer but not walked through.
            only: the entities wanted. The answer then holds them and the start, no promise made
                about what lies between: a backend may leave that out and save the calls.

        The graph's entities are in order of distance, then of type, name and ARN.
        """

    def associations(self, arns: Iterable[str], direction: Direction) -> Iterable[Association]:
        """One level: the associations that lead to (`upstream`) or from (`downstream`) `arns`."""

    def observe(self, entities: Iterable[Entity]) -> Mapping[str, Mapping[str, str]]:
        """What is true of the things behind these entities just now, by ARN, where it can be seen.

        Named as `model.vocabulary` names properties: `Status` and `Variants` of endpoints,
        `ModelApprovalStatus` of packages, `Tags` of both, `Features` of feature groups, `ETag` of
        objects; `Unseen` with the reason for what could not be seen, and `UnseenKind`. The embedded
        store sees nothing but itself, and answers with nothing.
        """

    def apply(self, plan: Plan) -> Receipt:
        """Write a plan. Applying it again changes nothing; others' properties are never lost."""

    def record(
        self, entities: Iterable[Entity], links: Iterable[Pair], attempt: Attempt
    ) -> Receipt:
        """Look up what is `recorded` of these and write what is decided then.

        Args:
            entities: what to look for.
            links: pairs of their keys.
            attempt: decides. What it was told last and has decided last is what is written.

        Raises:
            WriteRefused: when the backend is read-only and something was to be written.
        """

    def remove(self, receipt: Receipt) -> Receipt:
        """Take back what a receipt says was made, except what others have linked to since.

        What is left in place is a gap of the receipt returned, which lists what was removed.
        """

    def delete(self, arns: Iterable[str]) -> Receipt:
        """Delete entities with the associations at them; the receipt lists what was deleted."""

    def close(self) -> None:
        """Let go of files and connections."""


def connect(target: str | Path | None = None, **options: Any) -> Backend:
    """Open a backend.

    Args:
        target: `sagemaker`, or a path, or `:memory:`; the embedded store's usual file when None.
        options: for SageMaker: `profile`, `region`, `client`, `read_only`; for the embedded
            store: `read_only`.

    Raises:
        StoreError: when the file cannot be used.
        CredentialsMissing: when there are no credentials for Amazon SageMaker, or no region.
    """
    if target == "sagemaker":
        from .sagemaker import SageMakerBackend

        return SageMakerBackend.open(**options)
    from .local import LocalBackend

    return LocalBackend.open(target, **options)
