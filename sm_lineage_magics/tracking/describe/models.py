"""Models, model packages and endpoints: which data and images serve under which name."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from ...model import Arn, Entity
from ...model.vocabulary import APPROVAL_STATUS, MODEL_NAME, STATUS, VARIANTS
from ..facts import Resource
from .ask import Ask, Unseen
from .drawing import Drawing, action, artifact, at, context, utc

Variant = tuple[str, list[str]]  # its name, and the models it serves

_STATUSES = {
    "InService": "Completed",
    "Creating": "InProgress",
    "Updating": "InProgress",
    "SystemUpdating": "InProgress",
    "RollingBack": "InProgress",
    "Failed": "Failed",
    "OutOfService": "Failed",
    "UpdateRollbackFailed": "Failed",
    "Deleting": "Stopping",
}


def model(resource: Resource, ask: Ask) -> Drawing:
    """A model: the data of each of its containers, under its name."""
    answer = ask("sagemaker", "describe_model", ModelName=resource.name)
    drawing = Drawing(f"DescribeModel {resource.name}")
    for entity in _draw_containers(drawing, _containers_of(answer), resource.name):
        drawing.add(entity)
    return drawing


def package(resource: Resource, ask: Ask) -> Drawing:
    """A model package: its containers, its group, and the decision about it."""
    asked = resource.arn or resource.name
    answer = ask("sagemaker", "describe_model_package", ModelPackageName=asked)
    arn = answer["ModelPackageArn"]
    drawing = Drawing(f"DescribeModelPackage {Arn.parse(arn).name}")
    made = drawing.add(_package(arn, answer))
    inside = at(answer, "InferenceSpecification", "Containers") or ()
    for entity in _draw_containers(drawing, inside, ""):
        drawing.reads(made, entity, "container")
    _in_group(drawing, made, answer)
    return drawing


def package_group(resource: Resource, ask: Ask) -> Drawing:
    """A model package group by itself."""
    answer = ask("sagemaker", "describe_model_package_group", ModelPackageGroupName=resource.name)
    drawing = Drawing(f"DescribeModelPackageGroup {resource.name}")
    drawing.add(_group(answer["ModelPackageGroupName"], answer["ModelPackageGroupArn"]))
    return drawing


def endpoint(resource: Resource, ask: Ask) -> Drawing:
    """An endpoint: the models of all its variants, through the deployment that put them there."""
    answer = ask("sagemaker", "describe_endpoint", EndpointName=resource.name)
    drawing = Drawing(f"DescribeEndpoint {resource.name}")
    variants = list(_variants(drawing, answer, ask))
    deployed = _deployment(resource.name, answer)
    served = _served(resource.name, answer, variants)
    drawing.link(deployed, served, "AssociatedWith", "its endpoint")
    for variant, models in variants:
        for name in models:
            draw_model(drawing, deployed, name, ask, f"variant {variant}, model {name}")
    return drawing


def _served(name: str, answer: Mapping[str, Any], variants: Iterable[Variant]) -> Entity:
    listed = {variant: models for variant, models in variants if models}
    properties = {
        STATUS: answer.get("EndpointStatus", ""),
        VARIANTS: json.dumps(listed) if listed else "",
    }
    created = utc(answer.get("CreationTime"))
    return context("Endpoint", name, answer["EndpointArn"], properties, created=created)


def _deployment(name: str, answer: Mapping[str, Any]) -> Entity:
    status = _STATUSES.get(answer.get("EndpointStatus", ""), "Unknown")
    created = utc(answer.get("CreationTime"))
    arn = answer["EndpointArn"]
    return action("ModelDeployment", f"{name}-deployment", arn, {}, created=created, status=status)


def _containers_of(answer: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """All containers of a model; one alone stands under a key of its own."""
    primary = answer.get("PrimaryContainer")
    return [*([primary] if primary else []), *answer.get("Containers", ())]


def _draw_containers(
    drawing: Drawing, containers: Iterable[Mapping[str, Any]], name: str
) -> Iterator[Entity]:
    """The data, package and image of each container, as entities not yet linked."""
    for container in containers:
        if uri := data_of(container):
            yield artifact("Model", uri, **{MODEL_NAME: name})
        if arn := container.get("ModelPackageName"):
            drawing.more.append(Resource("model-package", arn, arn))
            yield artifact("Model", arn, **{MODEL_NAME: name})
        if image := container.get("Image"):
            yield artifact("Image", image)


def data_of(container: Mapping[str, Any]) -> str:
    """Where a container's model data is, as an archive or as a prefix."""
    uri = container.get("ModelDataUrl") or at(container, "ModelDataSource", "S3DataSource", "S3Uri")
    return str(uri or "")


def draw_model(drawing: Drawing, reader: Entity, name: str, ask: Ask, why: str) -> None:
    """What a model consists of, as what a deployment or a transform job read."""
    try:
        answer = ask("sagemaker", "describe_model", ModelName=name)
    except Unseen as unseen:
        drawing.missed([unseen.gap])
        return
    for entity in _draw_containers(drawing, _containers_of(answer), name):
        drawing.reads(reader, entity, why)


def _variants(drawing: Drawing, answer: Mapping[str, Any], ask: Ask) -> Iterator[Variant]:
    """Each variant with the models it serves."""
    try:
        config = ask(
            "sagemaker", "describe_endpoint_config", EndpointConfigName=answer["EndpointConfigName"]
        )
    except Unseen as unseen:
        drawing.missed([unseen.gap])
        return
    both = (*config.get("ProductionVariants", ()), *config.get("ShadowProductionVariants", ()))
    for variant in both:
        name = variant["VariantName"]
        models = [variant["ModelName"]] if variant.get("ModelName") else []
        yield name, models or list(_components(drawing, answer["EndpointName"], name, ask))


def _components(drawing: Drawing, endpoint: str, variant: str, ask: Ask) -> Iterator[str]:
    """The models of a variant that has none of its own but inference components."""
    try:
        listed = ask.pages(
            "sagemaker",
            "list_inference_components",
            "InferenceComponents",
            EndpointNameEquals=endpoint,
            VariantNameEquals=variant,
        )
        for each in listed:
            name = each["InferenceComponentName"]
            answer = ask("sagemaker", "describe_inference_component", InferenceComponentName=name)
            if model := at(answer, "Specification", "ModelName"):
                yield model
    except Unseen as unseen:
        drawing.missed([unseen.gap])


def _package(arn: str, answer: Mapping[str, Any]) -> Entity:
    known = answer.get("MetadataProperties") or {}
    names = {"CommitId": "commit_id", "Repository": "repository", "GeneratedBy": "generated_by"}
    metadata = {names[key]: value for key, value in known.items() if key in names}
    status = {APPROVAL_STATUS: answer.get("ModelApprovalStatus", "")}
    made = artifact("Model", arn, **status)
    return replace(made, details={"metadata": metadata} if metadata else {})


def _in_group(drawing: Drawing, made: Entity, answer: Mapping[str, Any]) -> None:
    name, arn = answer.get("ModelPackageGroupName"), Arn.parse(made.source_uri)
    if not name:
        return
    group = str(arn).replace(f":{arn.resource}", f":model-package-group/{arn.name.split('/')[0]}")
    drawing.link(made, _group(name, group), "AssociatedWith", "its group")
    if status := answer.get("ModelApprovalStatus"):
        decided = f"{arn.name.replace('/', '-')}-{status}"
        approval = action("Approval", decided, made.source_uri, {APPROVAL_STATUS: status})
        drawing.reads(made, approval, "approval status")


def _group(name: str, arn: str) -> Entity:
    return context("ModelGroup", name, arn, {})
