"""What the service lets entities be called, and names made to fit.

>>> may_be_called("Action", "join_customers"), may_be_called("Context", "join_customers")
(False, True)
>>> fitting("join customers"), fitting("join-customers")
('join-customers-964d0a79', 'join-customers')
"""

from __future__ import annotations

import hashlib
import re

from .arn import Kind

LONGEST_NAME = 120

# botocore 1.44: ExperimentEntityName and ContextName.
_NAME_PATTERN = re.compile(r"(?=.{1,120}$)[a-zA-Z0-9](-*[a-zA-Z0-9])*")
_NAMES = {"Context": re.compile(r"(?=.{1,120}$)[a-zA-Z0-9]([-_]*[a-zA-Z0-9])*")}
_NOT_IN_NAMES = re.compile(r"[^a-zA-Z0-9]+")
_DIGITS = 8


def may_be_called(kind: Kind, name: str) -> bool:
    """Whether the service allows an entity of this kind to have this name."""
    return _NAMES.get(kind, _NAME_PATTERN).fullmatch(name) is not None


def fitting(name: str, kind: Kind = "Action") -> str:
    """The name in what the service allows: letters, digits and hyphens, 120 at most.

    A name is the identity of what is no artifact. So one that does not fit ends in a digest of all
    of it: two that differ in what there is no room or no letter for stay two.
    """
    if may_be_called(kind, name):
        return name
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
    kept = plain(name, LONGEST_NAME - _DIGITS - 1)
    return f"{kept}-{digest}" if kept else f"unnamed-{digest}"


def plain(name: str, most: int = LONGEST_NAME) -> str:
    """What the service allows of a name, other characters as hyphens; empty where that is none."""
    return _NOT_IN_NAMES.sub("-", name).strip("-")[:most].strip("-")
