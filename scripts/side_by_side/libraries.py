"""The two libraries that are asked, by the names they share."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Any

OLD, NEW = "ml-lineage-helper", "sm_lineage_magics"


@dataclass(frozen=True)
class Library:
    """One of the two, by its documented names."""

    name: str
    helper: Any
    questions: Any
    repo_link: Any

    @classmethod
    def of(cls, name: str, module: str) -> Library:
        """The names that its README imports."""
        package, query = import_module(module), import_module(f"{module}.query_lineage")
        return cls(name, package.MLLineageHelper, query.QueryLineage, package.get_repo_link)
