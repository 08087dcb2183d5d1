"""From model data to the endpoint, as SageMaker's registry and hosting draw it."""

from __future__ import annotations

from ..model import Entity, LineageGraph, vocabulary
from .account import Account, Stamp
from .jobs import Built, flow, link


def model(account: Account, key: str, name: str, made: Stamp) -> Entity:
    """Model data in S3 of which the SageMaker model `name` is made."""
    properties = {vocabulary.MODEL_NAME: name}
    return account.artifact("Model", account.s3(key), made, properties=properties)


def package_group(account: Account, name: str, made: Stamp) -> Entity:
    """A group of model packages."""
    arn = account.resources.arn("model-package-group", name)
    return account.context("ModelGroup", f"{name}-{made.epoch}-aws-model-group", arn, made)


def registered(
    account: Account, group: Entity, version: int, parts: tuple[Entity, ...], made: Stamp
) -> Built:
    """A package of `parts` (model data and image) as a version in its group."""
    name = group.source_uri.rpartition("/")[2]
    arn = account.resources.arn("model-package", f"{name}/{version}")
    package = account.artifact("Model", arn, made)
    in_group = LineageGraph.of(
        (package, group), [link(package, group, "AssociatedWith", by=package)]
    )
    return Built(package, flow(package, parts) | in_group)


def decided(account: Account, package: Entity, status: str, made: Stamp) -> LineageGraph:
    """The decision about a package: `Approved`, `Rejected` or `PendingManualApproval`."""
    name = package.source_uri.partition("/")[2].replace("/", "-")
    approval = account.action(
        "Approval",
        f"{name}-{status}-{made.epoch}-aws-model-group",
        package.source_uri,
        made,
        properties={vocabulary.APPROVAL_STATUS: status},
    )
    return LineageGraph.of(
        (approval, package), [link(approval, package, "ContributedTo", by=approval)]
    )


def deployed(account: Account, package: Entity, endpoint: str, made: Stamp) -> LineageGraph:
    """A package served by an endpoint that is in service."""
    arn = account.resources.arn("endpoint", endpoint)
    name = f"{endpoint}-{made.epoch}-aws-endpoint"
    deployment = account.action("ModelDeployment", name, arn, made)
    properties = {vocabulary.STATUS: "InService"}
    served = account.context("Endpoint", name, arn, made, properties=properties)
    # The type of this last association is not published; the service's own tests use this one.
    return flow(deployment, [package]) | LineageGraph.of(
        (deployment, served), [link(deployment, served, "AssociatedWith")]
    )
