"""The same questions answered in a few words each, for a summary a manager reads."""

from __future__ import annotations

from collections.abc import Iterator

from ....model import reference_of, vocabulary
from ....model.wording import by_whom, counted, some
from ..inspected import Inspected, is_training
from ..recorded import commit_of, features_of
from . import full


def models(lineage: Inspected) -> Iterator[str]:
    """The models and packages by name."""
    for model in lineage.of("model"):
        yield model.properties.get(vocabulary.MODEL_NAME) or model.label
    yield from (f"model package {package.label}" for package in lineage.of("package"))


def data(lineage: Inspected) -> Iterator[str]:
    """How many data sets played which part, and the first few names."""
    parts: dict[str, list[str]] = {}
    for data in lineage.of("dataset"):
        part = full.part_of(lineage, data).partition(" of ")[0]
        parts.setdefault(part, []).append(data.label)
    for part in (each for each in ("source", "result", "input") if each in parts):
        names = dict.fromkeys(parts[part])
        yield f"{counted(len(parts[part]), part)} ({some(names)})"


def features(lineage: Inspected) -> Iterator[str]:
    """How many features of each feature group."""
    for group in lineage.of("feature-group"):
        known = set(full.read_of(lineage, group)) or features_of(group)
        yield f"{counted(len(known), 'feature')} of {reference_of(group).name}"


def code(lineage: Inspected) -> Iterator[str]:
    """Scripts with their commits, and how many images."""
    scripts = list(lineage.of("code"))
    if scripts:
        yield some([f"{each.label} at {commit_of(each)[:8] or 'no commit'}" for each in scripts])
    images = list(lineage.of("image"))
    if images:
        yield counted(len(images), "image")


def training(lineage: Inspected) -> Iterator[str]:
    """When and by whom each training was begun."""
    for job in lineage.of("job"):
        if is_training(job):
            yield f"{full.started(lineage, job)}{by_whom(job.created_by, lineage.absent)}"


def approval(lineage: Inspected) -> Iterator[str]:
    """What was said of each package."""
    return (f"{package}: {said}" for package, said, _ in full.approval(lineage))


def deployment(lineage: Inspected) -> Iterator[str]:
    """The state of each endpoint, and who deployed it."""
    for endpoint in lineage.of("endpoint"):
        yield f"{endpoint.label} is {full.status_of(lineage, endpoint)}"
    yield from (full.deployed(lineage, each) for each in lineage.of("deployment"))
