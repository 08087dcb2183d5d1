"""Lineage from Python: what the magics ask, as methods, for scripts and tests.

>>> with Lineage.open() as lineage:
...     lineage.feature_groups("model:churn")
Answer(…)
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .. import views  # noqa: F401  # registers the formats of `Answer.to`
from ..backends import Backend, connect
from .asking import Asking
from .evidence import Evidence
from .moving import Moving
from .recording import Keeping


class Lineage(Asking, Evidence, Keeping, Moving):
    """The lineage kept in one place: an embedded store or an AWS account.

    A subject is a reference (`model:churn`, `fg:customers.age`, an S3 URI, a path, an ARN), a
    selector (`+model:churn`), an entity, an answer to go on from, or several of these.

    Raises, whatever is asked or recorded:
        EntityNotFound, AmbiguousName: when a subject means none, or several where one is meant.
        QuestionError: when a question cannot be asked as it stands; the two above are such errors.
        StoreError: when the embedded store cannot answer.
        ServiceError: when Amazon SageMaker refuses or cannot be reached. Only what a walk could
            not see is not raised: that is a `Gap` of the answer.
        WriteRefused: when something was to be written and the lineage is open for reading only.
    """

    def __init__(self, backend: Backend) -> None:
        self.backend = backend

    @classmethod
    def open(cls, target: str | Path | None = None, **options: Any) -> Lineage:
        """Open the embedded store, another file of one, `:memory:`, or `sagemaker`.

        Args:
            target: as `backends.connect` takes it.
            options: `read_only`; for SageMaker also `profile`, `region` and `client`.

        Raises:
            StoreError: when the file cannot be used.
            ServiceError: when Amazon SageMaker cannot be reached.
        """
        return cls(connect(target, **options))

    def __enter__(self) -> Lineage:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of files and connections."""
        self.backend.close()
