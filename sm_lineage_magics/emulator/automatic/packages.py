"""Model packages: an artifact each, its group a context, every decision about it an action.

>>> registered(request, "arn:…:model-package/churn/1", containers, sketch)
"""

from __future__ import annotations

from collections.abc import Iterator

from ...model import Arn
from ..wire import Request
from .containers import parts_of
from .sketch import Sketch

DEFAULT_APPROVAL = "PendingManualApproval"


def registered(request: Request, package: str, sketch: Sketch) -> None:
    """A new package, what it is made of, its group and its first approval status."""
    artifact = sketch.artifact(package, "Model")
    for uri, type_ in _parts(request):
        sketch.link(sketch.artifact(uri, type_), artifact, "ContributedTo")
    group = request.get("ModelPackageGroupName")
    if group:
        context = _group(Arn.parse(package), sketch)
        sketch.link(artifact, context, "AssociatedWith")
        decided(package, request.get("ModelApprovalStatus", DEFAULT_APPROVAL), sketch)


def decided(package: str, status: str, sketch: Sketch) -> None:
    """An approval status given to a package."""
    group, _, version = Arn.parse(package).name.rpartition("/")
    name = sketch.name(group, version, status, sketch.epoch, "aws-model-group")
    action = sketch.action(name, "Approval", package, ModelApprovalStatus=status)
    sketch.link(action, sketch.artifact(package, "Model"), "ContributedTo")


def _group(package: Arn, sketch: Sketch) -> str:
    name = package.name.rpartition("/")[0]
    source = sketch.home.arn("model-package-group", name)
    # One context for the group, however many packages: its name holds no time here, where the
    # service's holds the one of its creation.
    return sketch.context(sketch.name(name, "aws-model-group"), "ModelGroup", source)


def _parts(request: Request) -> Iterator[tuple[str, str]]:
    found: dict[tuple[str, str], None] = {}
    containers = request.get("InferenceSpecification", {}).get("Containers", ())
    algorithms = request.get("SourceAlgorithmSpecification", {}).get("SourceAlgorithms", ())
    for container in (*containers, *algorithms):
        found.update(dict.fromkeys(parts_of(container)))
    return iter(found)
