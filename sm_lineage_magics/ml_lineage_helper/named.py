"""The entities a caller's text means: decided by its form, never by a word within it.

>>> by_uri("s3://my-artifacts/raw")
Reference(scheme='uri', name='s3://my-artifacts/raw', column=None)
"""

from __future__ import annotations

from ..errors import InvalidReference
from ..lineage import Lineage
from ..model import Answer, LineageGraph, Reference, is_arn


def by_uri(text: str) -> Reference:
    """A reference by ARN or URI.

    Raises:
        InvalidReference: when the text is neither.
    """
    if is_arn(text):
        return Reference("arn", text)
    if "://" in text:
        return Reference("uri", text)
    raise InvalidReference(f"{text!r} is neither an ARN nor a URI. Expected s3://… or arn:aws:….")


def model_meant(lineage: Lineage, text: str) -> Answer:
    """The model of a SageMaker model name, an ARN, or the S3 URI of its data."""
    located = is_arn(text) or "://" in text
    return meant(lineage, by_uri(text) if located else Reference("model", text))


def meant(lineage: Lineage, reference: Reference) -> Answer:
    """All entities a reference means: several may share a source, and none of them is left out.

    Raises:
        EntityNotFound: with the nearest names.
    """
    found = lineage.backend.resolve(reference) or [lineage.entity(reference)]
    return Answer(LineageGraph.of(found), found=tuple(entity.arn for entity in found))
