"""One thing that lineage is drawn between: an artifact, action, context or trial component.

>>> Entity("arn:aws:sagemaker:local:000000000000:action/q", "Action", name="join").label
'join'
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any

from .arn import Kind, parsed
from .vocabulary import MODEL_NAME

_MADE_BY_SERVICE = r"-aws-[a-z-]+$"


def nothing() -> Mapping[str, Any]:
    """An empty frozen mapping, to be the default of a field."""
    # Before Python 3.12 a mapping proxy has no hash, and dataclasses refuse it as a plain default.
    return MappingProxyType({})


@dataclass(frozen=True)
class Entity:
    """An artifact, action, context or trial component, whichever store it came from.

    Attributes:
        arn: its Amazon Resource Name, the identity.
        kind: `Artifact`, `Action`, `Context` or `TrialComponent`.
        type: the free text the service keeps as ArtifactType, ActionType or ContextType; for a
            trial component the kind of job: `TrainingJob`, `ProcessingJob`, …
        name: as given; artifacts that SageMaker makes by itself have none.
        source_uri: where the thing itself is: an S3 URI, a job's or endpoint's ARN, a link.
        properties: text to text, as the service keeps them.
        created: when the entity was made, in UTC.
        modified: when it last changed, in UTC.
        created_by: who made it, where known.
        status: of actions and trial components: `InProgress`, `Completed`, `Failed`, …
        details: what the service keeps beside properties, plain JSON values under these keys:
            `source_types` (list of [type, value], part of an artifact's identity),
            `source_type`, `source_id`, `description`, `metadata` (commit_id, repository,
            generated_by, project_id), `tags` (text to text), and a trial component's
            `display_name`, `start_time`, `end_time`, `parameters`, `input_artifacts`,
            `output_artifacts`.
    """

    arn: str
    kind: Kind
    type: str = ""
    name: str = ""
    source_uri: str = ""
    properties: Mapping[str, str] = field(default_factory=nothing, hash=False)
    created: datetime | None = None
    modified: datetime | None = None
    created_by: str | None = None
    status: str | None = None
    details: Mapping[str, Any] = field(default_factory=nothing, hash=False)

    @property
    def label(self) -> str:
        """What to call it on screen: its name, else its model's, else what its source is called.

        SageMaker names its own entities after their source with a suffix, such as
        `churn-1767225600-aws-endpoint`; there the source's own name is what people know.
        """
        if self.name and not (self.source_uri and _made_by_service(self.name)):
            return self.name
        return self._model or _called(self.source_uri) or last_part(self.arn)

    @property
    def _model(self) -> str:
        # Every training job calls its result model.tar.gz: the SageMaker model tells them apart.
        named: str = self.properties.get(MODEL_NAME, "")
        return named.partition(",")[0].strip() if named else ""


def last_part(uri: str) -> str:
    """The last part of a URI or ARN that is not empty.

    >>> last_part("s3://bucket/raw/"), last_part("arn:aws:sagemaker:r:1:feature-group/customers")
    ('raw', 'customers')
    """
    return uri.rstrip("/").rpartition("/")[2]


def _made_by_service(name: str) -> bool:
    return "-aws-" in name and re.search(_MADE_BY_SERVICE, name) is not None


def _called(source_uri: str) -> str:
    # A model package is `group/version`; the version alone says nothing.
    arn = parsed(source_uri)
    return arn.name if arn else last_part(source_uri)
