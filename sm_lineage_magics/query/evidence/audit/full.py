"""What a lineage says to each question of an audit: rows of what, answer and source."""

from __future__ import annotations

from collections.abc import Iterator

from ....model import Entity, reference_of, role_of, vocabulary
from ....model.serial import time_from_text
from ....model.wording import by_whom, minute
from ..approval import approvals_of, status_said
from ..inspected import Inspected, is_training
from ..recorded import commit_of, features_of, parameters_of, repository_of, sources_of

Rows = Iterator[tuple[str, str, str]]


def models(lineage: Inspected) -> Rows:
    """Models and model packages."""
    for model in lineage.of("model"):
        name = model.properties.get(vocabulary.MODEL_NAME) or model.label
        yield (name, model.source_uri, model.arn)
    for package in lineage.of("package"):
        yield ("model package", package.label, package.arn)


def data(lineage: Inspected) -> Rows:
    """Data sets with the part each played, and its ETag or version."""
    for data in lineage.of("dataset"):
        identity = data.properties.get(vocabulary.ETAG) or data.properties.get(
            vocabulary.VERSION_ID
        )
        stamp = f" (ETag {identity})" if identity else ""
        yield (part_of(lineage, data), f"{data.source_uri or data.label}{stamp}", data.arn)


def part_of(lineage: Inspected, data: Entity) -> str:
    """What part a data set played: source, training data, result of a query …"""
    if not lineage.graph.upstream_of([data.arn]):
        return "source"
    users = (user for user in lineage.downstream(data) if role_of(user) == "job")
    job = next(users, None)
    return f"input of {job.label}" if job else "result"


def features(lineage: Inspected) -> Rows:
    """Feature groups with the features that were read."""
    for group in lineage.of("feature-group"):
        read = dict.fromkeys(read_of(lineage, group))
        listed = ", ".join(read or features_of(group)) or f"features {lineage.absent}"
        yield (str(reference_of(group)), listed, group.arn)


def read_of(lineage: Inspected, group: Entity) -> Iterator[str]:
    """The features that queries read of one feature group."""
    name = reference_of(group).name
    for query in lineage.of("query"):
        yield from (feature for of, feature in sources_of(query) if of == name)


def code(lineage: Inspected) -> Rows:
    """Scripts with repository and commit, and images."""
    for code in lineage.of("code"):
        dirty = (
            " with changes not committed" if code.properties.get(vocabulary.DIRTY) == "true" else ""
        )
        commit = commit_of(code)
        at = f" at {commit[:12]}{dirty}" if commit else f" (commit {lineage.absent})"
        yield (code.label, f"{repository_of(code) or code.source_uri}{at}", code.arn)
    for image in lineage.of("image"):
        yield ("image", image.source_uri, image.arn)


def training(lineage: Inspected) -> Rows:
    """Training jobs: state, start, who began them, settings."""
    for job in lineage.of("job"):
        if is_training(job):
            yield (job.label, f"{job.status or 'status unknown'}, {started(lineage, job)}", job.arn)
            yield ("by", job.created_by or lineage.absent, job.arn)
            settings = ", ".join(f"{k}={v}" for k, v in parameters_of(job).items())
            yield ("settings", settings or lineage.absent, job.arn)


def approval(lineage: Inspected) -> Rows:
    """What was said of each package, by whom and when."""
    for package in lineage.of("package"):
        for action in approvals_of(lineage.graph, package.arn):
            by = by_whom(action.created_by or action.properties.get("ApprovedBy"), lineage.absent)
            said = status_said(action) or action.status or "status unknown"
            yield (package.label, f"{said}{by}, {_day(action, lineage)}", action.arn)


def deployment(lineage: Inspected) -> Rows:
    """Endpoints with their state, and who deployed them."""
    for endpoint in lineage.of("endpoint"):
        told = f"{status_of(lineage, endpoint)}, made {_day(endpoint, lineage)}"
        yield (endpoint.label, told, endpoint.arn)
    for deployment in lineage.of("deployment"):
        yield (deployment.label, deployed(lineage, deployment), deployment.arn)


def status_of(lineage: Inspected, endpoint: Entity) -> str:
    """The state of an endpoint as seen now, else as recorded."""
    seen = lineage.now.get(endpoint.arn, {}).get(vocabulary.STATUS)
    return seen or endpoint.properties.get(vocabulary.STATUS) or endpoint.status or "status unknown"


def deployed(lineage: Inspected, deployment: Entity) -> str:
    """When and by whom something was deployed."""
    by = by_whom(deployment.created_by, lineage.absent)
    return f"deployed {_day(deployment, lineage)}{by}"


def _day(entity: Entity, lineage: Inspected) -> str:
    return minute(entity.created) or f"at a time {lineage.absent}"


def started(lineage: Inspected, job: Entity) -> str:
    """When a job began; when it was recorded where that is not known."""
    told = job.details.get("start_time")
    return f"started {minute(time_from_text(told)) if told else _day(job, lineage)}"
