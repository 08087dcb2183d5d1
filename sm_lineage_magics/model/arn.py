"""Amazon Resource Names, in SageMaker's shapes, for real accounts and for the embedded store.

>>> Arn.parse("arn:aws:sagemaker:us-east-1:123456789012:action/clean").type
'action'
>>> Home().action("clean")
'arn:aws:sagemaker:local:000000000000:action/clean'
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal, NamedTuple, get_args

from ..errors import InvalidArn

Kind = Literal["Artifact", "Action", "Context", "TrialComponent"]

# Stores keep a kind as its place in here.
KINDS: tuple[Kind, ...] = get_args(Kind)

RESOURCE_KINDS: dict[str, Kind] = {
    "artifact": "Artifact",
    "action": "Action",
    "context": "Context",
    "experiment-trial-component": "TrialComponent",
}

_ARN = re.compile(
    r"arn:(?P<partition>aws[a-z-]*):(?P<service>[a-z0-9-]+):(?P<region>[a-z0-9-]*)"
    r":(?P<account>[0-9]{12}|aws|):(?=.)(?P<resource>(?P<type>[^/:]*).*)",
    re.DOTALL,
)

# An answer asks several times of each of its entities what its source names.
_REMEMBERED = 4096


class Arn(NamedTuple):
    """One Amazon Resource Name, taken apart.

    Attributes:
        partition: `aws`, `aws-cn`, …
        service: whose it is: `sagemaker`, `s3`, …
        region: where it is.
        account: twelve digits; `aws` or nothing where a service has no account.
        resource: the type and what follows it.
        type: what the resource is: `artifact`, `training-job`, `feature-group`, …
    """

    partition: str
    service: str
    region: str
    account: str
    resource: str
    type: str

    @classmethod
    def parse(cls, text: str) -> Arn:
        """Take `text` apart.

        Raises:
            InvalidArn: when it does not have an ARN's six parts.
        """
        arn = parsed(text)
        if arn is None:
            raise InvalidArn(
                f"{text!r} is not an ARN. Expected arn:aws:sagemaker:REGION:ACCOUNT:TYPE/NAME."
            )
        return arn

    @property
    def name(self) -> str:
        """What follows the type: a name, an id, or a path of them."""
        return self.resource[len(self.type) + 1 :]

    @property
    def kind(self) -> Kind | None:
        """The kind of lineage entity this names, or None for any other resource."""
        return RESOURCE_KINDS.get(self.type) if self.service == "sagemaker" else None

    def __str__(self) -> str:
        return ":".join(
            ("arn", self.partition, self.service, self.region, self.account, self.resource)
        )


def is_arn(text: str) -> bool:
    """Whether `text` has an ARN's six parts."""
    return parsed(text) is not None


def parsed(text: str) -> Arn | None:
    """`text` taken apart; None when it is no ARN."""
    return _parsed(text) if text.startswith("arn:") else None


@lru_cache(maxsize=_REMEMBERED)
def _parsed(text: str) -> Arn | None:
    match = _ARN.fullmatch(text)
    return None if match is None else Arn(*match.groups())


class Home(NamedTuple):
    """The account and region a store's ARNs belong to; the embedded store's own by default."""

    region: str = "local"
    account: str = "000000000000"
    partition: str = "aws"

    def arn(self, type: str, name: str) -> str:
        """The ARN of a SageMaker resource in this account and region."""
        return f"arn:{self.partition}:sagemaker:{self.region}:{self.account}:{type}/{name}"

    def artifact(self, source_uri: str, source_types: Iterable[tuple[str, str]] = ()) -> str:
        """The ARN of the artifact of a source; the same source gives the same ARN.

        The service's artifact ids are 32 hexadecimal digits and equal across accounts for equal
        sources, so they are a digest of the source; what exactly is digested is not published.
        """
        pairs = "".join(f"\n{kind}={value}" for kind, value in sorted(source_types))
        digest = hashlib.md5((source_uri + pairs).encode(), usedforsecurity=False)
        return self.arn("artifact", digest.hexdigest())

    def action(self, name: str) -> str:
        """The ARN of the action called `name`."""
        return self.arn("action", name)

    def context(self, name: str) -> str:
        """The ARN of the context called `name`."""
        return self.arn("context", name)

    def trial_component(self, name: str) -> str:
        """The ARN of the trial component called `name`."""
        return self.arn("experiment-trial-component", name)
