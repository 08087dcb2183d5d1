"""What models and endpoint configurations are made of, remembered until it is needed.

>>> containers.remember_model({"ModelName": "churn", "PrimaryContainer": {"ModelDataUrl": uri}})
>>> containers.of_model("churn")
[{'ModelDataUrl': 's3://…/model.tar.gz'}]

SageMaker makes no lineage entity of a model or configuration, but it follows them from an
endpoint or transform job to images, model data and model packages.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...backends.local import Store
from ..records import Records
from ..wire import Request

Container = dict[str, Any]


class Containers:
    """The containers of the models and endpoint configurations of an account."""

    def __init__(self, store: Store) -> None:
        self._models = Records(store, "emulator.models")
        self._configs = Records(store, "emulator.endpoint-configs")

    def remember_model(self, request: Request) -> None:
        """Keep what CreateModel was given."""
        primary = request.get("PrimaryContainer")
        containers = [primary] if primary else request.get("Containers", [])
        self._models.put(request["ModelName"], {"containers": containers})

    def remember_config(self, request: Request) -> None:
        """Keep what CreateEndpointConfig was given."""
        variants = request.get("ProductionVariants", ())
        names = [one["ModelName"] for one in variants if one.get("ModelName")]
        self._configs.put(request["EndpointConfigName"], {"models": names})

    def of_model(self, name: str) -> list[Container]:
        """The containers of a model; none when it was made before anybody was listening."""
        return list((self._models.get(name) or {}).get("containers", ()))

    def of_config(self, name: str) -> list[Container]:
        """The containers of every model behind an endpoint configuration."""
        names = (self._configs.get(name) or {}).get("models", ())
        return [container for model in names for container in self.of_model(model)]


def parts_of(container: Request) -> Iterator[tuple[str, str]]:
    """The URIs a container is made of, with the types of their artifacts."""
    package = container.get("ModelPackageName")
    if package:
        yield package, "Model"
    data = container.get("ModelDataUrl") or _data_source(container)
    if data:
        yield data, "Model"
    if container.get("Image"):
        yield container["Image"], "Image"


def _data_source(container: Request) -> str | None:
    source = container.get("ModelDataSource", {}).get("S3DataSource", {})
    uri: str | None = source.get("S3Uri")
    return uri
