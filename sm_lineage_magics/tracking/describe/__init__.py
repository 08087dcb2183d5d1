"""From the name of a resource to what it read, ran and made, by asking AWS.

>>> facts = describe([Resource("training-job", "churn-1")], Clients(sagemaker, athena))
>>> [link.evidence for link in facts.links]
['DescribeTrainingJob churn-1: channel train', 'DescribeTrainingJob churn-1: image', …]
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor

from ...model import Arn, Gap, is_arn
from ..facts import Facts, Resource
from .ask import AT_ONCE, Ask, Clients, HasClients, Unseen
from .drawing import Drawing, combined
from .features import feature_group, offline_table
from .groups import automl, pipeline_execution, stored, trial_component, tuning
from .jobs import processing, training, transform
from .models import endpoint, model, package, package_group
from .queries import query

__all__ = ["DESCRIBERS", "Clients", "HasClients", "describe"]

Describer = Callable[[Resource, Ask], Drawing]

DESCRIBERS: Mapping[str, Describer] = {
    "training-job": training,
    "processing-job": processing,
    "transform-job": transform,
    "hyper-parameter-tuning-job": tuning,
    "automl-job": automl,
    "model": model,
    "model-package": package,
    "model-package-group": package_group,
    "endpoint": endpoint,
    "feature-group": feature_group,
    "offline-table": offline_table,
    "athena-query": query,
    "pipeline-execution": pipeline_execution,
    "experiment-trial-component": trial_component,
    "s3": stored,
}


def describe(resources: Iterable[Resource], clients: HasClients) -> Facts:
    """What resources read, ran and made, and what they lead to: a pipeline's steps, a package.

    Each resource is described once and no call is made twice. What AWS refuses or no longer has
    is a gap, and the rest is described all the same.

    Args:
        resources: as `recognise` gives them; kinds that AWS knows nothing of are left out.
        clients: boto3 clients of the account and region the resources are in.
    """
    seen, parts = set[tuple[str, str]](), list[Facts]()
    pending = _new(resources, seen)
    ask = Ask(clients, tuple(_short(each) for each in pending if each.type == "feature-group"))
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="describe") as pool:
        while pending:
            described = list(pool.map(lambda each: _described(each, ask), pending))
            parts += [facts for facts, _ in described]
            pending = _new((each for _, more in described for each in more), seen)
    return combined(parts)


def _new(resources: Iterable[Resource], seen: set[tuple[str, str]]) -> list[Resource]:
    """Those not yet described, each once, a name in place of an ARN."""
    found = []
    for resource in resources:
        # Groups of one name may be shared by several accounts; every other kind is one's own.
        name = resource.arn if resource.type == "feature-group" else ""
        key = (resource.type, name or _short(resource))
        if resource.type in DESCRIBERS and key not in seen:
            seen.add(key)
            found.append(resource)
    return found


def _short(resource: Resource) -> str:
    return Arn.parse(resource.name).name if is_arn(resource.name) else resource.name


def _described(resource: Resource, ask: Ask) -> tuple[Facts, list[Resource]]:
    try:
        drawing = DESCRIBERS[resource.type](resource, ask)
    except Unseen as unseen:
        return Facts(gaps=(Gap(unseen.gap.kind, resource.name, unseen.gap.why),)), []
    return drawing.facts, drawing.more
