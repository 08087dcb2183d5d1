"""What other operations of SageMaker tell of models and endpoints.

>>> model_sources(client.describe_model(ModelName="churn"))
['s3://bucket/churn/model.tar.gz']
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ....model import Entity

Wire = Mapping[str, Any]


def model_sources(model: Wire) -> list[str | Entity]:
    """Where DescribeModel says the model's data lies: URIs, or the ARN of a model package."""
    containers = [model.get("PrimaryContainer", {}), *model.get("Containers", ())]
    sources: list[str | Entity] = []
    for container in containers:
        s3 = container.get("ModelDataSource", {}).get("S3DataSource", {})
        named = (container.get("ModelDataUrl"), s3.get("S3Uri"), container.get("ModelPackageName"))
        sources += [source for source in named if source]
    return sources


def variants_of(endpoint: Wire, config: Wire) -> str:
    """The production variants of an endpoint, for people: `blue 90 % (churn-7), …`."""
    variants = config.get("ProductionVariants", ())
    weights = {
        each["VariantName"]: each.get("CurrentWeight", 0.0)
        for each in endpoint.get("ProductionVariants", ())
    }
    whole_weight = sum(weights.values()) or 1.0
    return ", ".join(
        f"{name} {weights.get(name, 0.0) / whole_weight:.0%}".replace("%", " %")
        + (f" ({model})" if model else "")
        for name, model in ((each["VariantName"], each.get("ModelName")) for each in variants)
    )
