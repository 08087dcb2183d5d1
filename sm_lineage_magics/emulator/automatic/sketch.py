"""Entities and associations as SageMaker itself makes them, gathered before they are written.

>>> sketch = Sketch(Home("us-east-1", "123456789012"), now)
>>> data = sketch.artifact("s3://bucket/train/", "DataSet")
>>> job = sketch.component("train-churn-aws-training-job", "TrainingJob", job_arn)
>>> sketch.link(data, job, "ContributedTo")
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from ...backends.local import Store
from ...model import Association, AssociationType, Entity, Home
from ..quotas import SERVICE

# Names have at most so many characters, auto-made ones too.
_MOST_CHARACTERS = 120


@dataclass
class Sketch:
    """What is drawn at one moment, in one account."""

    home: Home
    now: datetime
    entities: dict[str, Entity] = field(default_factory=dict)
    associations: list[Association] = field(default_factory=list)

    def artifact(self, uri: str, type: str, **properties: str) -> str:
        """An artifact without a name; its URI, as it was given, is its identity."""
        return self._entity(Entity(self.home.artifact(uri), "Artifact", type, "", uri, properties))

    def component(
        self, name: str, type: str, source: str, status: str, details: Mapping[str, Any]
    ) -> str:
        """The trial component of a job."""
        arn = self.home.trial_component(name.lower())
        return self._entity(
            Entity(arn, "TrialComponent", type, name, source, status=status, details=details)
        )

    def context(self, name: str, type: str, source: str, **properties: str) -> str:
        """The context of a resource, unless one with this source was made before."""
        arn = self.home.context(name)
        return self._entity(
            Entity(arn, "Context", type, name, source, properties, details=self._of_arn())
        )

    def action(self, name: str, type: str, source: str, **properties: str) -> str:
        """An action on a resource, which is over when it is recorded."""
        arn = self.home.action(name)
        return self._entity(
            Entity(
                arn,
                "Action",
                type,
                name,
                source,
                properties,
                status="Completed",
                details=self._of_arn(),
            )
        )

    def link(self, source: str, destination: str, type: AssociationType) -> None:
        """An association, made by the service."""
        self.associations.append(Association(source, destination, type, self.now, SERVICE))

    def name(self, *parts: str) -> str:
        """An auto-made name: the parts, of which the first gives way, with the time at the end."""
        rest = "-".join(("", *parts[1:]))
        return parts[0][: _MOST_CHARACTERS - len(rest)].rstrip("-") + rest

    @property
    def epoch(self) -> str:
        """The seconds since 1970, as they stand in auto-made names."""
        return str(int(self.now.timestamp()))

    def write(self, store: Store) -> None:
        """Write what is not there yet; what is there is reused as it is."""
        with store.writing():
            there = store.get(self.entities)
            store.put(one for arn, one in self.entities.items() if arn not in there)
            store.link(self.associations)

    def _entity(self, entity: Entity) -> str:
        made: dict[str, Any] = {"created": self.now, "modified": self.now, "created_by": SERVICE}
        self.entities.setdefault(entity.arn, replace(entity, **made))
        return entity.arn

    def _of_arn(self) -> Mapping[str, Any]:
        # As the SDK's own fixtures show them: the source is an ARN, its id the creation date.
        return {"source_type": "ARN", "source_id": self.now.strftime("%a %b %d %H:%M:%S UTC %Y")}
