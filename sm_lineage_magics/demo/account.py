"""The AWS account a demo plays in, and the four kinds of entities its lineage is made of.

>>> shop = Account("shop-data", "https://github.example.com/shop/ml")
>>> shop.artifact("DataSet", shop.s3("raw/orders.csv"), Stamp(monday, "ana")).label
'orders.csv'
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from ..model import Entity, Home

# An account number that AWS keeps for documentation.
US_EAST_1 = Home("us-east-1", "111122223333")
EMBEDDED = Home()


@dataclass(frozen=True)
class Stamp:
    """When and by whom something was made, and whose it is.

    Attributes:
        at: the moment, in UTC.
        by: the user profile.
        tags: as AWS keeps them, key to value.
    """

    at: datetime
    by: str
    tags: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def epoch(self) -> int:
        """Seconds since 1970, which SageMaker puts into many names."""
        return int(self.at.timestamp())

    @property
    def suffix(self) -> str:
        """What the SageMaker SDK puts after a job's base name."""
        return f"{self.at:%Y-%m-%d-%H-%M-%S}-{self.epoch % 1000:03}"

    def later(self, **passed: float) -> Stamp:
        """The same person, some `minutes`, `hours` or `days` later."""
        return Stamp(self.at + timedelta(**passed), self.by, self.tags)


@dataclass(frozen=True)
class Account:
    """One AWS account with one bucket and one code repository.

    Attributes:
        bucket: where its data is.
        repository: the web address of its code.
        resources: the account and region of its jobs, feature groups and endpoints.
        home: the account and region of the lineage entities: a store's own.
    """

    bucket: str
    repository: str
    resources: Home = US_EAST_1
    home: Home = EMBEDDED

    def s3(self, key: str) -> str:
        """The URI of an object in the bucket."""
        return f"s3://{self.bucket}/{key}"

    def artifact(self, type: str, uri: str, made: Stamp, **fields: Any) -> Entity:
        """An artifact, known by its source; SageMaker gives its own artifacts no name."""
        arn = self.home.artifact(uri)
        return _entity(made, arn=arn, kind="Artifact", type=type, source_uri=uri, **fields)

    def action(self, type: str, name: str, uri: str, made: Stamp, **fields: Any) -> Entity:
        """A completed action."""
        return _entity(
            made,
            arn=self.home.action(name),
            kind="Action",
            type=type,
            name=name,
            source_uri=uri,
            status="Completed",
            **fields,
        )

    def context(self, type: str, name: str, uri: str, made: Stamp, **fields: Any) -> Entity:
        """A context."""
        arn = self.home.context(name)
        return _entity(
            made, arn=arn, kind="Context", type=type, name=name, source_uri=uri, **fields
        )

    def trial_component(self, type: str, name: str, uri: str, made: Stamp, **more: Any) -> Entity:
        """What SageMaker keeps of a completed job."""
        details = {
            "display_name": name,
            "start_time": made.at.isoformat(),
            "end_time": made.later(minutes=6).at.isoformat(),
        }
        return _entity(
            made,
            arn=self.home.trial_component(name),
            kind="TrialComponent",
            type=type,
            name=name,
            source_uri=uri,
            status="Completed",
            details=details | more,
        )


def _entity(made: Stamp, details: Mapping[str, Any] | None = None, **fields: Any) -> Entity:
    tags = {"tags": dict(made.tags)} if made.tags else {}
    return Entity(
        created=made.at,
        modified=made.at,
        created_by=made.by,
        details={**(details or {}), **tags},
        **fields,
    )
