"""The boto3 clients the backend speaks through. boto3 is imported when the first one is made.

>>> client_of(Connection(profile="research", region="eu-west-1")).meta.region_name
'eu-west-1'
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ....model import Arn, Home
from .refusals import translated

if TYPE_CHECKING:
    from botocore.config import Config

# Calls under way at once, to begin with and at most: see `pace`.
FIRST_CALLS = 16
CALLS_AT_ONCE = 32

# AWS publishes no rates for the lineage operations. Measured against twenty calls a second,
# botocore's `standard` retries take a fifth longer than that rate allows at best; `adaptive`
# ones slow all calls down after the first refusal, and take twice as long.
ATTEMPTS = 10


@dataclass(frozen=True)
class Connection:
    """Which account and region to speak to, as a person names them.

    Attributes:
        profile: of the AWS configuration files; the environment's own choice when None.
        region: the profile's own when None.
    """

    profile: str | None = None
    region: str | None = None

    @cached_property
    def session(self) -> Any:
        """The `boto3.Session` of this profile and region.

        Raises:
            CredentialsMissing: when the profile does not exist.
        """
        import boto3

        with translated("Reading the AWS configuration"):
            return boto3.Session(profile_name=self.profile, region_name=self.region)


def config_of() -> Config:
    """How clients try again, and how many connections they keep."""
    from botocore.config import Config

    return Config(
        retries={"mode": "standard", "total_max_attempts": ATTEMPTS},
        max_pool_connections=CALLS_AT_ONCE,
        user_agent_extra="sm-lineage-magics",
    )


def client_of(connection: Connection) -> Any:
    """A SageMaker client that tries again and has room for all calls under way.

    Raises:
        CredentialsMissing: when there is no region.
    """
    with translated("Making a SageMaker client"):
        return connection.session.client("sagemaker", config=config_of())


def s3_of(connection: Connection) -> Any:
    """An S3 client of the same account, for looking at training data."""
    with translated("Making an S3 client", "s3"):
        return connection.session.client("s3", config=config_of())


def home_of(connection: Connection) -> Home:
    """The account and region the credentials belong to; one GetCallerIdentity, which needs no
    permission.

    Raises:
        CredentialsMissing: when there are none, or they have expired.
    """
    with translated("GetCallerIdentity", "sts"):
        sts = connection.session.client("sts")
        caller = Arn.parse(sts.get_caller_identity()["Arn"])
    return Home(sts.meta.region_name, caller.account, caller.partition)


def home_seen(client: Any) -> Home:
    """The account and region of a client that was given, as its lineage group's ARN tells.

    Lineage groups are made with an account's first entity; before that the account is not known.
    """
    region = client.meta.region_name
    with translated("ListLineageGroups"):
        groups = client.list_lineage_groups(MaxResults=1)["LineageGroupSummaries"]
    arns = [Arn.parse(group["LineageGroupArn"]) for group in groups]
    return Home(region, arns[0].account, arns[0].partition) if arns else Home(region)
