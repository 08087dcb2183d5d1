"""One feature group of the sandbox: how it is described, and the records it holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Record = dict[str, Any]  # feature → its value, as text or list of texts


@dataclass
class Group:
    """One feature group, with the online record of every identifier."""

    described: dict[str, Any]
    records: dict[str, Record] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)
    metadata: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Its name."""
        return str(self.described["FeatureGroupName"])

    @property
    def made(self) -> str:
        """When it was made, which tells it from another one of its name."""
        return str(self.described["CreationTime"])

    @property
    def types(self) -> dict[str, str]:
        """Feature → Integral, Fractional or String, in the order they were defined."""
        definitions = self.described["FeatureDefinitions"]
        return {one["FeatureName"]: one["FeatureType"] for one in definitions}

    @property
    def online(self) -> bool:
        """Whether records can be read back one by one."""
        return bool(self.described.get("OnlineStoreConfig", {}).get("EnableOnlineStore"))

    @property
    def offline(self) -> dict[str, Any] | None:
        """Where its table is, if it has one."""
        config: dict[str, Any] | None = self.described.get("OfflineStoreConfig")
        return config
