"""What the service lets entities be called.

>>> may_be_called("Action", "join_customers"), may_be_called("Context", "join_customers")
(False, True)
"""

from __future__ import annotations

import re

from ....model import Arn, Entity, Kind

# botocore 1.44: ExperimentEntityName and ContextName.
_NAME_PATTERN = re.compile(r"(?=.{1,120}$)[a-zA-Z0-9](-*[a-zA-Z0-9])*")
_NAMES = {"Context": re.compile(r"(?=.{1,120}$)[a-zA-Z0-9]([-_]*[a-zA-Z0-9])*")}
_NOT_IN_NAMES = re.compile(r"[^a-zA-Z0-9]+")
_LONGEST_NAME = 120


def may_be_called(kind: Kind, name: str) -> bool:
    """Whether the service allows an entity of this kind to have this name."""
    return _NAMES.get(kind, _NAME_PATTERN).fullmatch(name) is not None


def service_name(entity: Entity) -> str:
    """The entity's name as far as the service allows: letters, digits and single hyphens.

    Artifacts may go without; of others one is made of the end of the ARN.
    """
    name = entity.name or ("" if entity.kind == "Artifact" else Arn.parse(entity.arn).name)
    if may_be_called(entity.kind, name):
        return name
    return _NOT_IN_NAMES.sub("-", name)[:_LONGEST_NAME].strip("-") or ("entity" if name else "")
