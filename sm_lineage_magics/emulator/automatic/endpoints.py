"""Endpoints: a context each, and an action for every deployment to it.

>>> deployed("churn", "arn:…:endpoint/churn", containers.of_config("churn-config"), sketch)
"""

from __future__ import annotations

from collections.abc import Iterable

from .containers import Container, parts_of
from .sketch import Sketch


def deployed(name: str, endpoint: str, containers: Iterable[Container], sketch: Sketch) -> None:
    """A deployment and what was deployed.

    That the association to the endpoint is AssociatedWith is not verified; its direction is.
    """
    context = sketch.context(
        sketch.name(name, "aws-endpoint"), "Endpoint", endpoint, EndpointName=name
    )
    action = sketch.action(
        sketch.name(name, sketch.epoch, "aws-endpoint"), "ModelDeployment", endpoint
    )
    parts = dict.fromkeys(part for container in containers for part in parts_of(container))
    for uri, type_ in parts:
        sketch.link(sketch.artifact(uri, type_), action, "ContributedTo")
    sketch.link(action, context, "AssociatedWith")
