"""Which of the entities of one source is the one that is meant.

>>> meant(approval, [pending, approved]).name
'churn-1-Approved'
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable

from .arn import Arn, is_arn
from .entity import Entity
from .name import fitting

# How names end that SageMaker makes up itself: nobody else can tell them beforehand.
_MADE_UP = re.compile(r"-aws-[a-z-]+$")
# What may be approved, or deployed to, several times, each time by an action of its own.
_SEVERAL = ("endpoint", "model-package")


def source_of(entity: Entity) -> Hashable:
    """What entities of one source have in common; None for one without a source."""
    if not entity.source_uri:
        return None
    if entity.kind == "Artifact":
        types = sorted(tuple(pair) for pair in entity.details.get("source_types", ()))
        return (entity.kind, entity.source_uri, tuple(types))
    # One endpoint or package may be the source of an approval and of a deployment.
    type = None if entity.kind == "TrialComponent" else entity.type
    return (entity.kind, entity.source_uri, type)


def meant(entity: Entity, candidates: Iterable[Entity]) -> Entity | None:
    """The same thing as `entity`, by its source; of several the first.

    Of the approvals of a package and the deployments to an endpoint each has its name. One that
    SageMaker recorded itself, under a name it made up, is the same as one that people name.
    """
    alike = (each for each in candidates if source_of(each) == source_of(entity))
    if not _is_one_of_several(entity):
        return next(alike, None)
    found, names = list(alike), (entity.name, fitting(entity.name))
    named = (each for each in found if each.name in names)
    made_up = () if _MADE_UP.search(entity.name) else filter(_is_made_up, found)
    return next(named, None) or next(iter(made_up), None)


def _is_one_of_several(entity: Entity) -> bool:
    if entity.kind != "Action" or not is_arn(entity.source_uri):
        return False
    return Arn.parse(entity.source_uri).type in _SEVERAL


def _is_made_up(entity: Entity) -> bool:
    return _MADE_UP.search(entity.name) is not None
