"""What an entity is called where the service allows fewer names.

>>> service_name(Entity(arn, "Action", "Query", "join customers", "s3://b/q"))
'join-customers-964d0a79'
"""

from __future__ import annotations

from ....model import Arn, Entity
from ....model.name import fitting, may_be_called, plain


def service_name(entity: Entity) -> str:
    """The entity's name as far as the service allows.

    Artifacts may go without, and several may have one. Of others the name is what they are known
    by: where there is none, it is made of the end of the ARN.
    """
    if entity.kind == "Artifact":
        name = entity.name
        return name if may_be_called("Artifact", name) else plain(name) or (name and "entity")
    return fitting(entity.name or Arn.parse(entity.arn).name, entity.kind)
