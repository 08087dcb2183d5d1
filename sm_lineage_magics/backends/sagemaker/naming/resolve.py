"""From what a person names to lineage entities, by look-ups and never by guessing names.

>>> [entity.arn for entity in Resolve(service, memory).meant(Reference.parse("endpoint:churn"))]
['arn:aws:sagemaker:us-east-1:123456789012:context/churn-1767225600-aws-endpoint']

The names SageMaker gives its own entities follow no published grammar. So the resource is
described for its ARN or URI, and the entity is looked up by that source. Where the resource is
gone its lineage may remain: then the lists of that kind are read through, and what was seen of
properties, which lists leave out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ....errors import EntityNotFound, LineageError
from ....model import SCHEMES, Arn, Entity, EntityFilter, Kind, Reference, is_arn
from .. import wire
from ..calls.refusals import NotOffered
from ..calls.service import Service
from ..memory import Memory
from ..reading.listing import by_source, everything, kinds_of_source
from .lookups import LookUp, look_ups_of

_KINDS: dict[str, tuple[Kind, ...]] = {
    "endpoint": ("Context",),
    "group": ("Context",),
    "query": ("Action",),
    "job": ("TrialComponent", "Artifact"),
    "": ("Artifact", "Action", "Context", "TrialComponent"),
}
_ARTIFACTS: tuple[Kind, ...] = ("Artifact",)

# What is meant by a resource's ARN: an approval of a package, which has the same source, is not.
# The other kinds are only looked through where there is none of these.
_FIRST: dict[str, tuple[Kind, ...]] = {
    "endpoint": ("Context",),
    "feature-group": _ARTIFACTS,
    "model-package": _ARTIFACTS,
    "model-package-group": ("Context",),
    "training-job": ("TrialComponent",),
    "processing-job": ("TrialComponent",),
    "transform-job": ("TrialComponent",),
}

# The type nearly all entities of a scheme have; asked for before everything is read.
_USUAL_TYPES = {
    "code": "Code",
    "dataset": "DataSet",
    "endpoint": "Endpoint",
    "fg": "FeatureGroup",
    "group": "ModelGroup",
    "image": "Image",
    "model": "Model",
    "package": "Model",
    "query": "FeatureStoreQuery",
}


class Resolve:
    """Finds the entities a reference means; remembers for minutes what it found."""

    def __init__(self, service: Service, memory: Memory) -> None:
        self._service = service
        self._memory = memory

    def meant(self, reference: Reference) -> list[Entity]:
        """All entities a reference means: none, one, or several.

        Raises:
            ServiceError: when the service refuses.
        """
        name = str(Reference(reference.scheme, reference.name))
        remembered = self._remembered(name)
        if remembered:
            return remembered
        found = list({entity.arn: entity for entity in self._asked(reference)}.values())
        self._memory.glimpse(found)
        self._memory.keep_meaning(name, (entity.arn for entity in found))
        return found

    def _remembered(self, name: str) -> list[Entity]:
        arns = self._memory.meaning(name) or []
        known = self._memory.recall_stale(arns)
        return [known[arn] for arn in arns] if len(known) == len(arns) else []

    def _asked(self, reference: Reference) -> list[Entity]:
        if reference.scheme in ("arn", "uri") and not _names_entity(reference):
            return self._of_source(reference.name)
        found, refused = self._looked_up(reference)
        if not found and not _names_entity(reference):
            found = self._read_through(reference) or self._memory.called(reference)
        if not found and refused:
            # "There is none" would be more than is known.
            raise refused[0]
        return found

    def _of_source(self, uri: str) -> list[Entity]:
        first = _FIRST.get(Arn.parse(uri).type, ()) if is_arn(uri) else _ARTIFACTS
        found = by_source(self._service, uri, first)
        others = [kind for kind in kinds_of_source(uri) if kind not in first]
        found = found or by_source(self._service, uri, others)
        return found or self._memory.made_just_now(uri)

    def _looked_up(self, reference: Reference) -> tuple[list[Entity], list[LineageError]]:
        """Through the resources of this name, and the entities that have it for their own."""
        outcome = self._service.each(self._look_up, look_ups_of(reference))
        leads = [lead for found in outcome.found.values() for lead in found]
        uris = dict.fromkeys(lead for lead in leads if isinstance(lead, str))
        by_uri = self._service.all_of(self._of_source, uris)
        entities = [lead for lead in leads if isinstance(lead, Entity)]
        found = [*entities, *(entity for each in by_uri for entity in each)]
        refused = [e for e in outcome.refused.values() if not _is_absence(e)]
        return _preferred(reference, found), refused

    def _look_up(self, look_up: LookUp) -> list[str | Entity]:
        leads = look_up.read(self._service.call(look_up.operation, **dict(look_up.request)))
        # An entity among them was described whole, so that no walk needs to do it again.
        self._memory.keep(lead for lead in leads if isinstance(lead, Entity))
        return leads

    def _read_through(self, reference: Reference) -> list[Entity]:
        usual = _USUAL_TYPES.get(reference.scheme)
        found = list(self._matching(reference, EntityFilter(types=(usual,)))) if usual else []
        return found or list(self._matching(reference, EntityFilter()))

    def _matching(self, reference: Reference, only: EntityFilter) -> Iterator[Entity]:
        kinds = _KINDS.get(reference.scheme, _ARTIFACTS)
        return filter(reference.matches, everything(self._service, only, kinds))


def _names_entity(reference: Reference) -> bool:
    return reference.scheme == "arn" and wire.kind_of(reference.name) is not None


def _is_absence(error: LineageError) -> bool:
    return isinstance(error, (EntityNotFound, NotOffered))


def _preferred(reference: Reference, found: Iterable[Entity]) -> list[Entity]:
    """Those of the role asked for.

    The Feature Processor has contexts of a feature group beside its artifact; who says `fg:` means
    the artifact, which is where inputs and outputs meet, and the contexts where there is none.
    """
    roles = SCHEMES.get(reference.scheme)
    fitting = [one for one in found if roles is None or EntityFilter(roles=roles)(one)]
    artifacts = [one for one in fitting if one.kind == "Artifact"]
    return artifacts if artifacts and reference.scheme == "fg" else fitting
